using System;
using IrohLite.Firmware.Hardware;
using IrohLite.Platform;

namespace IrohLite.Desktop.Simulation;

/// <summary>A DHT22 on a wire: answers with pulse widths of the simulated air, spoiled at a given rate or by command.</summary>
public sealed class SimulatedDht22 : IPulseCapture
{
    private readonly SimulatedClimate _climate;
    private readonly IClock _clock;
    private readonly Random _random;
    private readonly double _faultRate;

    /// <summary>A sensor whose transmissions are spoiled at <paramref name="faultRate"/> (0 to 1), repeatably by seed.</summary>
    public SimulatedDht22(SimulatedClimate climate, IClock clock, int seed, double faultRate)
    {
        (_climate, _clock, _random, _faultRate) = (climate, clock, new Random(seed), faultRate);
    }

    /// <summary>True while the sensor does not answer at all.</summary>
    public bool IsDead { get; set; }

    /// <inheritdoc />
    public int Capture(int[] micros, out bool firstIsHigh)
    {
        firstIsHigh = true;
        if (IsDead) return 0;
        (int temperature, int humidity) = _climate.At(_clock.NowMs);
        Dht22Waveform wave = new Dht22Waveform(_random.Next()).Send(Dht22Waveform.Frame(temperature, humidity)).Jitter(8);
        if (_random.NextDouble() < _faultRate) Spoil(wave);
        int count = Math.Min(wave.Widths.Count, micros.Length);
        for (int i = 0; i < count; i++) micros[i] = wave.Widths[i];
        return count;
    }

    private void Spoil(Dht22Waveform wave)
    {
        switch (_random.Next(5))
        {
            case 0: wave.LosePulse(); break;
            case 1: wave.Spike(); break;
            case 2: wave.FlipBit(); break;
            case 3: wave.MissStart(); break;
            default: wave.Truncate(); break;
        }
    }
}
