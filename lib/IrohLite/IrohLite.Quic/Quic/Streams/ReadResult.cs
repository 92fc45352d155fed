namespace IrohLite.Quic;

/// <summary>What a read returns instead of a byte count.</summary>
public static class ReadResult
{
    /// <summary>Nothing has arrived yet.</summary>
    public const int Nothing = 0;

    /// <summary>The peer finished the stream and every byte has been read.</summary>
    public const int End = -1;

    /// <summary>The peer gave the stream up (RESET_STREAM), or the connection ended before the stream did.</summary>
    public const int Reset = -2;
}
