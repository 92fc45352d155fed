using System;

namespace IrohLite.Buffers;

/// <summary>
/// A reusable cursor for writing into (buffer, offset, capacity); integers are big-endian. Whoever writes must know that it fits:
/// passing the end throws InvalidOperationException and writes nothing.
/// </summary>
public sealed class ByteWriter
{
    private byte[] _buffer;
    private int _start;
    private int _position;
    private int _end;

    /// <summary>Writes into the region.</summary>
    public ByteWriter(byte[] buffer, int offset, int capacity)
    {
        Reset(buffer, offset, capacity);
    }

    /// <summary>The array being written.</summary>
    public byte[] Buffer => _buffer;

    /// <summary>Index of the first byte of the region.</summary>
    public int Start => _start;

    /// <summary>Index of the next byte to write.</summary>
    public int Position => _position;

    /// <summary>One past the last writable index.</summary>
    public int End => _end;

    /// <summary>Free bytes.</summary>
    public int Remaining => _end - _position;

    /// <summary>Bytes written since the start.</summary>
    public int Written => _position - _start;

    /// <summary>Points the writer at another region, empty.</summary>
    public void Reset(byte[] buffer, int offset, int capacity)
    {
        Bytes.CheckRegion(buffer, offset, capacity);
        _buffer = buffer;
        _start = offset;
        _position = offset;
        _end = offset + capacity;
    }

    /// <summary>One byte (the low eight bits).</summary>
    public void WriteByte(int value)
    {
        int at = _position;
        if (at >= _end) throw Full();
        _buffer[at] = (byte)value;
        _position = at + 1;
    }

    /// <summary>Two bytes.</summary>
    public void WriteUInt16(int value)
    {
        Need(2);
        _buffer[_position++] = (byte)(value >> 8);
        _buffer[_position++] = (byte)value;
    }

    /// <summary>Three bytes.</summary>
    public void WriteUInt24(int value)
    {
        Need(3);
        _buffer[_position++] = (byte)(value >> 16);
        _buffer[_position++] = (byte)(value >> 8);
        _buffer[_position++] = (byte)value;
    }

    /// <summary>Four bytes (the low 32 bits).</summary>
    public void WriteUInt32(long value)
    {
        Need(4);
        PutWord((int)value);
    }

    /// <summary>Eight bytes.</summary>
    public void WriteUInt64(long value)
    {
        Need(8);
        PutWord((int)(value >> 32));
        PutWord((int)value);
    }

    /// <summary>A QUIC varint in its shortest form.</summary>
    public void WriteVarInt(long value)
    {
        // As VarInt.Write, without its calls: frames consist of these.
        int at = _position;
        if ((value & ~63L) == 0)
        {
            if (at >= _end) throw Full();
            _buffer[at] = (byte)value;
            _position = at + 1;
        }
        else if ((value & ~16383L) == 0)
        {
            if (at + 1 >= _end) throw Full();
            _buffer[at] = (byte)(0x40 | ((int)value >> 8));
            _buffer[at + 1] = (byte)value;
            _position = at + 2;
        }
        else
        {
            int length = VarInt.Length(value);
            Need(length);
            if (length == 8) PutWord((int)(value >> 32) | unchecked((int)0xC0000000));
            PutWord(length == 8 ? (int)value : (int)value | unchecked((int)0x80000000));
        }
    }

    /// <summary>A QUIC varint of 0 to 16383 in exactly two bytes, for a length that is patched later.</summary>
    public void WriteVarInt2(int value)
    {
        Need(2);
        PatchVarInt2(_position, value);
        _position += 2;
    }

    /// <summary>Copies bytes.</summary>
    public void WriteBytes(byte[] source, int sourceOffset, int count)
    {
        Need(count);
        Array.Copy(source, sourceOffset, _buffer, _position, count);
        _position += count;
    }

    /// <summary>Zero bytes.</summary>
    public void WriteZeros(int count)
    {
        Need(count);
        Array.Clear(_buffer, _position, count);
        _position += count;
    }

    /// <summary>Leaves room to be filled by the caller, and returns the index where it starts.</summary>
    public int Reserve(int count)
    {
        Need(count);
        int at = _position;
        _position += count;
        return at;
    }

    /// <summary>Overwrites two bytes already written.</summary>
    public void PatchUInt16(int position, int value)
    {
        CheckWritten(position, 2);
        _buffer[position] = (byte)(value >> 8);
        _buffer[position + 1] = (byte)value;
    }

    /// <summary>Overwrites three bytes already written.</summary>
    public void PatchUInt24(int position, int value)
    {
        CheckWritten(position, 3);
        _buffer[position] = (byte)(value >> 16);
        _buffer[position + 1] = (byte)(value >> 8);
        _buffer[position + 2] = (byte)value;
    }

    /// <summary>Overwrites a two-byte varint already written by <see cref="WriteVarInt2"/>.</summary>
    public void PatchVarInt2(int position, int value)
    {
        if (value < 0 || value > 16383) throw new InvalidOperationException("not a two-byte varint: " + value.ToString());
        if (position < _start || position > _end - 2) throw new InvalidOperationException("patch outside the region");
        _buffer[position] = (byte)(0x40 | (value >> 8));
        _buffer[position + 1] = (byte)value;
    }

    private void PutWord(int value)
    {
        _buffer[_position] = (byte)(value >> 24);
        _buffer[_position + 1] = (byte)(value >> 16);
        _buffer[_position + 2] = (byte)(value >> 8);
        _buffer[_position + 3] = (byte)value;
        _position += 4;
    }

    private void Need(int count)
    {
        if (count < 0 || count > _end - _position) throw Full();
    }

    private static InvalidOperationException Full() => new InvalidOperationException("the writer is full");

    private void CheckWritten(int position, int count)
    {
        if (position < _start || position > _position - count) throw new InvalidOperationException("patch outside the written bytes");
    }
}
