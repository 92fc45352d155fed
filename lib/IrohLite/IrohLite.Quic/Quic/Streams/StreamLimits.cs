namespace IrohLite.Quic;

/// <summary>Bounds inside one stream. The windows and the number of streams are knobs of the configuration.</summary>
internal static class StreamLimits
{
    /// <summary>Gaps tracked in a receive stream; a packet that would add one more is dropped without an acknowledgement.</summary>
    public const int ReceiveGaps = 8;

    /// <summary>Ranges tracked in a send stream (acknowledged ahead, or lost); beyond, neighbours merge and some bytes go twice.</summary>
    public const int SendRanges = 16;
}
