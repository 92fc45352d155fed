using System;

namespace IrohLite.Quic;

/// <summary>
/// The ack-eliciting packets in flight in one packet number space, oldest first, in parallel arrays. A packet owns a run of
/// records that say what it carried. Packets leave in any order; their places free up from the oldest on. The arrays start small
/// and double up to their limits.
/// </summary>
internal sealed class SentPacketLog
{
    private const int FirstPackets = 32;

    private readonly int _maxPackets;
    private readonly int _maxRecords;
    private long[] _number;
    private long[] _sentMs;
    private long[] _largestAckSent;
    private int[] _size;
    private int[] _flags;
    private int[] _firstRecord;
    private int[] _recordCount;
    private byte[] _recordKind;
    private long[] _recordId;
    private long[] _recordOffset;
    private int[] _recordLength;
    private int _head;
    private int _recordHead;
    private int _recordsUsed;
    private int _staged;
    private int _span;
    private int _count;

    /// <summary>An empty log for at most this many packets and records.</summary>
    public SentPacketLog(int packets, int records)
    {
        _maxPackets = packets;
        _maxRecords = records;
        GrowPackets(packets < FirstPackets ? packets : FirstPackets);
        GrowRecords(records < 2 * FirstPackets ? records : 2 * FirstPackets);
    }

    /// <summary>Places in use, from the oldest packet to the newest, those that already left in between included.</summary>
    public int Span => _span;

    /// <summary>Packets in flight.</summary>
    public int Count => _count;

    public bool IsFull => _span == _maxPackets;

    /// <summary>Records the packet under construction may still take.</summary>
    public int FreeRecords => _maxRecords - _recordsUsed - _staged;

    /// <summary>Records of the packet under construction.</summary>
    public int StagedRecords => _staged;

    /// <summary>Notes one frame of the packet under construction.</summary>
    public void Stage(int kind, long id, long offset, int length)
    {
        if (FreeRecords == 0) throw new InvalidOperationException("no free record");
        if (_recordsUsed + _staged == _recordKind.Length) GrowRecords(Doubled(_recordKind.Length, _maxRecords));
        int at = Wrap(_recordHead + _recordsUsed + _staged, _recordKind.Length);
        _recordKind[at] = (byte)kind;
        _recordId[at] = id;
        _recordOffset[at] = offset;
        _recordLength[at] = length;
        _staged++;
    }

    /// <summary>The packet under construction was sent.</summary>
    public void Commit(long number, long nowMs, int sizeBytes, int flags, long largestAckSent)
    {
        if (IsFull) throw new InvalidOperationException("the log is full");
        if (_span == _number.Length) GrowPackets(Doubled(_span, _maxPackets));
        int slot = Wrap(_head + _span, _number.Length);
        _number[slot] = number;
        _sentMs[slot] = nowMs;
        _size[slot] = sizeBytes;
        _flags[slot] = flags;
        _largestAckSent[slot] = largestAckSent;
        _firstRecord[slot] = Wrap(_recordHead + _recordsUsed, _recordKind.Length);
        _recordCount[slot] = _staged;
        _recordsUsed += _staged;
        _staged = 0;
        _span++;
        _count++;
    }

    /// <summary>The slot at a place, 0 being the oldest; its <see cref="Number"/> is None when the packet already left.</summary>
    public int Slot(int place) => Wrap(_head + place, _number.Length);

    /// <summary>The place after the last packet whose number is at most <paramref name="number"/>, counting those that left.</summary>
    public int PlaceAfter(long number)
    {
        int place = _span;
        while (place > 0)
        {
            long at = _number[Slot(place - 1)];
            if (at != PacketNumber.None && at <= number) break;
            place--;
        }

        return place;
    }

    public long Number(int slot) => _number[slot];

    public long SentMs(int slot) => _sentMs[slot];

    public int Size(int slot) => _size[slot];

    public int Flags(int slot) => _flags[slot];

    public long LargestAckSent(int slot) => _largestAckSent[slot];

    public int RecordCount(int slot) => _recordCount[slot];

    public int Record(int slot, int index) => Wrap(_firstRecord[slot] + index, _recordKind.Length);

    public int RecordKind(int record) => _recordKind[record];

    public long RecordId(int record) => _recordId[record];

    public long RecordOffset(int record) => _recordOffset[record];

    public int RecordLength(int record) => _recordLength[record];

    /// <summary>The packet was acknowledged or is lost.</summary>
    public void Remove(int slot)
    {
        _number[slot] = PacketNumber.None;
        _count--;
        while (_span > 0 && _number[_head] == PacketNumber.None)
        {
            _recordHead = Wrap(_recordHead + _recordCount[_head], _recordKind.Length);
            _recordsUsed -= _recordCount[_head];
            _head = Wrap(_head + 1, _number.Length);
            _span--;
        }
    }

    public void Clear()
    {
        _span = 0;
        _count = 0;
        _recordsUsed = 0;
        _staged = 0;
    }

    // Both rings are laid out anew from 0 on; the packets' first records move along.
    private void GrowPackets(int size)
    {
        _number = Longer(_number, size, _head);
        _sentMs = Longer(_sentMs, size, _head);
        _largestAckSent = Longer(_largestAckSent, size, _head);
        _size = Longer(_size, size, _head);
        _flags = Longer(_flags, size, _head);
        _firstRecord = Longer(_firstRecord, size, _head);
        _recordCount = Longer(_recordCount, size, _head);
        _head = 0;
    }

    private void GrowRecords(int size)
    {
        int old = _recordKind == null ? 0 : _recordKind.Length;
        for (int place = 0; place < _span; place++)
        {
            int slot = Slot(place);
            _firstRecord[slot] -= _recordHead;
            if (_firstRecord[slot] < 0) _firstRecord[slot] += old;
        }

        byte[] kinds = new byte[size];
        if (_recordKind != null)
        {
            Array.Copy(_recordKind, _recordHead, kinds, 0, old - _recordHead);
            Array.Copy(_recordKind, 0, kinds, old - _recordHead, _recordHead);
        }

        _recordKind = kinds;
        _recordId = Longer(_recordId, size, _recordHead);
        _recordOffset = Longer(_recordOffset, size, _recordHead);
        _recordLength = Longer(_recordLength, size, _recordHead);
        _recordHead = 0;
    }

    private static long[] Longer(long[] ring, int size, int head)
    {
        long[] longer = new long[size];
        if (ring == null) return longer;
        Array.Copy(ring, head, longer, 0, ring.Length - head);
        Array.Copy(ring, 0, longer, ring.Length - head, head);
        return longer;
    }

    private static int[] Longer(int[] ring, int size, int head)
    {
        int[] longer = new int[size];
        if (ring == null) return longer;
        Array.Copy(ring, head, longer, 0, ring.Length - head);
        Array.Copy(ring, 0, longer, ring.Length - head, head);
        return longer;
    }

    private static int Doubled(int size, int limit) => 2 * size < limit ? 2 * size : limit;

    private static int Wrap(int index, int length) => index >= length ? index - length : index;
}
