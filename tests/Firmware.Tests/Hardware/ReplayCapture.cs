using System;
using System.Collections.Generic;
using IrohLite.Firmware.Hardware;

namespace Firmware.Tests.Hardware;

/// <summary>A capture that replays one waveform.</summary>
internal sealed class ReplayCapture : IPulseCapture
{
    public List<int> Widths { get; set; } = new();

    public int Result { get; set; } = 1;

    public int Capture(int[] micros, out bool firstIsHigh)
    {
        firstIsHigh = true;
        if (Result < 0) return Result;
        int count = Math.Min(Widths.Count, micros.Length);
        for (int i = 0; i < count; i++) micros[i] = Widths[i];
        return count;
    }
}
