namespace IrohLite.Quic;

/// <summary>Kinds of records in a <see cref="SentPacketLog"/>.</summary>
internal static class SentRecord
{
    /// <summary>CRYPTO bytes: offset and length.</summary>
    public const int Crypto = 1;

    /// <summary>STREAM bytes: stream, offset, length.</summary>
    public const int Stream = 2;

    /// <summary>STREAM bytes that end the stream.</summary>
    public const int StreamEnd = 3;

    /// <summary>RESET_STREAM.</summary>
    public const int ResetStream = 4;

    /// <summary>STOP_SENDING.</summary>
    public const int StopSending = 5;

    /// <summary>MAX_STREAM_DATA.</summary>
    public const int MaxStreamData = 6;

    /// <summary>RETIRE_CONNECTION_ID: the id is the sequence number.</summary>
    public const int RetireConnectionId = 7;
}
