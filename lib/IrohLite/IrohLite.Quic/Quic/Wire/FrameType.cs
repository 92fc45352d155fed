namespace IrohLite.Quic;

/// <summary>Frame types of RFC 9000 table 3 and RFC 9221.</summary>
internal static class FrameType
{
    public const long Padding = 0x00;
    public const long Ping = 0x01;
    public const long Ack = 0x02;
    public const long AckEcn = 0x03;
    public const long ResetStream = 0x04;
    public const long StopSending = 0x05;
    public const long Crypto = 0x06;
    public const long NewToken = 0x07;

    /// <summary>First of the eight STREAM types; the low bits are <see cref="StreamFin"/>, <see cref="StreamLen"/> and <see cref="StreamOff"/>.</summary>
    public const long Stream = 0x08;

    /// <summary>Last of the eight STREAM types.</summary>
    public const long StreamLast = 0x0F;

    public const long StreamFin = 0x01;
    public const long StreamLen = 0x02;
    public const long StreamOff = 0x04;

    public const long MaxData = 0x10;
    public const long MaxStreamData = 0x11;
    public const long MaxStreamsBidirectional = 0x12;
    public const long MaxStreamsUnidirectional = 0x13;
    public const long DataBlocked = 0x14;
    public const long StreamDataBlocked = 0x15;
    public const long StreamsBlockedBidirectional = 0x16;
    public const long StreamsBlockedUnidirectional = 0x17;
    public const long NewConnectionId = 0x18;
    public const long RetireConnectionId = 0x19;
    public const long PathChallenge = 0x1A;
    public const long PathResponse = 0x1B;
    public const long ConnectionClose = 0x1C;
    public const long ApplicationClose = 0x1D;
    public const long HandshakeDone = 0x1E;
    public const long Datagram = 0x30;
    public const long DatagramWithLength = 0x31;

    /// <summary>True for the eight STREAM types.</summary>
    public static bool IsStream(long type) => (type & ~7L) == Stream;
}
