namespace IrohLite.Quic;

/// <summary>Packet numbers on the wire: the shortest truncation that the receiver can undo (RFC 9000 section 17.1, A.2, A.3).</summary>
internal static class PacketNumber
{
    /// <summary>"No packet yet"; 0 is a packet number like any other.</summary>
    public const long None = -1;

    /// <summary>Largest packet number of a space (RFC 9000 section 12.3).</summary>
    public const long Max = 0x3FFFFFFFFFFFFFFF;

    /// <summary>Bytes to send, 1 to 4, given the largest number the peer has acknowledged (or <see cref="None"/>).</summary>
    public static int EncodedLength(long packetNumber, long largestAcked)
    {
        // A.2: twice the unacknowledged distance must fit the truncated field. With None = -1 this is "number + 1".
        long span = (packetNumber - largestAcked) << 1;
        if (span <= 0x100) return 1;
        if (span <= 0x10000) return 2;
        return span <= 0x1000000 ? 3 : 4;
    }

    /// <summary>Writes the low <paramref name="length"/> bytes of the number, 1 to 4.</summary>
    public static void Write(byte[] buffer, int offset, long packetNumber, int length)
    {
        if (length == 2)
        {
            buffer[offset] = (byte)(packetNumber >> 8);
            buffer[offset + 1] = (byte)packetNumber;
            return;
        }

        for (int i = offset + length - 1; i >= offset; i--)
        {
            buffer[i] = (byte)packetNumber;
            packetNumber >>= 8;
        }
    }

    /// <summary>The full number nearest to the next expected one (A.3).</summary>
    public static long Decode(long largestReceived, long truncated, int length)
    {
        long window = 1L << (8 * length);
        long half = window >> 1;
        long expected = largestReceived + 1;
        long candidate = (expected & ~(window - 1)) | truncated;
        if (candidate <= expected - half && candidate <= Max - window) return candidate + window;
        if (candidate > expected + half && candidate >= window) return candidate - window;
        return candidate;
    }
}
