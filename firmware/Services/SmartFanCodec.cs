using IrohLite.Firmware.Hardware;
using IrohLite.Tickets;

namespace IrohLite.Firmware.Services;

/// <summary>Bytes of <c>smart-fan/sensor/0</c>, as n0's smart-fan firmware, CLI and browser page speak it.</summary>
public static class SmartFanCodec
{
    /// <summary>The protocol's ALPN.</summary>
    public const string Alpn = "smart-fan/sensor/0";

    /// <summary>Request number: the newest reading.</summary>
    public const int GetLatest = 0;

    /// <summary>Request number: reading, fan and threshold.</summary>
    public const int GetStatus = 1;

    /// <summary>Request number: a new threshold, with the API secret.</summary>
    public const int SetThreshold = 2;

    /// <summary>Answer to SetThreshold: applied.</summary>
    public const int Ok = 0;

    /// <summary>Answer to SetThreshold: wrong secret; hides whether the value would have been in range.</summary>
    public const int Unauthorized = 1;

    /// <summary>Answer to SetThreshold: not between 10.0 and 50.0.</summary>
    public const int OutOfRange = 2;

    /// <summary>Lowest threshold accepted, in degrees Celsius.</summary>
    public const float MinThreshold = 10.0f;

    /// <summary>Highest threshold accepted, in degrees Celsius.</summary>
    public const float MaxThreshold = 50.0f;

    /// <summary>Longest secret read from a request, in bytes.</summary>
    public const int MaxSecretBytes = 256;

    /// <summary>Reads a request number; false when undecodable or unknown.</summary>
    public static bool TryReadRequest(PostcardReader reader, out int request)
    {
        bool read = reader.TryReadUInt32(out long number) && number <= SetThreshold;
        request = read ? (int)number : -1;
        return read;
    }

    /// <summary>Reads the body of SetThreshold.</summary>
    public static bool TryReadSetThreshold(PostcardReader reader, out string secret, out float threshold)
    {
        threshold = 0f;
        return reader.TryReadString(MaxSecretBytes, out secret) && PostcardFloat.TryRead(reader, out threshold);
    }

    /// <summary>Option of Reading; pass null for None.</summary>
    public static void WriteReading(PostcardWriter writer, ClimateReading reading)
    {
        writer.WriteByte(reading == null ? 0 : 1);
        if (reading == null) return;
        PostcardFloat.Write(writer, reading.TemperatureCelsius);
        PostcardFloat.Write(writer, reading.HumidityPercent);
    }

    /// <summary>Option of Status; pass null for None.</summary>
    public static void WriteStatus(PostcardWriter writer, ClimateReading reading, bool fanOn, float threshold)
    {
        WriteReading(writer, reading);
        if (reading == null) return;
        writer.WriteByte(fanOn ? 1 : 0);
        PostcardFloat.Write(writer, threshold);
    }
}
