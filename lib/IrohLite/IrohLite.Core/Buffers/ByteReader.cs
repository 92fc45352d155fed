namespace IrohLite.Buffers;

/// <summary>
/// A reusable cursor over (buffer, offset, count); integers are big-endian. The Try methods are for bytes anybody may have sent:
/// they return false and leave the position alone when too few bytes remain. The Read methods are for authenticated bytes and
/// throw MalformedException instead.
/// </summary>
public sealed class ByteReader
{
    private byte[] _buffer;
    private int _position;
    private int _end;

    /// <summary>An empty reader, to be pointed at bytes with <see cref="Reset"/>.</summary>
    public ByteReader()
    {
    }

    /// <summary>Reads from the region.</summary>
    public ByteReader(byte[] buffer, int offset, int count)
    {
        Reset(buffer, offset, count);
    }

    /// <summary>The array being read.</summary>
    public byte[] Buffer => _buffer;

    /// <summary>Index of the next byte in <see cref="Buffer"/>.</summary>
    public int Position => _position;

    /// <summary>One past the last readable index.</summary>
    public int End => _end;

    /// <summary>Bytes left.</summary>
    public int Remaining => _end - _position;

    /// <summary>Points the reader at another region.</summary>
    public void Reset(byte[] buffer, int offset, int count)
    {
        Bytes.CheckRegion(buffer, offset, count);
        _buffer = buffer;
        _position = offset;
        _end = offset + count;
    }

    /// <summary>One byte.</summary>
    public bool TryReadByte(out int value)
    {
        if (_position >= _end)
        {
            value = 0;
            return false;
        }

        value = _buffer[_position++];
        return true;
    }

    /// <summary>Two bytes.</summary>
    public bool TryReadUInt16(out int value)
    {
        value = 0;
        if (_end - _position < 2) return false;
        value = (_buffer[_position] << 8) | _buffer[_position + 1];
        _position += 2;
        return true;
    }

    /// <summary>Three bytes.</summary>
    public bool TryReadUInt24(out int value)
    {
        value = 0;
        if (_end - _position < 3) return false;
        value = (_buffer[_position] << 16) | (_buffer[_position + 1] << 8) | _buffer[_position + 2];
        _position += 3;
        return true;
    }

    /// <summary>Four bytes, 0 to 2^32 - 1.</summary>
    public bool TryReadUInt32(out long value)
    {
        value = 0;
        if (_end - _position < 4) return false;
        value = Word(_position);
        _position += 4;
        return true;
    }

    /// <summary>Eight bytes as their 64 bits: values from 2^63 on come out negative.</summary>
    public bool TryReadUInt64(out long value)
    {
        value = 0;
        if (_end - _position < 8) return false;
        value = (Word(_position) << 32) | Word(_position + 4);
        _position += 8;
        return true;
    }

    /// <summary>A QUIC varint (RFC 9000 section 16).</summary>
    public bool TryReadVarInt(out long value)
    {
        // As VarInt.TryRead, without its call and the usual sizes first: frames consist of these.
        int at = _position;
        if (at < _end)
        {
            int first = _buffer[at];
            if (first < 0x40)
            {
                value = first;
                _position = at + 1;
                return true;
            }

            int left = _end - at;
            if (first < 0x80 && left > 1)
            {
                value = ((first & 0x3F) << 8) | _buffer[at + 1];
                _position = at + 2;
                return true;
            }

            if (first >= 0x80 && first < 0xC0 && left > 3)
            {
                value = Word(at) & 0x3FFFFFFF;
                _position = at + 4;
                return true;
            }
        }

        if (!VarInt.TryRead(_buffer, at, _end, out value, out int length)) return false;
        _position = at + length;
        return true;
    }

    /// <summary>Passes over bytes; false also for a negative count.</summary>
    public bool TrySkip(int count)
    {
        if (count < 0 || count > _end - _position) return false;
        _position += count;
        return true;
    }

    /// <summary>Copies the next bytes out; false also for a negative count.</summary>
    public bool TryReadBytes(byte[] destination, int destinationOffset, int count)
    {
        if (count < 0 || count > _end - _position) return false;
        System.Array.Copy(_buffer, _position, destination, destinationOffset, count);
        _position += count;
        return true;
    }

    /// <summary>One byte, or MalformedException.</summary>
    public int ReadByte()
    {
        if (_position >= _end) throw Truncated();
        return _buffer[_position++];
    }

    /// <summary>Two bytes, or MalformedException.</summary>
    public int ReadUInt16()
    {
        if (!TryReadUInt16(out int value)) throw Truncated();
        return value;
    }

    /// <summary>Three bytes, or MalformedException.</summary>
    public int ReadUInt24()
    {
        if (!TryReadUInt24(out int value)) throw Truncated();
        return value;
    }

    /// <summary>Four bytes, or MalformedException.</summary>
    public long ReadUInt32()
    {
        if (!TryReadUInt32(out long value)) throw Truncated();
        return value;
    }

    /// <summary>Eight bytes as their 64 bits, or MalformedException.</summary>
    public long ReadUInt64()
    {
        if (!TryReadUInt64(out long value)) throw Truncated();
        return value;
    }

    /// <summary>A QUIC varint, or MalformedException.</summary>
    public long ReadVarInt()
    {
        if (!TryReadVarInt(out long value)) throw Truncated();
        return value;
    }

    /// <summary>Passes over bytes, or MalformedException.</summary>
    public void Skip(int count)
    {
        if (!TrySkip(count)) throw Truncated();
    }

    /// <summary>Copies the next bytes out, or MalformedException.</summary>
    public void ReadBytes(byte[] destination, int destinationOffset, int count)
    {
        if (!TryReadBytes(destination, destinationOffset, count)) throw Truncated();
    }

    private long Word(int at)
    {
        return (uint)((_buffer[at] << 24) | (_buffer[at + 1] << 16) | (_buffer[at + 2] << 8) | _buffer[at + 3]);
    }

    private static MalformedException Truncated()
    {
        return new MalformedException("the bytes end too early");
    }
}
