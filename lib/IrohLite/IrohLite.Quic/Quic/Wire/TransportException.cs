using System;

namespace IrohLite.Quic;

/// <summary>The peer broke the protocol in an authenticated packet: thrown once, caught once, and the connection closes with it.</summary>
internal sealed class TransportException : Exception
{
    public TransportException(long code, long frameType, string reason)
        : base(reason)
    {
        Code = code;
        FrameType = frameType;
        Reason = reason;
    }

    /// <summary>A <see cref="TransportErrorCode"/> or 0x100 + TLS alert.</summary>
    public long Code { get; }

    /// <summary>The frame at fault, or <see cref="Quic.FrameType.Padding"/> (0) when it was none in particular.</summary>
    public long FrameType { get; }

    /// <summary>A few words for the peer's log.</summary>
    public string Reason { get; }
}
