using System;

namespace IrohLite.Firmware;

/// <summary>
/// What outside air would measure indoors: relative humidity carried over the change of temperature by the saturation pressure
/// es(T) = 6.112 exp(17.67 T / (T + 243.5)) hPa. Computed in 32-bit floats, as upstream's firmware does.
/// </summary>
public static class VirtualHumidity
{
    /// <summary>Saturation vapour pressure in hPa at a temperature in degrees Celsius.</summary>
    public static float SaturationPressure(float celsius) =>
        6.112f * (float)Math.Exp(17.67f * celsius / (celsius + 243.5f));

    /// <summary>Relative humidity, in percent, that the outside air has once it is at the inside temperature.</summary>
    public static float Of(float outsideCelsius, float outsidePercent, float insideCelsius) =>
        outsidePercent / 100f * SaturationPressure(outsideCelsius) / SaturationPressure(insideCelsius) * 100f;
}
