using System;
using IrohLite.Buffers;
using IrohLite.Text;

namespace IrohLite.Tickets;

/// <summary>Writes the postcard format into an array that grows as needed.</summary>
public sealed class PostcardWriter
{
    private byte[] _buffer = new byte[96];
    private int _count;

    /// <summary>The array written to; valid until the next write.</summary>
    public byte[] Buffer => _buffer;

    /// <summary>Bytes written, from index 0 on.</summary>
    public int Count => _count;

    /// <summary>One byte.</summary>
    public void WriteByte(int value)
    {
        Need(1);
        _buffer[_count++] = (byte)value;
    }

    /// <summary>An integer as shortest unsigned LEB128; the 64 bits count, so a negative number is a large one.</summary>
    public void WriteInteger(long value)
    {
        Need(10);
        ulong rest = (ulong)value;
        while (rest >= 0x80)
        {
            _buffer[_count++] = (byte)(0x80 | (int)(rest & 0x7F));
            rest >>= 7;
        }

        _buffer[_count++] = (byte)rest;
    }

    /// <summary>Bytes of a length the reader knows.</summary>
    public void WriteFixed(byte[] source, int offset, int count)
    {
        Bytes.CheckRegion(source, offset, count);
        Need(count);
        Array.Copy(source, offset, _buffer, _count, count);
        _count += count;
    }

    /// <summary>Bytes with their length in front.</summary>
    public void WriteBytes(byte[] source, int offset, int count)
    {
        WriteInteger(count);
        WriteFixed(source, offset, count);
    }

    /// <summary>A string as UTF-8 with its length in bytes in front.</summary>
    public void WriteString(string text)
    {
        byte[] bytes = Utf8.Encode(text);
        WriteBytes(bytes, 0, bytes.Length);
    }

    private void Need(int count)
    {
        if (count <= _buffer.Length - _count) return;
        byte[] larger = new byte[2 * _buffer.Length + count];
        Array.Copy(_buffer, 0, larger, 0, _count);
        _buffer = larger;
    }
}
