namespace IrohLite.Firmware.Hardware;

/// <summary>One snapshot of a climate sensor: temperature and humidity of the same frame, or the fault instead. Reused, not allocated per read.</summary>
public sealed class ClimateReading
{
    /// <summary>Tenths of a degree Celsius.</summary>
    public int TemperatureTenths;

    /// <summary>Tenths of a percent relative humidity.</summary>
    public int HumidityTenths;

    /// <summary>Uptime in milliseconds at which the reading was taken.</summary>
    public long TakenAtMs;

    /// <summary>A <see cref="SensorFault"/> number; the values count only when it is None.</summary>
    public int Fault = SensorFault.NoResponse;

    /// <summary>True when the values may be used.</summary>
    public bool IsGood => Fault == SensorFault.None;

    /// <summary>Degrees Celsius as the 32-bit float that upstream's protocols carry.</summary>
    public float TemperatureCelsius => TemperatureTenths / 10f;

    /// <summary>Percent relative humidity as the 32-bit float that upstream's protocols carry.</summary>
    public float HumidityPercent => HumidityTenths / 10f;

    /// <summary>Sets good values.</summary>
    public void SetGood(int temperatureTenths, int humidityTenths, long takenAtMs)
    {
        TemperatureTenths = temperatureTenths;
        HumidityTenths = humidityTenths;
        TakenAtMs = takenAtMs;
        Fault = SensorFault.None;
    }

    /// <summary>Sets a fault; the values become zero so that a stale one cannot leak.</summary>
    public void SetFault(int fault, long takenAtMs)
    {
        TemperatureTenths = 0;
        HumidityTenths = 0;
        TakenAtMs = takenAtMs;
        Fault = fault;
    }

    /// <summary>Copies another reading.</summary>
    public void CopyFrom(ClimateReading other)
    {
        TemperatureTenths = other.TemperatureTenths;
        HumidityTenths = other.HumidityTenths;
        TakenAtMs = other.TakenAtMs;
        Fault = other.Fault;
    }
}
