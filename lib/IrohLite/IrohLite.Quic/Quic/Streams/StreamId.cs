namespace IrohLite.Quic;

/// <summary>Stream numbers (RFC 9000 section 2.1): the two low bits name the opener and the direction.</summary>
public static class StreamId
{
    /// <summary>No stream.</summary>
    public const long None = -1;

    /// <summary>True when the client opened the stream.</summary>
    public static bool IsClientOpened(long streamId) => (streamId & 1) == 0;

    /// <summary>True for a stream with data in both directions, the only kind this library opens or accepts.</summary>
    public static bool IsBidirectional(long streamId) => (streamId & 2) == 0;

    /// <summary>The how-manieth stream of its opener and direction, from 0.</summary>
    public static long Index(long streamId) => streamId >> 2;

    internal static long Bidirectional(long index, bool clientOpened) => (index << 2) | (clientOpened ? 0L : 1L);
}
