using System;

namespace IrohLite.Platform;

/// <summary>A byte stream could not be opened, or broke. The message names the host and the cause.</summary>
public sealed class StreamFailedException : Exception
{
    /// <summary>Creates the exception.</summary>
    public StreamFailedException(string message)
        : base(message)
    {
    }
}
