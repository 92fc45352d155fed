namespace IrohLite.Firmware.Hardware;

/// <summary>
/// Plausibility: air does not leap. A reading near the last good one passes; one that leaps, and the very first one, passes only
/// when it is repeated. That refuses the frames with a right checksum and wrong content which DHT22s emit now and then
/// (260 %, or 1.0 degrees at 1.0 %), and still follows a sensor that is carried outdoors.
/// Stated fault model: wrong frames that pass the checksum come at most <see cref="ConfirmationsNeeded"/> - 1 times in a row.
/// </summary>
public sealed class ReadingFilter
{
    /// <summary>Equal readings in a row that make a leap credible.</summary>
    public const int ConfirmationsNeeded = 3;

    /// <summary>Change against the last good reading that passes at once, in tenths of a degree.</summary>
    public const int MaxTemperatureStepTenths = 30;

    /// <summary>Change against the last good reading that passes at once, in tenths of a percent.</summary>
    public const int MaxHumidityStepTenths = 150;

    /// <summary>After this silence the last good reading no longer vouches for the next one.</summary>
    public const long MemoryMs = 10 * 60 * 1000;

    private readonly ClimateReading _lastGood = new ClimateReading();
    private readonly ClimateReading _candidate = new ClimateReading();
    private int _confirmations;

    /// <summary>Judges a decoded reading in place: it stays good, or becomes Implausible.</summary>
    public void Judge(ClimateReading reading)
    {
        if (!reading.IsGood) return;

        bool remembered = _lastGood.IsGood && reading.TakenAtMs - _lastGood.TakenAtMs <= MemoryMs;
        if (remembered && IsNear(reading, _lastGood))
        {
            Accept(reading);
            return;
        }

        _confirmations = _confirmations > 0 && IsNear(reading, _candidate) ? _confirmations + 1 : 1;
        _candidate.CopyFrom(reading);
        if (_confirmations >= ConfirmationsNeeded) Accept(reading);
        else reading.SetFault(SensorFault.Implausible, reading.TakenAtMs);
    }

    private void Accept(ClimateReading reading)
    {
        _lastGood.CopyFrom(reading);
        _confirmations = 0;
    }

    private static bool IsNear(ClimateReading a, ClimateReading b)
    {
        int temperatureStep = a.TemperatureTenths - b.TemperatureTenths;
        int humidityStep = a.HumidityTenths - b.HumidityTenths;
        return temperatureStep <= MaxTemperatureStepTenths && temperatureStep >= -MaxTemperatureStepTenths
            && humidityStep <= MaxHumidityStepTenths && humidityStep >= -MaxHumidityStepTenths;
    }
}
