using IrohLite.Firmware.Hardware;

namespace IrohLite.Firmware;

/// <summary>
/// Decides about the fan: by threshold with a 1.0 degree band, or by the humidity advantage of outside air (on at 10, off below 2
/// points), or as a person said. Automatic changes keep minimum on and off times; a person's command and the safe state act at
/// once. Without a usable reading the fan goes to its safe state, off. All times are uptime.
/// </summary>
public sealed class FanController
{
    /// <summary>Degrees below the threshold at which the fan goes off again.</summary>
    public const float ThresholdBand = 1.0f;

    /// <summary>Points of humidity advantage that switch the fan on.</summary>
    public const float AdvantageOn = 10.0f;

    /// <summary>Points of humidity advantage below which the fan goes off.</summary>
    public const float AdvantageOff = 2.0f;

    private readonly IOutputSwitch _switch;
    private readonly int _automaticMode;
    private readonly long _minOnMs;
    private readonly long _minOffMs;
    private long _changedAtMs = long.MinValue;
    private long _manualUntilMs;

    /// <summary>Takes the switch in its safe state.</summary>
    /// <param name="output">The fan's switch.</param>
    /// <param name="automaticMode">FanMode.Threshold or FanMode.Advantage.</param>
    /// <param name="minOnMs">Shortest automatic on time, in milliseconds.</param>
    /// <param name="minOffMs">Shortest automatic off time, in milliseconds.</param>
    public FanController(IOutputSwitch output, int automaticMode, long minOnMs, long minOffMs)
    {
        _switch = output;
        _automaticMode = automaticMode;
        _minOnMs = minOnMs;
        _minOffMs = minOffMs;
        Mode = automaticMode;
        Reason = "boot";
        _switch.Set(false);
    }

    /// <summary>Degrees at which threshold mode switches on.</summary>
    public float ThresholdCelsius { get; private set; } = 25.0f;

    /// <summary>The mode in force, a <see cref="FanMode"/> number.</summary>
    public int Mode { get; private set; }

    /// <summary>True while the fan is powered.</summary>
    public bool IsOn => _switch.IsOn;

    /// <summary>Why the fan is as it is, for people.</summary>
    public string Reason { get; private set; }

    /// <summary>Uptime at which a manual command ends; long.MaxValue when it lasts until revoked.</summary>
    public long ManualUntilMs => _manualUntilMs;

    /// <summary>Applies a new threshold to the last reading at once, starting from the fan's current state.</summary>
    public void SetThreshold(float celsius, SensorChannel inside, SensorChannel outside, long nowMs)
    {
        ThresholdCelsius = celsius;
        if (Mode == FanMode.Threshold) Decide(inside, outside, nowMs, true);
    }

    /// <summary>A person switches the fan; <paramref name="autoOffMs"/> of 0 means until revoked.</summary>
    public void SetManual(bool on, long autoOffMs, string reason, long nowMs)
    {
        Mode = FanMode.Manual;
        _manualUntilMs = autoOffMs == 0 ? long.MaxValue : nowMs + autoOffMs;
        Apply(on, reason, nowMs);
    }

    /// <summary>Gives the decision back to the automatic mode and applies it at once.</summary>
    public void SetAutomatic(SensorChannel inside, SensorChannel outside, long nowMs)
    {
        Mode = _automaticMode;
        Decide(inside, outside, nowMs, true);
    }

    /// <summary>Drives the safe state, off, for a shutdown or a planned restart.</summary>
    public void SafeState(string reason, long nowMs) => Apply(false, reason, nowMs);

    /// <summary>Applies the rules to the newest readings; called once per sample and on timers.</summary>
    public void Update(SensorChannel inside, SensorChannel outside, long nowMs)
    {
        if (Mode == FanMode.Manual)
        {
            if (nowMs < _manualUntilMs) return;
            Apply(false, "auto-off", nowMs);
            Mode = _automaticMode;
        }

        Decide(inside, outside, nowMs, false);
    }

    private void Decide(SensorChannel inside, SensorChannel outside, long nowMs, bool atOnce)
    {
        bool usable = inside.IsUsable(nowMs) && (_automaticMode == FanMode.Threshold || outside.IsUsable(nowMs));
        if (!usable)
        {
            if (IsOn) Apply(false, "sensor lost", nowMs);
            return;
        }

        bool wanted = _automaticMode == FanMode.Threshold ? WantedByThreshold(inside) : WantedByAdvantage(inside, outside);
        if (wanted == IsOn) return;
        long sinceMs = _changedAtMs == long.MinValue ? long.MaxValue : nowMs - _changedAtMs;
        if (!atOnce && sinceMs < (IsOn ? _minOnMs : _minOffMs)) return;
        Apply(wanted, _automaticMode == FanMode.Threshold ? "threshold" : "humidity", nowMs);
    }

    private bool WantedByThreshold(SensorChannel inside)
    {
        float celsius = inside.LastGood.TemperatureCelsius;
        return IsOn ? celsius >= ThresholdCelsius - ThresholdBand : celsius >= ThresholdCelsius;
    }

    private bool WantedByAdvantage(SensorChannel inside, SensorChannel outside)
    {
        float virtualPercent = VirtualHumidity.Of(outside.LastGood.TemperatureCelsius, outside.LastGood.HumidityPercent,
            inside.LastGood.TemperatureCelsius);
        float advantage = inside.LastGood.HumidityPercent - virtualPercent;
        return IsOn ? advantage >= AdvantageOff : advantage >= AdvantageOn;
    }

    private void Apply(bool on, string reason, long nowMs)
    {
        Reason = reason;
        if (on == IsOn) return;
        _switch.Set(on);
        _changedAtMs = nowMs;
    }
}
