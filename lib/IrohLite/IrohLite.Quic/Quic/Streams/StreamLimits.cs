namespace IrohLite.Quic;

/// <summary>Bounds inside one stream. The windows and the number of streams are knobs of the configuration.</summary>
internal static class StreamLimits
{
    /// <summary>
    /// First size of a stream's ring. A smaller buffer is made whole at once, so that a small heap is not scattered; a larger one
    /// doubles until it is large enough.
    /// </summary>
    public const int FirstRingBytes = 8192;

    /// <summary>Gaps tracked in a receive stream; a packet that would add one more is dropped without an acknowledgement.</summary>
    public const int ReceiveGaps = 8;

    /// <summary>Ranges tracked in a send stream (acknowledged ahead, or lost); beyond, neighbours merge and some bytes go twice.</summary>
    public const int SendRanges = 16;
}
