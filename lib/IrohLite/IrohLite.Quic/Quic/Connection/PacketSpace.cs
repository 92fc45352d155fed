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

    /// <summary>The last number left out on purpose: an acknowledgement of it was made up. None while there is none.</summary>
    public long SkippedNumber = PacketNumber.None;

    // Drawn when this number is reached; until then connections that are short look alike.
    private long _nextSkip = Limits.PacketsToSkip;
    private long _skipSpan = Limits.PacketsToSkip;
    private bool _isSkipDrawn;

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

    /// <summary>
    /// Goes on to the next number, which now and then is one more, so that a peer cannot acknowledge unseen (RFC 9000 section 21.4). The
    /// distance doubles, because a peer that only receives must list every gap in each of its acknowledgements.
    /// </summary>
    public void AdvanceNumber(QuicShared shared)
    {
        NextNumber++;
        if (NextNumber < _nextSkip || Level != EncryptionLevel.OneRtt) return;
        if (_isSkipDrawn)
        {
            SkippedNumber = NextNumber++;
            _skipSpan <<= 1;
        }

        _nextSkip = NextNumber + _skipSpan - Limits.PacketsToSkip + 1 + (shared.NextRandom64() & (_skipSpan - 1));
        _isSkipDrawn = true;
    }

    public bool HasCrypto => CryptoOut.HasLost || CryptoOut.HasNew;
}
