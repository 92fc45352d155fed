using System;
using System.Collections.Generic;
using IrohLite.Tests.Sim;

namespace IrohLite.LongRuns.Fuzzing;

/// <summary>
/// Damages a good input where formats hurt: lengths (LEB128, QUIC varint, two and three bytes big-endian), type bytes at the front, edges of
/// integers, pieces cut, doubled, moved or taken from another good input.
/// </summary>
internal sealed class Mutator
{
    public const int MaxBytes = 4096;

    private static readonly byte[] Edges = { 0, 1, 2, 0x3F, 0x40, 0x7F, 0x80, 0xBF, 0xC0, 0xFE, 0xFF };

    private readonly byte[] _work = new byte[2 * MaxBytes];

    /// <summary>The result of the last <see cref="Make"/>.</summary>
    public byte[] Buffer { get; } = new byte[MaxBytes];

    /// <summary>Fills <see cref="Buffer"/> from one of the seeds; returns the length.</summary>
    public int Make(IReadOnlyList<byte[]> seeds, SimRandom random)
    {
        byte[] seed = seeds[random.Below(seeds.Count)];
        int count = Math.Min(seed.Length, MaxBytes);
        Array.Copy(seed, Buffer, count);
        // One in thirty-two goes through unharmed: the invariants hold for good input as well.
        if (random.Below(32) == 0) return count;
        for (int times = 1 + random.Below(4); times > 0; times--) count = Damage(count, seeds, random);
        return count;
    }

    private int Damage(int count, IReadOnlyList<byte[]> seeds, SimRandom random)
    {
        if (count == 0) return Insert(0, 1 + random.Below(8), 0, random);
        // Heads matter more than bodies.
        int at = random.Below(random.Below(2) == 0 ? Math.Min(count, 48) : count);
        int size = Math.Min(1 + random.Below(random.Below(4) == 0 ? 64 : 8), count - at);
        switch (random.Below(12))
        {
            case 0: Buffer[at] ^= (byte)(1 << random.Below(8)); return count;
            case 1: Buffer[at] = (byte)random.Next(); return count;
            case 2: Buffer[at] = Edges[random.Below(Edges.Length)]; return count;
            case 3: Buffer[at] += (byte)(random.Below(2) == 0 ? 1 : 255); return count;
            case 4: return random.Below(count);
            case 5: return Cut(count, at, size);
            case 6: return Insert(count, size, at, random);
            case 7: return Repeat(count, at, size);
            case 8: return Splice(count, at, seeds[random.Below(seeds.Count)], random);
            case 9: return WriteLength(count, at, random);
            case 10: Array.Copy(Buffer, at, Buffer, random.Below(count - size + 1), size); return count;
            default:
                for (int i = at; i < at + size; i++) Buffer[i] = random.Below(2) == 0 ? (byte)0xFF : (byte)0;
                return count;
        }
    }

    private int Cut(int count, int at, int size)
    {
        Array.Copy(Buffer, at + size, Buffer, at, count - at - size);
        return count - size;
    }

    private int Insert(int count, int size, int at, SimRandom random)
    {
        size = Math.Min(size, MaxBytes - count);
        Array.Copy(Buffer, at, Buffer, at + size, count - at);
        random.Fill(Buffer, at, size);
        return count + size;
    }

    private int Repeat(int count, int at, int size)
    {
        if (count + size > MaxBytes) return count;
        Array.Copy(Buffer, at, Buffer, at + size, count - at);
        return count + size;
    }

    private int Splice(int count, int at, byte[] other, SimRandom random)
    {
        if (other.Length == 0) return count;
        int from = random.Below(other.Length);
        int taken = Math.Min(other.Length - from, MaxBytes - at);
        Array.Copy(Buffer, _work, count);
        Array.Copy(other, from, Buffer, at, taken);
        return at + taken;
    }

    // A number of another size, in one of the encodings the formats use.
    private int WriteLength(int count, int at, SimRandom random)
    {
        ulong value = random.Below(4) switch
        {
            0 => (ulong)random.Below(64),
            1 => (ulong)(count - at + random.Below(5) - 2),
            2 => 1UL << random.Below(64),
            _ => (1UL << random.Below(64)) - 1,
        };
        Span<byte> code = stackalloc byte[10];
        int length = 0;
        switch (random.Below(4))
        {
            case 0:
                for (; value >= 0x80 && length < 9; value >>= 7) code[length++] = (byte)(0x80 | value);
                code[length++] = (byte)value;
                break;
            case 1:
                int log = random.Below(4);
                length = 1 << log;
                for (int i = 0; i < length; i++) code[length - 1 - i] = (byte)(value >> (8 * i));
                code[0] = (byte)((code[0] & 0x3F) | (log << 6));
                break;
            default:
                length = 2 + random.Below(2);
                for (int i = 0; i < length; i++) code[length - 1 - i] = (byte)(value >> (8 * i));
                break;
        }

        for (int i = 0; i < length && at + i < MaxBytes; i++) Buffer[at + i] = code[i];
        return Math.Max(count, Math.Min(MaxBytes, at + length));
    }
}
