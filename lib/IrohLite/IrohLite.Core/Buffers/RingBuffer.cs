using System;

namespace IrohLite.Buffers;

/// <summary>A first-in first-out byte buffer of fixed size. Not for two threads at once; the owner locks.</summary>
public sealed class RingBuffer
{
    private readonly byte[] _buffer;
    private int _head;
    private int _count;

    /// <summary>An empty buffer of this many bytes.</summary>
    public RingBuffer(int capacityBytes)
    {
        if (capacityBytes < 1) throw new ArgumentOutOfRangeException("capacityBytes");
        _buffer = new byte[capacityBytes];
    }

    /// <summary>Bytes waiting.</summary>
    public int Count => _count;

    /// <summary>Bytes that fit.</summary>
    public int Free => _buffer.Length - _count;

    /// <summary>Size in bytes.</summary>
    public int Capacity => _buffer.Length;

    /// <summary>Appends as much as fits and returns how much that was.</summary>
    public int Write(byte[] buffer, int offset, int count)
    {
        Bytes.CheckRegion(buffer, offset, count);
        int accepted = count < Free ? count : Free;
        int tail = Wrap(_head + _count);
        int first = _buffer.Length - tail;
        if (first > accepted) first = accepted;
        Array.Copy(buffer, offset, _buffer, tail, first);
        Array.Copy(buffer, offset + first, _buffer, 0, accepted - first);
        _count += accepted;
        return accepted;
    }

    /// <summary>Takes up to <paramref name="count"/> bytes out and returns how many.</summary>
    public int Read(byte[] buffer, int offset, int count)
    {
        int taken = Peek(0, buffer, offset, count);
        Skip(taken);
        return taken;
    }

    /// <summary>Copies up to <paramref name="count"/> bytes, <paramref name="position"/> bytes behind the oldest, without taking them.</summary>
    public int Peek(int position, byte[] buffer, int offset, int count)
    {
        Bytes.CheckRegion(buffer, offset, count);
        if (position < 0 || position > _count) throw new ArgumentOutOfRangeException("position");
        int copied = count < _count - position ? count : _count - position;
        int from = Wrap(_head + position);
        int first = _buffer.Length - from;
        if (first > copied) first = copied;
        Array.Copy(_buffer, from, buffer, offset, first);
        Array.Copy(_buffer, 0, buffer, offset + first, copied - first);
        return copied;
    }

    /// <summary>Drops the oldest bytes; more than are there throws ArgumentOutOfRangeException.</summary>
    public void Skip(int count)
    {
        if (count < 0 || count > _count) throw new ArgumentOutOfRangeException("count");
        _head = Wrap(_head + count);
        _count -= count;
        if (_count == 0) _head = 0;
    }

    /// <summary>Drops everything and overwrites it with zeros.</summary>
    public void Clear()
    {
        Array.Clear(_buffer, 0, _buffer.Length);
        _head = 0;
        _count = 0;
    }

    private int Wrap(int index)
    {
        return index >= _buffer.Length ? index - _buffer.Length : index;
    }
}
