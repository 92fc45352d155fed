using IrohLite.Buffers;
using IrohLite.Text;

namespace IrohLite.Tickets;

/// <summary>
/// Reads the postcard format: integers as unsigned LEB128 (seven bits a byte, low group first), strings and byte strings with such a
/// length in front. Over-long integers are accepted up to the length postcard gives their type, as iroh accepts them.
/// </summary>
public sealed class PostcardReader
{
    private readonly ByteReader _reader;

    /// <summary>Reads from the region.</summary>
    public PostcardReader(byte[] buffer, int offset, int count)
    {
        _reader = new ByteReader(buffer, offset, count);
    }

    /// <summary>Bytes left.</summary>
    public int Remaining => _reader.Remaining;

    /// <summary>Index of the next byte in the array.</summary>
    public int Position => _reader.Position;

    /// <summary>One byte.</summary>
    public bool TryReadByte(out int value)
    {
        return _reader.TryReadByte(out value);
    }

    /// <summary>A fixed number of bytes.</summary>
    public bool TryReadFixed(byte[] destination, int destinationOffset, int count)
    {
        return _reader.TryReadBytes(destination, destinationOffset, count);
    }

    /// <summary>Passes over bytes.</summary>
    public bool TrySkip(int count)
    {
        return _reader.TrySkip(count);
    }

    /// <summary>An integer of at most 16 bits.</summary>
    public bool TryReadUInt16(out int value)
    {
        bool isRead = TryReadLeb128(16, out long wide);
        value = (int)wide;
        return isRead;
    }

    /// <summary>An integer of at most 32 bits.</summary>
    public bool TryReadUInt32(out long value)
    {
        return TryReadLeb128(32, out value);
    }

    /// <summary>An integer of at most 64 bits; values from 2^63 on come out negative.</summary>
    public bool TryReadUInt64(out long value)
    {
        return TryReadLeb128(64, out value);
    }

    /// <summary>A length in front of something: at most <paramref name="max"/>.</summary>
    public bool TryReadLength(int max, out int length)
    {
        bool isRead = TryReadLeb128(64, out long wide) && wide >= 0 && wide <= max;
        length = isRead ? (int)wide : 0;
        return isRead;
    }

    /// <summary>A string of at most <paramref name="maxBytes"/> bytes of UTF-8.</summary>
    public bool TryReadString(int maxBytes, out string text)
    {
        text = null;
        return TryReadLength(maxBytes, out int length) && length <= _reader.Remaining
            && Utf8.TryDecode(_reader.Buffer, _reader.Position, length, out text) && _reader.TrySkip(length);
    }

    private bool TryReadLeb128(int bits, out long value)
    {
        value = 0;
        for (int shift = 0; shift < bits; shift += 7)
        {
            if (!_reader.TryReadByte(out int next)) return false;
            int group = next & 0x7F;

            // The last byte may hold only the bits that are left.
            if (bits - shift < 7 && next >> (bits - shift) != 0) return false;
            value |= (long)group << shift;
            if (next < 0x80) return true;
        }

        return false;
    }
}
