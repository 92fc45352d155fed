using IrohLite.Buffers;

namespace IrohLite.Quic;

/// <summary>
/// ACK (RFC 9000 section 19.3). Reading fills this reusable object with the ranges, newest first. Any number of ranges is
/// checked; those beyond the capacity are the oldest and are left out, which only delays their acknowledgement.
/// </summary>
internal sealed class AckFrame
{
    /// <summary>Ranges kept: the largest count the real peer sends.</summary>
    public const int DefaultCapacity = 64;

    private readonly long[] _smallest;
    private readonly long[] _largest;

    public AckFrame()
        : this(DefaultCapacity)
    {
    }

    public AckFrame(int capacity)
    {
        _smallest = new long[capacity];
        _largest = new long[capacity];
    }

    /// <summary>Largest packet number acknowledged.</summary>
    public long LargestAcked { get; private set; }

    /// <summary>The delay field as sent: microseconds after shifting left by the sender's ack_delay_exponent.</summary>
    public long EncodedDelay { get; private set; }

    /// <summary>Ranges kept, at least 1.</summary>
    public int RangeCount { get; private set; }

    /// <summary>True when the frame carried ECN counts.</summary>
    public bool HasEcnCounts { get; private set; }

    public long Ect0Count { get; private set; }

    public long Ect1Count { get; private set; }

    public long CongestionCount { get; private set; }

    /// <summary>First number of range <paramref name="index"/>; index 0 holds the largest numbers.</summary>
    public long Smallest(int index) => _smallest[index];

    /// <summary>Last number of range <paramref name="index"/>, inclusive.</summary>
    public long Largest(int index) => _largest[index];

    /// <summary>True when the number is in one of the ranges kept.</summary>
    public bool Covers(long number)
    {
        int index = 0;
        while (index < RangeCount && _smallest[index] > number) index++;
        return index < RangeCount && number <= _largest[index];
    }

    /// <summary>Reads the fields behind the type byte.</summary>
    public void Read(ByteReader reader, long type)
    {
        long largest = FrameField.VarInt(reader, type);
        EncodedDelay = FrameField.VarInt(reader, type);
        long more = FrameField.VarInt(reader, type);
        long smallest = largest - FrameField.VarInt(reader, type);
        if (smallest < 0) throw FrameField.Malformed(type, "ACK range below packet number 0");

        LargestAcked = largest;
        _smallest[0] = smallest;
        _largest[0] = largest;
        int kept = 1;
        for (; more > 0; more--)
        {
            // Section 19.3.1: a gap of n leaves n + 1 numbers out. Two reads per turn: the payload bounds the loop.
            largest = smallest - FrameField.VarInt(reader, type) - 2;
            smallest = largest - FrameField.VarInt(reader, type);
            if (smallest < 0) throw FrameField.Malformed(type, "ACK range below packet number 0");
            if (kept == _smallest.Length) continue;
            _smallest[kept] = smallest;
            _largest[kept++] = largest;
        }
        RangeCount = kept;

        HasEcnCounts = type == FrameType.AckEcn;
        if (!HasEcnCounts) return;
        Ect0Count = FrameField.VarInt(reader, type);
        Ect1Count = FrameField.VarInt(reader, type);
        CongestionCount = FrameField.VarInt(reader, type);
    }

    /// <summary>How many of the newest ranges fit into <paramref name="capacity"/> bytes, at most <paramref name="maxRanges"/>; 0 when no frame fits.</summary>
    public static int RangesThatFit(RangeSet received, long encodedDelay, int capacity, int maxRanges)
    {
        int count = received.Count;
        if (count > maxRanges) count = maxRanges;
        // 1 type, 8 largest, 8 delay, 2 range count, 8 first range, and 16 per further range cover the worst case.
        if (count == 0 || 11 + 16 * count <= capacity) return count;

        int last = received.Count - 1;
        int size = 1 + VarInt.Length(received.EndInclusive(last)) + VarInt.Length(encodedDelay) + 1
            + VarInt.Length(received.EndInclusive(last) - received.Start(last));
        if (size > capacity) return 0;
        for (int taken = 1; taken < count; taken++)
        {
            int index = last - taken;
            size += VarInt.Length(received.Start(index + 1) - received.EndInclusive(index) - 2)
                + VarInt.Length(received.EndInclusive(index) - received.Start(index));
            if (taken == 0x40) size++;
            if (size > capacity) return taken;
        }
        return count;
    }

    /// <summary>Writes type and fields with the newest <paramref name="rangeCount"/> ranges, at least 1.</summary>
    public static void Write(ByteWriter writer, RangeSet received, long encodedDelay, int rangeCount)
    {
        int index = received.Count - 1;
        long smallest = received.Start(index);
        writer.WriteByte((int)FrameType.Ack);
        writer.WriteVarInt(received.EndInclusive(index));
        writer.WriteVarInt(encodedDelay);
        writer.WriteVarInt(rangeCount - 1);
        writer.WriteVarInt(received.EndInclusive(index) - smallest);
        for (int stop = received.Count - rangeCount; index > stop;)
        {
            index--;
            long largest = received.EndInclusive(index);
            writer.WriteVarInt(smallest - largest - 2);
            smallest = received.Start(index);
            writer.WriteVarInt(largest - smallest);
        }
    }
}
