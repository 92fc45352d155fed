namespace IrohLite.Quic;

/// <summary>Why a connection is over.</summary>
public sealed class QuicCloseInfo
{
    internal QuicCloseInfo(int kind, long code, long frameType, string reason)
    {
        Kind = kind;
        Code = code;
        FrameType = frameType;
        Reason = reason;
    }

    /// <summary>A <see cref="QuicCloseKind"/> number.</summary>
    public int Kind { get; }

    /// <summary>The application's code, or the transport error code (RFC 9000 section 20.1; 0x100 + TLS alert).</summary>
    public long Code { get; }

    /// <summary>The frame type that broke the rule, for transport closes; 0 when unknown.</summary>
    public long FrameType { get; }

    /// <summary>The reason phrase, possibly empty, never null; cut to <see cref="ConnectionCloseFrame.MaxReasonBytes"/> bytes.</summary>
    public string Reason { get; }
}
