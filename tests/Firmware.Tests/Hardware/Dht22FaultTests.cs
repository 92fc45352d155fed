using System;
using System.Collections.Generic;
using IrohLite.Firmware.Hardware;
using IrohLite.Desktop.Simulation;
using Xunit;

namespace Firmware.Tests.Hardware;

/// <summary>
/// The stated fault model: jitter of 10 us on every edge; lost pulses, spikes, shifted or flipped bits, late and broken captures;
/// and well-formed wrong frames (260 %, 1 C / 1 %, zeros) at most twice in a row.
/// </summary>
public class Dht22FaultTests
{
    private const int Waveforms = 1_000_000;

    [Fact]
    public void Right_readings_pass_with_jitter()
    {
        Random random = new(1);
        ClimateReading reading = new();
        for (int i = 0; i < 20_000; i++)
        {
            int t = random.Next(-400, 801), h = random.Next(0, 1001);
            Decode(new Dht22Waveform(i).Send(Dht22Waveform.Frame(t, h)).Jitter(10).Widths, reading);
            Assert.True(reading.IsGood, $"seed {i}: {t}/{h} refused as {SensorFault.NameOf(reading.Fault)}");
            Assert.Equal((t, h), (reading.TemperatureTenths, reading.HumidityTenths));
        }
    }

    [Fact]
    public void No_faulted_waveform_yields_a_wrong_value()
    {
        Random random = new(2);
        ClimateReading reading = new();
        int[] refusals = new int[SensorFault.BusFault + 1];
        for (int i = 0; i < Waveforms; i++)
        {
            int t = random.Next(-400, 801), h = random.Next(0, 1001);
            Dht22Waveform wave = new Dht22Waveform(i).Send(Dht22Waveform.Frame(t, h)).Jitter(10);
            switch (i % 6)
            {
                case 0: wave.LosePulse(); break;
                case 1: wave.Spike(); break;
                case 2: wave.ShiftBit(); break;
                case 3: wave.FlipBit(); break;
                case 4: wave.MissStart(); break;
                default: wave.Truncate(); break;
            }

            Decode(wave.Widths, reading);
            refusals[reading.Fault]++;
            if (reading.IsGood && (reading.TemperatureTenths != t || reading.HumidityTenths != h))
                Assert.Fail($"seed {i}, kind {i % 6}: {t}/{h} read as {reading.TemperatureTenths}/{reading.HumidityTenths}");
        }

        Assert.True(refusals[SensorFault.None] < Waveforms / 50, "the faults do not spoil the waveforms");
        foreach (int fault in new[] { SensorFault.NoResponse, SensorFault.MissedStart, SensorFault.LostEdge, SensorFault.Noise, SensorFault.Checksum })
            Assert.True(refusals[fault] > 0, SensorFault.NameOf(fault) + " never occurred");
    }

    [Theory]
    [InlineData(10, 10)]
    [InlineData(0, 0)]
    [InlineData(0, 1)]
    [InlineData(10, 1000)]
    public void A_wellformed_wrong_frame_is_not_shown_even_twice_in_a_row(int fakeTemperature, int fakeHumidity)
    {
        ReplayCapture capture = new();
        Dht22Sensor sensor = new(capture);
        ClimateReading reading = new();
        long now = 0;
        for (int i = 0; i < 400; i++)
        {
            bool fake = i % 7 == 5 || i % 7 == 6;
            capture.Widths = new Dht22Waveform(i).Send(fake ? Dht22Waveform.Frame(fakeTemperature, fakeHumidity) : Dht22Waveform.Frame(223 + i % 5, 455)).Jitter(5).Widths;
            sensor.Read(reading, now += Dht22Sensor.MinIntervalMs);
            if (fake) Assert.Equal(SensorFault.Implausible, reading.Fault);
            else if (i >= ReadingFilter.ConfirmationsNeeded - 1) Assert.True(reading.IsGood, $"read {i}: {SensorFault.NameOf(reading.Fault)}");
        }
    }

    [Fact]
    public void A_humidity_of_260_percent_is_out_of_range()
    {
        ClimateReading reading = new();
        Decode(new Dht22Waveform(1).Send(Dht22Waveform.Frame(235, 2600)).Widths, reading);
        Assert.Equal(SensorFault.OutOfRange, reading.Fault);
    }

    [Fact]
    public void A_real_step_is_followed_after_three_reads()
    {
        ReplayCapture capture = new();
        Dht22Sensor sensor = new(capture);
        ClimateReading reading = new();
        List<int> faults = new();
        for (int i = 1; i <= 10; i++)
        {
            capture.Widths = new Dht22Waveform(i).Send(i <= 5 ? Dht22Waveform.Frame(220, 400) : Dht22Waveform.Frame(-50, 900)).Widths;
            sensor.Read(reading, i * Dht22Sensor.MinIntervalMs);
            faults.Add(reading.Fault);
        }

        int p = SensorFault.Implausible;
        Assert.Equal(new[] { p, p, 0, 0, 0, p, p, 0, 0, 0 }, faults);
    }

    [Fact]
    public void Absent_sensor_broken_hardware_and_haste_have_their_names()
    {
        ReplayCapture capture = new();
        Dht22Sensor sensor = new(capture);
        ClimateReading reading = new();
        sensor.Read(reading, 0);
        Assert.Equal(SensorFault.NoResponse, reading.Fault);
        sensor.Read(reading, Dht22Sensor.MinIntervalMs - 1);
        Assert.Equal(SensorFault.TooSoon, reading.Fault);
        capture.Result = -1;
        sensor.Read(reading, Dht22Sensor.MinIntervalMs);
        Assert.Equal(SensorFault.BusFault, reading.Fault);
    }

    private static void Decode(List<int> widths, ClimateReading reading)
    {
        int[] micros = new int[Dht22Pulses.CaptureCapacity];
        int count = Math.Min(widths.Count, micros.Length);
        for (int i = 0; i < count; i++) micros[i] = widths[i];
        byte[] frame = new byte[Dht22Pulses.FrameBytes];
        int fault = Dht22Pulses.Decode(micros, count, true, frame);
        if (fault == SensorFault.None) Dht22Frame.Decode(frame, reading, 0);
        else reading.SetFault(fault, 0);
    }
}
