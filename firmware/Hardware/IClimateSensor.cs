namespace IrohLite.Firmware.Hardware;

/// <summary>A temperature and humidity sensor. Reading may block for some milliseconds.</summary>
public interface IClimateSensor
{
    /// <summary>Sensor type for status texts, such as "DHT22".</summary>
    string Model { get; }

    /// <summary>Takes one snapshot into <paramref name="reading"/>: good values, or a named fault.</summary>
    void Read(ClimateReading reading, long nowMs);
}
