using System;

namespace IrohLite.Buffers;

/// <summary>
/// A set of non-negative numbers as at most <c>capacity</c> ranges, ascending, disjoint and never adjacent: received packet
/// numbers, received stream bytes, acknowledged bytes. Both ends of a range belong to it. Nothing is allocated after construction.
/// </summary>
public sealed class RangeSet
{
    /// <summary>What <see cref="Largest"/> and <see cref="Smallest"/> say about an empty set.</summary>
    public const long None = -1;

    private readonly long[] _from;
    private readonly long[] _to;
    private int _count;

    /// <summary>An empty set with room for this many ranges.</summary>
    public RangeSet(int capacity)
    {
        if (capacity < 1) throw new ArgumentOutOfRangeException("capacity");
        _from = new long[capacity];
        _to = new long[capacity];
    }

    /// <summary>Ranges in the set.</summary>
    public int Count => _count;

    /// <summary>Most ranges the set can hold.</summary>
    public int Capacity => _from.Length;

    /// <summary>The largest member, or <see cref="None"/>.</summary>
    public long Largest => _count == 0 ? None : _to[_count - 1];

    /// <summary>The smallest member, or <see cref="None"/>.</summary>
    public long Smallest => _count == 0 ? None : _from[0];

    /// <summary>First number of a range, 0 being the lowest range.</summary>
    public long Start(int index)
    {
        CheckIndex(index);
        return _from[index];
    }

    /// <summary>Last number of a range.</summary>
    public long EndInclusive(int index)
    {
        CheckIndex(index);
        return _to[index];
    }

    /// <summary>True when the number is a member.</summary>
    public bool Contains(long value)
    {
        int index = FirstEndingAtOrAfter(value);
        return index < _count && _from[index] <= value;
    }

    /// <summary>True when every number of the range is a member.</summary>
    public bool ContainsRange(long from, long toInclusive)
    {
        int index = FirstEndingAtOrAfter(from);
        return index < _count && _from[index] <= from && _to[index] >= toInclusive;
    }

    /// <summary>Adds a range. False, with nothing changed, when that would need more ranges than the capacity.</summary>
    public bool Add(long from, long toInclusive)
    {
        // The usual case: the next number in order.
        if (_count > 0 && from == _to[_count - 1] + 1 && toInclusive >= from && toInclusive != long.MaxValue)
        {
            _to[_count - 1] = toInclusive;
            return true;
        }

        CheckRange(from, toInclusive);

        // [first, last) are the ranges the new one touches or overlaps.
        int first = FirstEndingAtOrAfter(from - 1);
        int last = first;
        while (last < _count && _from[last] <= toInclusive + 1) last++;
        if (first == last)
        {
            if (_count == _from.Length) return false;
            Move(first, first + 1);
            _from[first] = from;
            _to[first] = toInclusive;
            return true;
        }

        if (_from[first] > from) _from[first] = from;
        long end = _to[last - 1] > toInclusive ? _to[last - 1] : toInclusive;
        _to[first] = end;
        Move(last, first + 1);
        return true;
    }

    /// <summary>Adds a range; a full set forgets its lowest range for it, or the new one if that would be the lowest.</summary>
    public void AddDroppingOldest(long from, long toInclusive)
    {
        if (Add(from, toInclusive)) return;
        if (toInclusive < _from[0]) return;
        Move(1, 0);
        Add(from, toInclusive);
    }

    /// <summary>Removes every number below <paramref name="value"/>.</summary>
    public void RemoveBelow(long value)
    {
        int index = FirstEndingAtOrAfter(value);
        if (index > 0) Move(index, 0);
        if (_count > 0 && _from[0] < value) _from[0] = value;
    }

    /// <summary>Removes a range. False, with nothing changed, when that would split a range of a full set.</summary>
    public bool Remove(long from, long toInclusive)
    {
        CheckRange(from, toInclusive);
        int first = FirstEndingAtOrAfter(from);
        if (first == _count || _from[first] > toInclusive) return true;
        if (_from[first] < from && _to[first] > toInclusive)
        {
            if (_count == _from.Length) return false;
            Move(first, first + 1);
            _from[first] = _from[first + 1];
            _to[first] = from - 1;
            _from[first + 1] = toInclusive + 1;
            return true;
        }

        if (_from[first] < from) _to[first++] = from - 1;
        int last = first;
        while (last < _count && _to[last] <= toInclusive) last++;
        if (last < _count && _from[last] <= toInclusive) _from[last] = toInclusive + 1;
        if (last > first) Move(last, first);
        return true;
    }

    /// <summary>Removes everything.</summary>
    public void Clear()
    {
        _count = 0;
    }

    // Ranges are looked up from the high end: new packet numbers and stream bytes arrive there.
    private int FirstEndingAtOrAfter(long value)
    {
        int index = _count;
        while (index > 0 && _to[index - 1] >= value) index--;
        return index;
    }

    private void Move(int source, int destination)
    {
        int moved = _count - source;
        Array.Copy(_from, source, _from, destination, moved);
        Array.Copy(_to, source, _to, destination, moved);
        _count = destination + moved;
    }

    private void CheckIndex(int index)
    {
        if (index < 0 || index >= _count) throw new ArgumentOutOfRangeException("index");
    }

    private static void CheckRange(long from, long toInclusive)
    {
        // long.MaxValue is excluded so that "one past the end" cannot wrap; QUIC numbers stay below 2^62.
        if (from < 0 || toInclusive < from || toInclusive == long.MaxValue) throw new ArgumentOutOfRangeException("from");
    }
}
