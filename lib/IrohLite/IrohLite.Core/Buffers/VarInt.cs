using System;

namespace IrohLite.Buffers;

/// <summary>Variable-length integers of QUIC (RFC 9000 section 16): 1, 2, 4 or 8 bytes, big-endian, length in the top two bits.</summary>
public static class VarInt
{
    /// <summary>The largest value: 2^62 - 1.</summary>
    public const long Max = 4611686018427387903L;

    /// <summary>The longest encoding in bytes.</summary>
    public const int MaxSizeBytes = 8;

    /// <summary>Bytes of the shortest encoding. Throws InvalidOperationException for a value outside 0 to <see cref="Max"/>.</summary>
    public static int Length(long value)
    {
        if ((value & ~63L) == 0) return 1;
        if ((value & ~16383L) == 0) return 2;
        if ((value & ~1073741823L) == 0) return 4;
        if ((value & ~Max) == 0) return 8;
        throw new InvalidOperationException("not a QUIC varint: " + value.ToString());
    }

    /// <summary>Writes the shortest encoding and returns its length in bytes.</summary>
    public static int Write(byte[] buffer, int offset, long value)
    {
        int length = Length(value);
        Bytes.CheckRegion(buffer, offset, length);
        switch (length)
        {
            case 1:
                buffer[offset] = (byte)value;
                break;
            case 2:
                buffer[offset] = (byte)(0x40 | (int)(value >> 8));
                buffer[offset + 1] = (byte)value;
                break;
            case 4:
                buffer[offset] = (byte)(0x80 | (int)(value >> 24));
                buffer[offset + 1] = (byte)(value >> 16);
                buffer[offset + 2] = (byte)(value >> 8);
                buffer[offset + 3] = (byte)value;
                break;
            default:
                for (int i = 7; i >= 0; i--)
                {
                    buffer[offset + i] = (byte)value;
                    value >>= 8;
                }

                buffer[offset] |= 0xC0;
                break;
        }

        return length;
    }

    /// <summary>Reads one integer from [offset, end), also when it is longer than needed. False when the bytes do not suffice.</summary>
    public static bool TryRead(byte[] buffer, int offset, int end, out long value, out int length)
    {
        value = 0;
        length = 0;
        if (offset >= end) return false;
        int first = buffer[offset];
        if (first < 0x40)
        {
            value = first;
            length = 1;
            return true;
        }

        int size = 1 << (first >> 6);
        if (size > end - offset) return false;
        if (size == 2) value = ((first & 0x3F) << 8) | buffer[offset + 1];
        else value = ((first & 0x3F) << 24) | (buffer[offset + 1] << 16) | (buffer[offset + 2] << 8) | buffer[offset + 3];
        if (size == 8) value = (value << 32) | Word(buffer, offset + 4);
        length = size;
        return true;
    }

    private static long Word(byte[] buffer, int offset)
    {
        return (uint)((buffer[offset] << 24) | (buffer[offset + 1] << 16) | (buffer[offset + 2] << 8) | buffer[offset + 3]);
    }
}
