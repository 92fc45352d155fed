using System;
using IrohLite.Buffers;

namespace IrohLite.Firmware.Config;

/// <summary>
/// A record that survives a power cut at any moment: two slots written in turn, each with a sequence number and a CRC. Reading takes
/// the valid one with the higher number; writing replaces the other one and reads it back.
/// Layout: "ILR1", sequence (4 bytes), length (2 bytes), payload, CRC-32 of all before it (4 bytes), big-endian.
/// </summary>
public sealed class SlotRecord
{
    /// <summary>Largest payload in bytes.</summary>
    public const int MaxPayloadBytes = 512;

    private const int HeaderBytes = 10;
    private const int OverheadBytes = HeaderBytes + 4;
    private const long Magic = 0x494c5231;

    private readonly ISlotStorage _storage;
    private readonly string[] _slots;
    private readonly byte[] _buffer = new byte[MaxPayloadBytes + OverheadBytes];
    private readonly byte[] _check = new byte[MaxPayloadBytes + OverheadBytes];

    /// <summary>Names the record; its slots are the name with ".a" and ".b".</summary>
    public SlotRecord(ISlotStorage storage, string name)
    {
        _storage = storage;
        _slots = new[] { name + ".a", name + ".b" };
    }

    /// <summary>True when the last read found bytes in a slot that were no valid record: something was there and is damaged.</summary>
    public bool SawDamage { get; private set; }

    /// <summary>How many of the two slots held a valid record at the last read.</summary>
    public int ValidSlots { get; private set; }

    /// <summary>Reads the newest valid payload; returns its length, or -1 when neither slot holds one.</summary>
    public int Read(byte[] payload, int capacity)
    {
        SawDamage = false;
        int newest = Newest(out _);
        if (newest < 0) return -1;
        int length = Load(newest, _buffer, out _);
        if (length < 0 || length > capacity) return -1;
        Array.Copy(_buffer, HeaderBytes, payload, 0, length);
        return length;
    }

    /// <summary>Stores a payload in the older slot; false when it could not be read back, in which case the previous one still stands.</summary>
    public bool Write(byte[] payload, int count)
    {
        if (count > MaxPayloadBytes) return false;
        int newest = Newest(out long sequence);
        int target = newest == 0 ? 1 : 0;

        ByteWriter writer = new ByteWriter(_buffer, 0, _buffer.Length);
        writer.WriteUInt32(Magic);
        writer.WriteUInt32(sequence + 1);
        writer.WriteUInt16(count);
        writer.WriteBytes(payload, 0, count);
        writer.WriteUInt32(Crc32.Of(_buffer, 0, HeaderBytes + count));
        int total = count + OverheadBytes;

        bool written = _storage.Write(_slots[target], _buffer, total);
        int readBack = written ? _storage.Read(_slots[target], _check, _check.Length) : 0;
        bool same = readBack == total && Bytes.Equal(_buffer, 0, _check, 0, total);
        Bytes.Wipe(_buffer, 0, _buffer.Length);
        Bytes.Wipe(_check, 0, _check.Length);
        return same;
    }

    private int Newest(out long sequence)
    {
        int first = Load(0, _check, out long firstSequence);
        int second = Load(1, _check, out long secondSequence);
        sequence = firstSequence > secondSequence ? firstSequence : secondSequence;
        ValidSlots = (first >= 0 ? 1 : 0) + (second >= 0 ? 1 : 0);
        if (first < 0 && second < 0) return -1;
        if (first >= 0 && second >= 0) return firstSequence > secondSequence ? 0 : 1;
        return first >= 0 ? 0 : 1;
    }

    private int Load(int slot, byte[] buffer, out long sequence)
    {
        sequence = 0;
        int count = _storage.Read(_slots[slot], buffer, buffer.Length);
        if (count == 0) return -1;
        ByteReader reader = new ByteReader(buffer, 0, count);
        if (reader.TryReadUInt32(out long magic) && magic == Magic
            && reader.TryReadUInt32(out long number) && reader.TryReadUInt16(out int length)
            && count == length + OverheadBytes && reader.TrySkip(length)
            && reader.TryReadUInt32(out long crc) && crc == Crc32.Of(buffer, 0, HeaderBytes + length))
        {
            sequence = number;
            return length;
        }

        SawDamage = true;
        return -1;
    }
}
