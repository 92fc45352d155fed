using IrohLite.Crypto;

namespace IrohLite.Quic;

/// <summary>
/// Opens and seals packets in place, one provider call each (RFC 9001 section 5). The results of the last <see cref="Open"/> stay
/// in its properties until the next.
/// </summary>
internal sealed class PacketProtector
{
    /// <summary>What an authentication tag adds to every packet.</summary>
    public const int TagSizeBytes = 16;

    /// <summary>Packet number and payload together must be this long, so that there is a sample (RFC 9001 section 5.4.2).</summary>
    public const int MinNumberAndPayloadBytes = 4;

    /// <summary>Forged packets of one connection after which AES-128-GCM may not be used further: 2^52 (RFC 9001 section 6.6).</summary>
    public const long IntegrityLimit = 1L << 52;

    private readonly ICryptoProvider _crypto;
    private readonly long[] _opened = new long[3];

    public PacketProtector(ICryptoProvider crypto)
    {
        _crypto = crypto;
    }

    /// <summary>Full packet number of the packet opened last.</summary>
    public long PacketNumber => _opened[0];

    /// <summary>Where the payload of the packet opened last stands.</summary>
    public int PayloadOffset => (int)_opened[1];

    /// <summary>The <see cref="PacketKeyGeneration"/> that opened it.</summary>
    public int Generation => (int)_opened[2];

    /// <summary>Packets that were not authentic; at <see cref="IntegrityLimit"/> the connection must end.</summary>
    public long FailedCount { get; internal set; }

    /// <summary>
    /// Opens the packet of <paramref name="header"/> in place; returns the length of its payload, 0 and more, or -1 when it is not
    /// authentic and has to be dropped. Throws PROTOCOL_VIOLATION when the reserved bits are set (RFC 9000 section 17) and
    /// AEAD_LIMIT_REACHED at the integrity limit.
    /// </summary>
    public int Open(LevelKeys keys, PacketHeader header, long largestReceived)
    {
        int length = _crypto.OpenPacket(keys.ReceiveKeys, header.Buffer, header.PacketOffset, header.PacketNumberOffset,
            header.PacketEnd, largestReceived, _opened);
        if (length < 0)
        {
            FailedCount++;
            if (FailedCount >= IntegrityLimit)
                throw new TransportException(TransportErrorCode.AeadLimitReached, FrameType.Padding, "too many forged packets");
            return -1;
        }
        // Only after authentication: before, the bits could be anybody's (RFC 9001 section 9.5).
        if ((header.Buffer[header.PacketOffset] & (header.Type == PacketType.OneRtt ? 0x18 : 0x0C)) != 0)
            throw new TransportException(TransportErrorCode.ProtocolViolation, FrameType.Padding, "reserved bits set");
        return length;
    }

    /// <summary>
    /// Seals the packet whose header, number in clear, stands in [packetOffset, payloadOffset) and whose payload ends at
    /// <paramref name="payloadEnd"/>; 16 more bytes must be free. Returns one past the sealed packet.
    /// </summary>
    public int Seal(LevelKeys keys, byte[] buffer, int packetOffset, int packetNumberOffset, int payloadOffset, int payloadEnd, long packetNumber) =>
        _crypto.SealPacket(keys.SendKeys, buffer, packetOffset, packetNumberOffset, payloadOffset, payloadEnd, packetNumber);
}
