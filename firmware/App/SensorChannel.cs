using IrohLite.Firmware.Hardware;

namespace IrohLite.Firmware;

/// <summary>One sensor with its newest attempt, its last good reading and that reading's age. A stale value never passes for a fresh one.</summary>
public sealed class SensorChannel
{
    /// <summary>A good reading older than this is Stale: control falls back to the safe state and upstream's protocols answer None.</summary>
    public const long StaleAfterMs = 30000;

    private readonly IClimateSensor _sensor;
    private readonly ClimateReading _newest = new ClimateReading();
    private readonly ClimateReading _lastGood = new ClimateReading();

    /// <summary>Wraps a sensor; null means that no sensor is fitted.</summary>
    public SensorChannel(IClimateSensor sensor)
    {
        _sensor = sensor;
    }

    /// <summary>True when a sensor is fitted.</summary>
    public bool IsFitted => _sensor != null;

    /// <summary>The sensor's type, or "none".</summary>
    public string Model => _sensor == null ? "none" : _sensor.Model;

    /// <summary>The newest attempt, good or not.</summary>
    public ClimateReading Newest => _newest;

    /// <summary>The last good reading; look at <see cref="QualityAt"/> before using it.</summary>
    public ClimateReading LastGood => _lastGood;

    /// <summary>Reads that gave a good value.</summary>
    public long GoodCount { get; private set; }

    /// <summary>Reads that gave a fault.</summary>
    public long FaultCount { get; private set; }

    /// <summary>Takes a reading.</summary>
    public void Sample(long nowMs)
    {
        if (_sensor == null) return;
        _sensor.Read(_newest, nowMs);
        if (_newest.Fault == SensorFault.TooSoon) return;
        if (_newest.IsGood)
        {
            _lastGood.CopyFrom(_newest);
            GoodCount++;
        }
        else
        {
            FaultCount++;
        }
    }

    /// <summary>Age of the last good reading in milliseconds; long.MaxValue without one.</summary>
    public long AgeMs(long nowMs) => _lastGood.IsGood ? nowMs - _lastGood.TakenAtMs : long.MaxValue;

    /// <summary>A <see cref="ReadingQuality"/> number for the last good reading.</summary>
    public int QualityAt(long nowMs)
    {
        if (!_lastGood.IsGood) return ReadingQuality.None;
        if (AgeMs(nowMs) > StaleAfterMs) return ReadingQuality.Stale;
        return _newest.IsGood ? ReadingQuality.Fresh : ReadingQuality.Aging;
    }

    /// <summary>True when the last good reading may be shown and acted on.</summary>
    public bool IsUsable(long nowMs)
    {
        int quality = QualityAt(nowMs);
        return quality == ReadingQuality.Fresh || quality == ReadingQuality.Aging;
    }
}
