using IrohLite.Firmware.Hardware;

namespace IrohLite.Firmware;

/// <summary>
/// The sampling cycle: inside, outside, fan, and a log record each period, on the uptime clock. Readings and log are guarded by
/// one lock, because the services read them from other threads.
/// </summary>
public sealed class SensorSampler
{
    private readonly object _lock = new object();
    private readonly long _periodMs;
    private readonly int _recordEvery;
    private int _sinceRecord;

    /// <summary>Creates the cycle; the first sample is due two seconds after <paramref name="startMs"/>, when the sensors have settled.</summary>
    public SensorSampler(SensorChannel inside, SensorChannel outside, FanController fan, long periodMs, int recordEvery, long startMs)
    {
        Inside = inside;
        Outside = outside;
        Fan = fan;
        _periodMs = periodMs;
        _recordEvery = recordEvery;
        _sinceRecord = recordEvery - 1;
        NextDueMs = startMs + Dht22Sensor.MinIntervalMs;
    }

    /// <summary>Hold this while touching channels, fan or log from another thread.</summary>
    public object SyncRoot => _lock;

    /// <summary>The indoor sensor.</summary>
    public SensorChannel Inside { get; }

    /// <summary>The outdoor sensor.</summary>
    public SensorChannel Outside { get; }

    /// <summary>The fan.</summary>
    public FanController Fan { get; }

    /// <summary>The records.</summary>
    public SampleLog Log { get; } = new SampleLog();

    /// <summary>Uptime at which the next sample is due.</summary>
    public long NextDueMs { get; private set; }

    /// <summary>Samples when due; returns true when it did.</summary>
    /// <param name="nowMs">Uptime.</param>
    /// <param name="unixSeconds">Wall clock, for the record only.</param>
    public bool RunIfDue(long nowMs, long unixSeconds)
    {
        if (nowMs < NextDueMs) return false;
        lock (_lock)
        {
            // A late sample does not cause a burst: the next one is a whole period away from now.
            NextDueMs = nowMs + _periodMs;
            Inside.Sample(nowMs);
            Outside.Sample(nowMs);
            Fan.Update(Inside, Outside, nowMs);
            if (++_sinceRecord >= _recordEvery)
            {
                _sinceRecord = 0;
                Log.Append(unixSeconds, Inside.Newest, Outside.Newest, Fan.IsOn);
            }
        }

        return true;
    }
}
