using System;

namespace IrohLite.Buffers;

/// <summary>
/// Received datagrams on their way from a socket reader to the loop, in slots allocated once. When it is full the oldest datagram
/// is dropped, because the newest carries the freshest acknowledgements. Not for two threads at once; the owner locks.
/// </summary>
public sealed class DatagramQueue
{
    /// <summary>What <see cref="Dequeue"/> returns when nothing waits.</summary>
    public const int Empty = -1;

    private readonly byte[] _bytes;
    private readonly int[] _lengths;
    private readonly object[] _tags;
    private readonly int _slotSizeBytes;
    private int _head;
    private int _count;

    /// <summary>A queue of <paramref name="slots"/> datagrams of at most <paramref name="slotSizeBytes"/> bytes each.</summary>
    public DatagramQueue(int slots, int slotSizeBytes)
    {
        if (slots < 1 || slotSizeBytes < 1) throw new ArgumentOutOfRangeException("slots");
        _bytes = new byte[slots * slotSizeBytes];
        _lengths = new int[slots];
        _tags = new object[slots];
        _slotSizeBytes = slotSizeBytes;
    }

    /// <summary>Datagrams waiting.</summary>
    public int Count => _count;

    /// <summary>Datagrams that fit.</summary>
    public int Capacity => _lengths.Length;

    /// <summary>Datagrams dropped because the queue was full.</summary>
    public long DroppedFull { get; private set; }

    /// <summary>Datagrams refused because they were larger than a slot.</summary>
    public long DroppedTooLarge { get; private set; }

    /// <summary>Appends a copy. False when it is larger than a slot. <paramref name="tag"/> says where it came from.</summary>
    public bool Enqueue(byte[] buffer, int offset, int count, object tag)
    {
        Bytes.CheckRegion(buffer, offset, count);
        if (count > _slotSizeBytes)
        {
            DroppedTooLarge++;
            return false;
        }

        if (_count == _lengths.Length)
        {
            Forget();
            DroppedFull++;
        }

        int slot = Wrap(_head + _count);
        Array.Copy(buffer, offset, _bytes, slot * _slotSizeBytes, count);
        _lengths[slot] = count;
        _tags[slot] = tag;
        _count++;
        return true;
    }

    /// <summary>
    /// Moves the oldest datagram out and returns its length, or <see cref="Empty"/>. The room at the destination must be at least
    /// the slot size given when the queue was made.
    /// </summary>
    public int Dequeue(byte[] buffer, int offset, int capacity, out object tag)
    {
        tag = null;
        if (_count == 0) return Empty;
        Bytes.CheckRegion(buffer, offset, capacity);
        if (capacity < _slotSizeBytes) throw new ArgumentOutOfRangeException("capacity");
        int length = _lengths[_head];
        tag = _tags[_head];
        Array.Copy(_bytes, _head * _slotSizeBytes, buffer, offset, length);
        Forget();
        return length;
    }

    /// <summary>Drops everything, without counting it.</summary>
    public void Clear()
    {
        while (_count > 0) Forget();
    }

    private void Forget()
    {
        _tags[_head] = null;
        _head = Wrap(_head + 1);
        _count--;
    }

    private int Wrap(int index)
    {
        return index >= _lengths.Length ? index - _lengths.Length : index;
    }
}
