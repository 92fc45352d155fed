using System;

namespace IrohLite.Crypto;

/// <summary>A cryptographic operation could not be carried out for a reason that is ours, such as a full key table.</summary>
public sealed class CryptoException : Exception
{
    /// <summary>Creates the exception with a message that names the operation and the cause, never a secret.</summary>
    public CryptoException(string message)
        : base(message)
    {
    }
}
