namespace IrohLite.Firmware;

/// <summary>One record of the <see cref="SampleLog"/>, copied out for a service. Values count only where the matching Has flag is set.</summary>
public sealed class SampleRecord
{
    /// <summary>Rising id, 0 at boot.</summary>
    public long Id;

    /// <summary>Wall clock in Unix seconds; small numbers before the first time sync.</summary>
    public long UnixSeconds;

    /// <summary>True when the inside sensor had a usable reading.</summary>
    public bool HasInside;

    /// <summary>Inside temperature in tenths of a degree Celsius.</summary>
    public int InsideTemperatureTenths;

    /// <summary>Inside relative humidity in tenths of a percent.</summary>
    public int InsideHumidityTenths;

    /// <summary>True when the outside sensor had a usable reading.</summary>
    public bool HasOutside;

    /// <summary>Outside temperature in tenths of a degree Celsius.</summary>
    public int OutsideTemperatureTenths;

    /// <summary>Outside relative humidity in tenths of a percent.</summary>
    public int OutsideHumidityTenths;

    /// <summary>True when the fan was on.</summary>
    public bool FanOn;
}
