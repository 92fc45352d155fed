namespace IrohLite.Quic;

/// <summary>One packet number space with its keys and its handshake bytes: created with the keys, gone with them.</summary>
internal sealed class PacketSpace
{
    // What a flight of an ordinary handshake needs.
    private const int FirstCryptoBytes = 512;

    public readonly int Level;
    public readonly LevelKeys Keys;
    public readonly AckTracker Acks;
    public readonly SentPacketLog Log;
    public readonly SendBuffer CryptoOut;
    public readonly ReassemblyBuffer CryptoIn;

    /// <summary>Number of the next packet to send.</summary>
    public long NextNumber;

    /// <summary>Probe packets to send whatever the congestion window says (RFC 9002 section 6.2.4).</summary>
    public int ProbesDue;

    /// <summary>What <see cref="FrameWriter.HasFrames"/> found last: there are frames that the peer must acknowledge.</summary>
    public bool IsElicitingDue;

    public PacketSpace(int level, QuicShared shared)
    {
        bool data = level == EncryptionLevel.OneRtt;
        int packets = data ? shared.Config.SentPackets : Limits.HandshakeSentPackets;
        Level = level;
        Keys = new LevelKeys(shared.Crypto);
        Acks = new AckTracker(data ? shared.Config.AckRanges : Limits.HandshakeAckRanges, data);
        Log = new SentPacketLog(packets, 2 * packets);
        CryptoOut = new SendBuffer(data ? 1 : Limits.CryptoSendBytes, FirstCryptoBytes);
        int input = data ? Limits.CryptoOneRttBytes : level == EncryptionLevel.Initial ? Limits.CryptoInitialBytes : Limits.CryptoHandshakeBytes;
        CryptoIn = new ReassemblyBuffer(input, FirstCryptoBytes);
    }

    /// <summary>An ack-eliciting packet may be sent: the log has room for it.</summary>
    public bool HasRoom => !Log.IsFull && Log.FreeRecords > 0;

    public bool HasCrypto => CryptoOut.HasLost || CryptoOut.HasNew;
}
