using System;
using System.Collections.Generic;
using IrohLite.Firmware.Config;

namespace Firmware.Tests.Config;

/// <summary>The power went out.</summary>
internal sealed class PowerCutException : Exception
{
}

/// <summary>
/// Flash slots that lose power at a chosen step. A write is: the slot becomes empty, then grows byte by byte; a cut may come before
/// each of these steps, and may also leave rubbish where the write stood.
/// </summary>
internal sealed class SimulatedFlash : ISlotStorage
{
    private readonly Dictionary<string, byte[]> _slots = new();

    /// <summary>Steps until the power is cut; negative = never.</summary>
    public long StepsUntilCut { get; set; } = -1;

    /// <summary>After a cut, the part not yet written holds 0xff instead of being absent.</summary>
    public bool CutLeavesRubbish { get; set; }

    /// <summary>Steps done so far.</summary>
    public long Steps { get; private set; }

    public bool Refuses { get; set; }

    public int Read(string slot, byte[] buffer, int capacity)
    {
        if (!_slots.TryGetValue(slot, out byte[] content)) return 0;
        int count = Math.Min(content.Length, capacity);
        Array.Copy(content, buffer, count);
        return count;
    }

    public bool Write(string slot, byte[] buffer, int count)
    {
        if (Refuses) return false;
        Step(slot, buffer, -1, count);
        _slots[slot] = Array.Empty<byte>();
        for (int i = 0; i < count; i++)
        {
            Step(slot, buffer, i, count);
            _slots[slot] = buffer.AsSpan(0, i + 1).ToArray();
        }

        return true;
    }

    /// <summary>What a silent re-format of the partition does.</summary>
    public void Format() => _slots.Clear();

    public void Corrupt(string slot, int at) => _slots[slot][at] ^= 0x10;

    private void Step(string slot, byte[] buffer, int written, int count)
    {
        Steps++;
        if (StepsUntilCut < 0 || StepsUntilCut-- > 0) return;
        if (CutLeavesRubbish && written >= 0)
        {
            byte[] torn = new byte[count];
            Array.Fill(torn, (byte)0xff);
            Array.Copy(buffer, torn, written);
            _slots[slot] = torn;
        }

        throw new PowerCutException();
    }
}

/// <summary>NVS: each set is atomic.</summary>
internal sealed class SimulatedNvs : IBlobStore
{
    private readonly Dictionary<string, byte[]> _blobs = new();

    public bool TryGet(string name, byte[] buffer, int count)
    {
        if (!_blobs.TryGetValue(name, out byte[] blob) || blob.Length != count) return false;
        Array.Copy(blob, buffer, count);
        return true;
    }

    public bool Set(string name, byte[] buffer, int count)
    {
        _blobs[name] = buffer.AsSpan(0, count).ToArray();
        return true;
    }
}

/// <summary>Random bytes that count up, so that each generated key is another one.</summary>
internal sealed class CountingRandom : IrohLite.Crypto.IRandomSource
{
    private byte _next = 1;

    public void Fill(byte[] buffer, int offset, int count)
    {
        for (int i = 0; i < count; i++) buffer[offset + i] = _next;
        _next++;
    }
}
