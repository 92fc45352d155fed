namespace IrohLite.Quic;

/// <summary>One event, filled by <see cref="QuicDemux.PollEvent"/>; the same object may be used for every call.</summary>
public sealed class QuicEvent
{
    /// <summary>A <see cref="QuicEventKind"/> number.</summary>
    public int Kind { get; set; }

    /// <summary>The connection it happened on.</summary>
    public QuicConnection Connection { get; set; }

    /// <summary>The stream, for stream events; else <see cref="Quic.StreamId.None"/>.</summary>
    public long StreamId { get; set; }

    internal void Clear()
    {
        Kind = QuicEventKind.None;
        Connection = null;
        StreamId = Quic.StreamId.None;
    }
}
