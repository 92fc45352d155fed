using System;
using IrohLite.Quic;

namespace IrohLite;

/// <summary>A call on an endpoint, connection or stream failed. The message says what failed and, where something helps, what to try.</summary>
public sealed class IrohException : Exception
{
    /// <summary>Creates the exception.</summary>
    public IrohException(int error, string message)
        : this(error, message, null, 0)
    {
    }

    /// <summary>Creates the exception with the connection's end and the peer's stream code.</summary>
    public IrohException(int error, string message, QuicCloseInfo close, long code)
        : base(message)
    {
        Error = error;
        Close = close;
        Code = code;
    }

    /// <summary>An <see cref="IrohError"/> number.</summary>
    public int Error { get; }

    /// <summary>How the connection ended, or null when it did not.</summary>
    public QuicCloseInfo Close { get; }

    /// <summary>The application code of a stream reset or stop; 0 otherwise.</summary>
    public long Code { get; }
}
