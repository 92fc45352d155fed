using System;

namespace IrohLite.Quic;

/// <summary>
/// The ack-eliciting packets in flight in one packet number space, oldest first, in parallel arrays. A packet owns a run of
/// records that say what it carried. Packets leave in any order; their places free up from the oldest on.
/// </summary>
internal sealed class SentPacketLog
{
    private readonly long[] _number;
    private readonly long[] _sentMs;
    private readonly long[] _largestAckSent;
    private readonly int[] _size;
    private readonly int[] _flags;
    private readonly int[] _firstRecord;
    private readonly int[] _recordCount;
    private readonly byte[] _recordKind;
    private readonly long[] _recordId;
    private readonly long[] _recordOffset;
    private readonly int[] _recordLength;
    private int _head;
    private int _recordHead;
    private int _recordsUsed;
    private int _staged;

    public SentPacketLog(int packets, int records)
    {
        _number = new long[packets];
        _sentMs = new long[packets];
        _largestAckSent = new long[packets];
        _size = new int[packets];
        _flags = new int[packets];
        _firstRecord = new int[packets];
        _recordCount = new int[packets];
        _recordKind = new byte[records];
        _recordId = new long[records];
        _recordOffset = new long[records];
        _recordLength = new int[records];
    }

    /// <summary>Places in use, from the oldest packet to the newest, those that already left in between included.</summary>
    public int Span { get; private set; }

    /// <summary>Packets in flight.</summary>
    public int Count { get; private set; }

    public bool IsFull => Span == _number.Length;

    /// <summary>Records the packet under construction may still take.</summary>
    public int FreeRecords => _recordKind.Length - _recordsUsed - _staged;

    /// <summary>Records of the packet under construction.</summary>
    public int StagedRecords => _staged;

    /// <summary>Notes one frame of the packet under construction.</summary>
    public void Stage(int kind, long id, long offset, int length)
    {
        if (FreeRecords == 0) throw new InvalidOperationException("no free record");
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
        int slot = Wrap(_head + Span, _number.Length);
        _number[slot] = number;
        _sentMs[slot] = nowMs;
        _size[slot] = sizeBytes;
        _flags[slot] = flags;
        _largestAckSent[slot] = largestAckSent;
        _firstRecord[slot] = Wrap(_recordHead + _recordsUsed, _recordKind.Length);
        _recordCount[slot] = _staged;
        _recordsUsed += _staged;
        _staged = 0;
        Span++;
        Count++;
    }

    /// <summary>The slot at a place, 0 being the oldest; its <see cref="Number"/> is None when the packet already left.</summary>
    public int Slot(int place) => Wrap(_head + place, _number.Length);

    /// <summary>The place after the last packet whose number is at most <paramref name="number"/>, counting those that left.</summary>
    public int PlaceAfter(long number)
    {
        int place = Span;
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
        Count--;
        while (Span > 0 && _number[_head] == PacketNumber.None)
        {
            _recordHead = Wrap(_recordHead + _recordCount[_head], _recordKind.Length);
            _recordsUsed -= _recordCount[_head];
            _head = Wrap(_head + 1, _number.Length);
            Span--;
        }
    }

    public void Clear()
    {
        Span = 0;
        Count = 0;
        _recordsUsed = 0;
        _staged = 0;
    }

    private static int Wrap(int index, int length) => index >= length ? index - length : index;
}
