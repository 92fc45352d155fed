namespace IrohLite.Firmware.Hardware;

/// <summary>
/// A DHT22 on a pulse capture: capture, widths to bits, bytes to values, plausibility. Timed by the uptime clock, so a step of the
/// wall clock cannot freeze it. A failed capture is not repeated at once: the sensor wants two seconds between reads.
/// </summary>
public sealed class Dht22Sensor : IClimateSensor
{
    /// <summary>Pause the sensor needs between two reads, in milliseconds.</summary>
    public const long MinIntervalMs = 2000;

    private readonly IPulseCapture _capture;
    private readonly ReadingFilter _filter = new ReadingFilter();
    private readonly int[] _micros = new int[Dht22Pulses.CaptureCapacity];
    private readonly byte[] _frame = new byte[Dht22Pulses.FrameBytes];
    private long _notBeforeMs = long.MinValue;

    /// <summary>Reads through the given capture.</summary>
    public Dht22Sensor(IPulseCapture capture)
    {
        _capture = capture;
    }

    /// <inheritdoc />
    public string Model => "DHT22";

    /// <inheritdoc />
    public void Read(ClimateReading reading, long nowMs)
    {
        if (nowMs < _notBeforeMs)
        {
            reading.SetFault(SensorFault.TooSoon, nowMs);
            return;
        }

        _notBeforeMs = nowMs + MinIntervalMs;
        int count = _capture.Capture(_micros, out bool firstIsHigh);
        int fault = count < 0 ? SensorFault.BusFault : Dht22Pulses.Decode(_micros, count, firstIsHigh, _frame);
        if (fault != SensorFault.None)
        {
            reading.SetFault(fault, nowMs);
            return;
        }

        Dht22Frame.Decode(_frame, reading, nowMs);
        _filter.Judge(reading);
    }
}
