namespace IrohLite.Firmware.Hardware;

/// <summary>
/// Five bytes to a reading, for the DHT22: humidity and temperature as 16-bit tenths, temperature with a sign bit, and the low
/// byte of their sum. Every value the sensor can measure is accepted: 0 to 100 % and -40 to 80 degrees.
/// </summary>
public static class Dht22Frame
{
    /// <summary>Lowest temperature the sensor measures, in tenths of a degree.</summary>
    public const int MinTemperatureTenths = -400;

    /// <summary>Highest temperature the sensor measures, in tenths of a degree.</summary>
    public const int MaxTemperatureTenths = 800;

    /// <summary>Highest humidity, in tenths of a percent.</summary>
    public const int MaxHumidityTenths = 1000;

    /// <summary>Decodes a frame into <paramref name="reading"/>: values, or the fault.</summary>
    public static void Decode(byte[] frame, ClimateReading reading, long nowMs)
    {
        if (((frame[0] + frame[1] + frame[2] + frame[3]) & 0xff) != frame[4])
        {
            reading.SetFault(SensorFault.Checksum, nowMs);
            return;
        }

        int humidity = (frame[0] << 8) | frame[1];
        int temperature = ((frame[2] & 0x7f) << 8) | frame[3];
        if ((frame[2] & 0x80) != 0) temperature = -temperature;

        if (humidity > MaxHumidityTenths || temperature < MinTemperatureTenths || temperature > MaxTemperatureTenths)
            reading.SetFault(SensorFault.OutOfRange, nowMs);
        else
            reading.SetGood(temperature, humidity, nowMs);
    }
}
