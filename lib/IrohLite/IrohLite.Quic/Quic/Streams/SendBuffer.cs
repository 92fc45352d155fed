using System;
using IrohLite.Buffers;

namespace IrohLite.Quic;

/// <summary>
/// Bytes written and not yet acknowledged, addressed by stream offset: [Base, End) is kept, [Base, Next) has been sent at least
/// once, and what was lost of it waits in a range set. The ring grows by doubling up to its capacity and never shrinks.
/// </summary>
internal sealed class SendBuffer
{
    private static readonly byte[] s_none = new byte[0];

    private readonly int _capacity;
    private readonly RangeSet _acked = new RangeSet(StreamLimits.SendRanges);
    private readonly RangeSet _lost = new RangeSet(StreamLimits.SendRanges);
    private readonly int _firstBytes;
    private byte[] _ring = s_none;
    private long _base;
    private long _next;
    private long _end;

    /// <summary>A buffer of <paramref name="capacityBytes"/> whose ring is made at the first write, with <paramref name="firstBytes"/>.</summary>
    public SendBuffer(int capacityBytes, int firstBytes)
    {
        _capacity = capacityBytes;
        _firstBytes = firstBytes < capacityBytes ? firstBytes : capacityBytes;
    }

    /// <summary>Everything below is acknowledged.</summary>
    public long Base => _base;

    /// <summary>The first offset never sent.</summary>
    public long Next => _next;

    /// <summary>One past the last byte written.</summary>
    public long End => _end;

    public int Free => _capacity - (int)(_end - _base);

    public bool HasLost => _lost.Count > 0;

    public bool HasNew => _next < _end;

    public bool IsAllAcked => _base == _end;

    /// <summary>Empties the buffer for another stream.</summary>
    public void Reset()
    {
        _base = 0;
        _next = 0;
        _end = 0;
        _acked.Clear();
        _lost.Clear();
    }

    /// <summary>Appends what fits and returns how much that was.</summary>
    public int Write(byte[] buffer, int offset, int count)
    {
        if (count > Free) count = Free;
        if (count <= 0) return 0;
        int used = (int)(_end - _base);
        if (used + count > _ring.Length) Grow(used + count);
        int at = (int)(_end % _ring.Length);
        int first = _ring.Length - at;
        if (first > count) first = count;
        Array.Copy(buffer, offset, _ring, at, first);
        if (count > first) Array.Copy(buffer, offset + first, _ring, 0, count - first);
        _end += count;
        return count;
    }

    /// <summary>Where the next bytes to send begin: the lowest lost one, else the first new one.</summary>
    public long NextOffset() => _lost.Count > 0 ? _lost.Start(0) : _next;

    /// <summary>How many bytes may be sent from <see cref="NextOffset"/>: lost ones up to their gap, new ones up to <paramref name="limit"/>.</summary>
    public int NextLength(long limit)
    {
        if (_lost.Count > 0) return (int)(_lost.EndInclusive(0) - _lost.Start(0) + 1);
        long end = _end < limit ? _end : limit;
        return end > _next ? (int)(end - _next) : 0;
    }

    /// <summary>Copies bytes that are kept.</summary>
    public void CopyTo(long offset, int count, byte[] target, int targetOffset)
    {
        if (offset < _base || offset + count > _end) throw new InvalidOperationException("bytes are not in the buffer");
        if (count == 0) return;
        int at = (int)(offset % _ring.Length);
        int first = _ring.Length - at;
        if (first > count) first = count;
        Array.Copy(_ring, at, target, targetOffset, first);
        if (count > first) Array.Copy(_ring, 0, target, targetOffset + first, count - first);
    }

    /// <summary>The bytes from <see cref="NextOffset"/> on were put into a packet.</summary>
    public void OnSent(long offset, int count)
    {
        if (count == 0) return;
        if (_lost.Count > 0) _lost.RemoveBelow(offset + count);
        else _next = offset + count;
    }

    public void OnAcked(long offset, int count)
    {
        long end = offset + count;
        if (count == 0 || end <= _base) return;
        if (offset > _base)
        {
            // No room to remember it: it is sent once more, and acknowledged again.
            if (!_acked.Add(offset, end - 1)) OnLost(offset, count);
            else _lost.Remove(offset, end - 1);
            return;
        }

        _base = end;
        if (_acked.Count > 0)
        {
            _acked.RemoveBelow(end);
            if (_acked.Count > 0 && _acked.Start(0) == end)
            {
                _base = _acked.EndInclusive(0) + 1;
                _acked.RemoveBelow(_base);
            }
        }

        if (_lost.Count > 0) _lost.RemoveBelow(_base);
    }

    public void OnLost(long offset, int count)
    {
        long from = offset < _base ? _base : offset;
        long to = offset + count - 1;
        if (to < from) return;
        if (_acked.Count > 0 && _acked.ContainsRange(from, to)) return;
        if (!_lost.Add(from, to)) AddLostMerging(from, to);
    }

    // A full set: the gap to a neighbour is sent again too. Everything below _next may be repeated.
    private void AddLostMerging(long from, long to)
    {
        for (int i = 0; i < _lost.Count; i++)
        {
            if (_lost.Start(i) <= to) continue;
            _lost.Add(from, _lost.Start(i));
            return;
        }

        _lost.Add(_lost.Largest, to);
    }

    private void Grow(int needed)
    {
        int size = _ring.Length == 0 ? _firstBytes : _ring.Length;
        while (size < needed) size <<= 1;
        if (size > _capacity) size = _capacity;
        byte[] ring = new byte[size];
        long offset = _base;
        while (offset < _end)
        {
            int at = (int)(offset % _ring.Length);
            int into = (int)(offset % size);
            int count = (int)(_end - offset);
            if (count > _ring.Length - at) count = _ring.Length - at;
            if (count > size - into) count = size - into;
            Array.Copy(_ring, at, ring, into, count);
            offset += count;
        }

        _ring = ring;
    }
}
