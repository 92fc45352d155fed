using System;

namespace IrohLite.Quic;

/// <summary>Version Negotiation packets (RFC 8999 section 6, RFC 9000 section 6).</summary>
internal static class VersionNegotiation
{
    // Reserved versions keep peers used to unknown ones (RFC 9000 section 15); one of the two differs from what was asked for.
    private const long Reserved = 0x0A1A2A3A;
    private const long OtherReserved = 0x0A1A2A4A;

    /// <summary>True when a received packet lists version 1: then a client ignores it (RFC 9000 section 6.2).</summary>
    public static bool ListsVersion1(PacketHeader received)
    {
        byte[] buffer = received.Buffer;
        int end = received.TokenOffset + received.TokenCount;
        for (int at = received.TokenOffset; at + 4 <= end; at += 4)
        {
            if (buffer[at] == 0 && buffer[at + 1] == 0 && buffer[at + 2] == 0 && buffer[at + 3] == PacketHeader.Version1) return true;
        }
        return false;
    }

    /// <summary>
    /// Writes the answer to a packet of another version: its ids swapped, then our versions. Returns the size in bytes, or 0 when
    /// it does not fit. Only bits of <paramref name="random"/> that mean nothing are used.
    /// </summary>
    public static int Write(byte[] buffer, int offset, int capacity, PacketHeader received, int random)
    {
        int size = 7 + received.DcidLength + received.ScidLength + 8;
        if (size > capacity) return 0;
        buffer[offset] = (byte)(0xC0 | (random & 0x3F));
        int at = PutWord(buffer, offset + 1, 0);
        buffer[at++] = (byte)received.ScidLength;
        Array.Copy(received.Buffer, received.ScidOffset, buffer, at, received.ScidLength);
        at += received.ScidLength;
        buffer[at++] = (byte)received.DcidLength;
        Array.Copy(received.Buffer, received.DcidOffset, buffer, at, received.DcidLength);
        at = PutWord(buffer, at + received.DcidLength, received.Version == Reserved ? OtherReserved : Reserved);
        PutWord(buffer, at, PacketHeader.Version1);
        return size;
    }

    private static int PutWord(byte[] buffer, int at, long value)
    {
        buffer[at] = (byte)(value >> 24);
        buffer[at + 1] = (byte)(value >> 16);
        buffer[at + 2] = (byte)(value >> 8);
        buffer[at + 3] = (byte)value;
        return at + 4;
    }
}
