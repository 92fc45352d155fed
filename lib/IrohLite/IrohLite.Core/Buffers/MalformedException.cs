using System;

namespace IrohLite.Buffers;

/// <summary>Authenticated bytes do not have the shape they must have. Whoever dispatches them turns this into the protocol's error.</summary>
public sealed class MalformedException : Exception
{
    /// <summary>Creates the exception with a message that names what was being read.</summary>
    public MalformedException(string message)
        : base(message)
    {
    }
}
