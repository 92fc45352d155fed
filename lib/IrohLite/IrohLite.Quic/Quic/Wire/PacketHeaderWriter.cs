using System;

namespace IrohLite.Quic;

/// <summary>
/// Writes packet headers with the packet number in clear (RFC 9000 section 17). A long header's Length is a two-byte varint just
/// before the packet number, written by <see cref="PatchLength"/> once the payload is known.
/// </summary>
internal static class PacketHeaderWriter
{
    private const int LengthFieldBytes = 2;

    /// <summary>Bytes of a long header up to the payload; the token counts for an Initial only.</summary>
    public static int LongLength(int type, int dcidLength, int scidLength, int tokenCount, int numberLength) =>
        7 + dcidLength + scidLength + (type == PacketType.Initial ? Buffers.VarInt.Length(tokenCount) + tokenCount : 0)
        + LengthFieldBytes + numberLength;

    /// <summary>Bytes of a short header up to the payload.</summary>
    public static int ShortLength(int dcidLength, int numberLength) => 1 + dcidLength + numberLength;

    /// <summary>
    /// Writes an Initial or Handshake header and returns the offset of the payload; the packet number stands
    /// <paramref name="numberLength"/> bytes before it. The token (null for none) belongs to Initials only.
    /// </summary>
    public static int WriteLong(byte[] buffer, int offset, int type, ConnectionId dcid, ConnectionId scid,
        byte[] token, int tokenOffset, int tokenCount, long packetNumber, int numberLength)
    {
        int at = WriteIds(buffer, offset, 0xC0 | (type << 4) | (numberLength - 1), dcid, scid);
        if (type == PacketType.Initial)
        {
            at += Buffers.VarInt.Write(buffer, at, tokenCount);
            if (tokenCount > 0) Array.Copy(token, tokenOffset, buffer, at, tokenCount);
            at += tokenCount;
        }
        at += LengthFieldBytes;
        PacketNumber.Write(buffer, at, packetNumber, numberLength);
        return at + numberLength;
    }

    /// <summary>
    /// Sets the Length of a long header: everything from the packet number to <paramref name="packetEnd"/>, which includes the
    /// 16 bytes of the tag still to come.
    /// </summary>
    public static void PatchLength(byte[] buffer, int packetNumberOffset, int packetEnd)
    {
        int length = packetEnd - packetNumberOffset;
        if (length < 0 || length > 0x3FFF) throw new InvalidOperationException("packet length " + length.ToString());
        buffer[packetNumberOffset - 2] = (byte)(0x40 | (length >> 8));
        buffer[packetNumberOffset - 1] = (byte)length;
    }

    /// <summary>Writes a 1-RTT header (spin bit 0) and returns the offset of the payload.</summary>
    public static int WriteShort(byte[] buffer, int offset, ConnectionId dcid, int keyPhase, long packetNumber, int numberLength)
    {
        buffer[offset] = (byte)(0x40 | (keyPhase << 2) | (numberLength - 1));
        Array.Copy(dcid.Bytes, 0, buffer, offset + 1, dcid.Length);
        int at = offset + 1 + dcid.Length;
        PacketNumber.Write(buffer, at, packetNumber, numberLength);
        return at + numberLength;
    }

    /// <summary>Writes a Retry up to and including its token; the integrity tag goes behind. Returns where.</summary>
    public static int WriteRetry(byte[] buffer, int offset, ConnectionId dcid, ConnectionId scid, byte[] token, int tokenOffset, int tokenCount)
    {
        int at = WriteIds(buffer, offset, 0xF0, dcid, scid);
        Array.Copy(token, tokenOffset, buffer, at, tokenCount);
        return at + tokenCount;
    }

    private static int WriteIds(byte[] buffer, int offset, int firstByte, ConnectionId dcid, ConnectionId scid)
    {
        buffer[offset] = (byte)firstByte;
        buffer[offset + 1] = 0;
        buffer[offset + 2] = 0;
        buffer[offset + 3] = 0;
        buffer[offset + 4] = (byte)PacketHeader.Version1;
        int at = offset + 5;
        buffer[at++] = (byte)dcid.Length;
        Array.Copy(dcid.Bytes, 0, buffer, at, dcid.Length);
        at += dcid.Length;
        buffer[at++] = (byte)scid.Length;
        Array.Copy(scid.Bytes, 0, buffer, at, scid.Length);
        return at + scid.Length;
    }
}
