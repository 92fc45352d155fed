using System;
using IrohLite.Buffers;

namespace IrohLite.Quic;

/// <summary>
/// Received bytes put in order: a ring over the window [Consumed, Consumed + capacity) and the ranges that arrived ahead of a gap.
/// The ring grows by doubling up to its capacity and never shrinks.
/// </summary>
internal sealed class ReassemblyBuffer
{
    private static readonly byte[] s_none = new byte[0];

    private readonly int _capacity;
    private readonly RangeSet _ahead = new RangeSet(StreamLimits.ReceiveGaps);
    private readonly int _firstBytes;
    private byte[] _ring = s_none;
    private long _consumed;
    private long _contiguous;

    /// <summary>A window of <paramref name="capacityBytes"/> whose ring is made when bytes come, with <paramref name="firstBytes"/>.</summary>
    public ReassemblyBuffer(int capacityBytes, int firstBytes)
    {
        _capacity = capacityBytes;
        _firstBytes = firstBytes < capacityBytes ? firstBytes : capacityBytes;
    }

    /// <summary>Bytes the reader has taken.</summary>
    public long Consumed => _consumed;

    /// <summary>One past the last byte that arrived without a gap before it.</summary>
    public long Contiguous => _contiguous;

    public int Readable => (int)(_contiguous - _consumed);

    /// <summary>One past the last byte that may arrive now.</summary>
    public long Limit => _consumed + _capacity;

    /// <summary>Empties the buffer for another stream.</summary>
    public void Reset()
    {
        _consumed = 0;
        _contiguous = 0;
        _ahead.Clear();
    }

    /// <summary>
    /// Stores bytes of which some may be known already. False, with nothing stored, when it would open one gap more than
    /// <see cref="StreamLimits.ReceiveGaps"/>. The caller has checked the end against <see cref="Limit"/>.
    /// </summary>
    public bool Insert(long streamOffset, byte[] buffer, int offset, int count)
    {
        long end = streamOffset + count;
        // Nothing new, or nothing at all: an empty frame may stand ahead of a gap.
        if (end <= _contiguous || count == 0) return true;
        if (end > Limit) throw new InvalidOperationException("beyond the window");
        if (streamOffset < _contiguous)
        {
            int known = (int)(_contiguous - streamOffset);
            streamOffset += known;
            offset += known;
            count -= known;
        }

        if (streamOffset > _contiguous)
        {
            if (!_ahead.Add(streamOffset, end - 1)) return false;
            Store(streamOffset, buffer, offset, count);
            return true;
        }

        Store(streamOffset, buffer, offset, count);
        _contiguous = end;
        if (_ahead.Count == 0) return true;
        _ahead.RemoveBelow(end);
        if (_ahead.Count > 0 && _ahead.Start(0) == end)
        {
            _contiguous = _ahead.EndInclusive(0) + 1;
            _ahead.RemoveBelow(_contiguous);
        }

        return true;
    }

    /// <summary>Takes up to <paramref name="count"/> bytes in order and returns how many.</summary>
    public int Read(byte[] buffer, int offset, int count)
    {
        int taken = Readable < count ? Readable : count;
        if (taken <= 0) return 0;
        int at = (int)(_consumed % _ring.Length);
        int first = _ring.Length - at;
        if (first > taken) first = taken;
        Array.Copy(_ring, at, buffer, offset, first);
        if (taken > first) Array.Copy(_ring, 0, buffer, offset + first, taken - first);
        _consumed += taken;
        return taken;
    }

    private void Store(long streamOffset, byte[] buffer, int offset, int count)
    {
        int needed = (int)(streamOffset + count - _consumed);
        if (needed > _ring.Length) Grow(needed);
        int at = (int)(streamOffset % _ring.Length);
        int first = _ring.Length - at;
        if (first > count) first = count;
        Array.Copy(buffer, offset, _ring, at, first);
        if (count > first) Array.Copy(buffer, offset + first, _ring, 0, count - first);
    }

    // Copies the whole old window: bytes ahead of a gap may stand anywhere in it.
    private void Grow(int needed)
    {
        int size = _ring.Length == 0 ? _firstBytes : _ring.Length;
        while (size < needed) size <<= 1;
        if (size > _capacity) size = _capacity;
        byte[] ring = new byte[size];
        long offset = _consumed;
        long end = _consumed + _ring.Length;
        while (offset < end)
        {
            int at = (int)(offset % _ring.Length);
            int into = (int)(offset % size);
            int count = (int)(end - offset);
            if (count > _ring.Length - at) count = _ring.Length - at;
            if (count > size - into) count = size - into;
            Array.Copy(_ring, at, ring, into, count);
            offset += count;
        }

        _ring = ring;
    }
}
