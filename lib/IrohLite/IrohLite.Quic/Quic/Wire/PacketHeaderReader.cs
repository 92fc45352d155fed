using IrohLite.Buffers;
using IrohLite.Diagnostics;

namespace IrohLite.Quic;

/// <summary>Reads packet headers of unauthenticated datagrams: never throws, never allocates (RFC 8999, RFC 9000 section 17).</summary>
internal static class PacketHeaderReader
{
    /// <summary>Packet number and payload must leave a header protection sample: 4 bytes and 16 (RFC 9001 section 5.4.2).</summary>
    public const int MinProtectedBytes = 20;

    private const int LongForm = 0x80;
    private const int FixedBit = 0x40;
    private const int TagSizeBytes = 16;

    /// <summary>
    /// Reads the packet that starts at <paramref name="offset"/> of a datagram that ends at <paramref name="end"/>. False means:
    /// count <paramref name="dropReason"/> and drop the rest of the datagram. Short headers carry no length, so they are taken to
    /// hold an id of <paramref name="localCidLength"/> bytes. A packet of another version is returned for its ids alone.
    /// </summary>
    public static bool TryRead(byte[] buffer, int offset, int end, int localCidLength, PacketHeader header, out int dropReason)
    {
        dropReason = DropReason.Truncated;
        if (offset >= end) return false;
        header.Buffer = buffer;
        header.PacketOffset = offset;
        header.PacketEnd = end;
        header.TokenCount = 0;
        int first = buffer[offset];
        if ((first & LongForm) != 0) return TryReadLong(buffer, offset, end, first, header, ref dropReason);

        if ((first & FixedBit) == 0)
        {
            dropReason = DropReason.MalformedHeader;
            return false;
        }
        int numberOffset = offset + 1 + localCidLength;
        if (end - numberOffset < MinProtectedBytes) return false;
        header.Type = PacketType.OneRtt;
        header.Version = PacketHeader.Version1;
        header.DcidOffset = offset + 1;
        header.DcidLength = localCidLength;
        header.ScidLength = 0;
        header.Scid.Length = 0;
        header.PacketNumberOffset = numberOffset;
        dropReason = DropReason.None;
        return true;
    }

    private static bool TryReadLong(byte[] buffer, int offset, int end, int first, PacketHeader header, ref int dropReason)
    {
        // Version-independent part: version, then both ids, of any length from 0 to 255 (RFC 8999 section 5.1).
        if (end - offset < 7) return false;
        int at = offset + 1;
        long version = (uint)((buffer[at] << 24) | (buffer[at + 1] << 16) | (buffer[at + 2] << 8) | buffer[at + 3]);
        int dcidLength = buffer[at + 4];
        int dcidOffset = at + 5;
        if (end - dcidOffset < dcidLength + 1) return false;
        int scidLength = buffer[dcidOffset + dcidLength];
        int scidOffset = dcidOffset + dcidLength + 1;
        if (end - scidOffset < scidLength) return false;
        header.Version = version;
        header.DcidOffset = dcidOffset;
        header.DcidLength = dcidLength;
        header.ScidOffset = scidOffset;
        header.ScidLength = scidLength;
        header.PacketNumberOffset = 0;
        SetId(header.Dcid, buffer, dcidOffset, dcidLength);
        SetId(header.Scid, buffer, scidOffset, scidLength);
        at = scidOffset + scidLength;

        if (version != PacketHeader.Version1)
        {
            header.Type = version == 0 ? PacketType.VersionNegotiation : PacketType.OtherVersion;
            header.TokenOffset = at;
            header.TokenCount = end - at;
            dropReason = DropReason.None;
            if (version != 0 || (end - at >= 4 && ((end - at) & 3) == 0)) return true;
            dropReason = DropReason.MalformedHeader; // a list of whole versions, at least one (RFC 8999 section 6)
            return false;
        }
        return TryReadVersion1(buffer, at, end, first, header, ref dropReason);
    }

    private static bool TryReadVersion1(byte[] buffer, int at, int end, int first, PacketHeader header, ref int dropReason)
    {
        int type = (first >> 4) & 3;
        header.Type = type;
        if ((first & FixedBit) == 0 || header.DcidLength > ConnectionId.MaxSizeBytes || header.ScidLength > ConnectionId.MaxSizeBytes)
        {
            dropReason = DropReason.MalformedHeader;
            return false;
        }
        if (type == PacketType.Retry)
        {
            header.TokenOffset = at;
            header.TokenCount = end - at - TagSizeBytes;
            if (header.TokenCount < 1) return false; // a Retry without a token is to be dropped (RFC 9000 section 17.2.5.2)
            dropReason = DropReason.None;
            return true;
        }

        long value;
        int size;
        if (type == PacketType.Initial)
        {
            if (!VarInt.TryRead(buffer, at, end, out value, out size) || value > end - at - size) return false;
            header.TokenOffset = at + size;
            header.TokenCount = (int)value;
            at += size + (int)value;
        }
        if (!VarInt.TryRead(buffer, at, end, out value, out size)) return false;
        at += size;
        if (value > end - at || value < MinProtectedBytes) return false;
        header.PacketNumberOffset = at;
        header.PacketEnd = at + (int)value;
        dropReason = DropReason.None;
        return true;
    }

    private static void SetId(ConnectionId id, byte[] buffer, int offset, int length)
    {
        if (length <= ConnectionId.MaxSizeBytes) id.Set(buffer, offset, length);
        else id.Length = 0;
    }
}
