using System;
using System.Collections.Generic;
using IrohLite.Firmware.Hardware;

namespace IrohLite.Desktop.Simulation;

/// <summary>Builds the pulse widths a DHT22 answers with, and spoils them in the ways real wires and sensors do.</summary>
public sealed class Dht22Waveform
{
    private readonly Random _random;

    /// <summary>A generator whose random faults are repeated by its seed.</summary>
    public Dht22Waveform(int seed) => _random = new Random(seed);

    /// <summary>Widths in microseconds, starting with the release (high).</summary>
    public List<int> Widths { get; private set; } = new();

    /// <summary>The five bytes a sensor sends for these tenths of a degree and of a percent.</summary>
    public static byte[] Frame(int temperatureTenths, int humidityTenths)
    {
        int t = Math.Abs(temperatureTenths);
        byte[] f = { (byte)(humidityTenths >> 8), (byte)humidityTenths, (byte)((t >> 8) | (temperatureTenths < 0 ? 0x80 : 0)), (byte)t, 0 };
        f[4] = (byte)(f[0] + f[1] + f[2] + f[3]);
        return f;
    }

    /// <summary>Replaces the widths by those of a perfect transmission.</summary>
    public Dht22Waveform Send(byte[] frame)
    {
        Widths = new List<int> { 30, 80, 80 };
        for (int bit = 0; bit < 40; bit++)
        {
            Widths.Add(50);
            Widths.Add((frame[bit / 8] & (0x80 >> (bit % 8))) != 0 ? 70 : 26);
        }

        Widths.Add(50);
        return this;
    }

    /// <summary>Moves every edge by up to this many microseconds.</summary>
    public Dht22Waveform Jitter(int micros)
    {
        for (int i = 0; i < Widths.Count; i++) Widths[i] = Math.Max(1, Widths[i] + _random.Next(-micros, micros + 1));
        return this;
    }

    /// <summary>A pulse too short to be seen: it and its two neighbours are recorded as one width.</summary>
    public Dht22Waveform LosePulse()
    {
        int i = _random.Next(0, Widths.Count - 2);
        Widths[i] += Widths[i + 1] + Widths[i + 2];
        Widths.RemoveRange(i + 1, 2);
        return this;
    }

    /// <summary>A spike in the middle of a level.</summary>
    public Dht22Waveform Spike()
    {
        int i = _random.Next(0, Widths.Count);
        int spike = _random.Next(1, 21);
        if (Widths[i] < spike + 2) return this;
        int before = _random.Next(1, Widths[i] - spike);
        Widths.InsertRange(i + 1, new[] { spike, Widths[i] - spike - before });
        Widths[i] = before;
        return this;
    }

    /// <summary>One whole bit vanishes, or is doubled: everything behind it is shifted.</summary>
    public Dht22Waveform ShiftBit()
    {
        int bit = 3 + 2 * _random.Next(0, 40);
        if (_random.Next(2) == 0) Widths.RemoveRange(bit, 2);
        else Widths.InsertRange(bit, new[] { Widths[bit], Widths[bit + 1] });
        return this;
    }

    /// <summary>One bit is seen as its opposite.</summary>
    public Dht22Waveform FlipBit()
    {
        int high = 4 + 2 * _random.Next(0, 40);
        Widths[high] = Widths[high] >= 50 ? 26 : 70;
        return this;
    }

    /// <summary>The capture starts late: the answer, and perhaps some bits, are missing.</summary>
    public Dht22Waveform MissStart()
    {
        Widths.RemoveRange(0, 2 * _random.Next(1, 6));
        return this;
    }

    /// <summary>The sensor stops in the middle.</summary>
    public Dht22Waveform Truncate()
    {
        int keep = _random.Next(0, Widths.Count - 1);
        Widths.RemoveRange(keep, Widths.Count - keep);
        return this;
    }
}
