namespace IrohLite.Quic;

/// <summary>
/// One packet's header as far as it can be read before header protection is removed; filled by <see cref="PacketHeaderReader"/>,
/// used again for every packet. All offsets are absolute in <see cref="Buffer"/>.
/// </summary>
internal sealed class PacketHeader
{
    /// <summary>The only version spoken here.</summary>
    public const long Version1 = 1;

    /// <summary>The array the packet stands in.</summary>
    public byte[] Buffer;

    /// <summary>First byte of the packet.</summary>
    public int PacketOffset;

    /// <summary>One past the packet's last byte; a coalesced packet follows there when the datagram goes on.</summary>
    public int PacketEnd;

    /// <summary>A <see cref="PacketType"/>.</summary>
    public int Type;

    /// <summary>Version of a long header; <see cref="Version1"/> for a short one.</summary>
    public long Version;

    /// <summary>
    /// The destination id of a long header; empty when it is longer than 20 bytes, which only other versions may have. That of a
    /// short header stays where it is, at <see cref="DcidOffset"/>.
    /// </summary>
    public readonly ConnectionId Dcid = new ConnectionId();

    /// <summary>The source id of a long header, with the same limit; empty for a short one.</summary>
    public readonly ConnectionId Scid = new ConnectionId();

    public int DcidOffset;

    public int DcidLength;

    public int ScidOffset;

    public int ScidLength;

    /// <summary>Token of an Initial or a Retry; the version list of a Version Negotiation packet.</summary>
    public int TokenOffset;

    public int TokenCount;

    /// <summary>First byte of the protected packet number; 0 for types without one.</summary>
    public int PacketNumberOffset;

    /// <summary>True for every type but 1-RTT.</summary>
    public bool IsLong => Type != PacketType.OneRtt;

    /// <summary>Size of the packet in bytes.</summary>
    public int SizeBytes => PacketEnd - PacketOffset;
}
