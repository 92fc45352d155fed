using IrohLite.Tickets;

namespace IrohLite.Firmware.Services;

/// <summary>Bytes of <c>iroh-esp32/sensor/0</c>, as n0's dual DHT22 example and its clients speak it.</summary>
public static class SensorLogCodec
{
    /// <summary>The protocol's ALPN.</summary>
    public const string Alpn = "iroh-esp32/sensor/0";

    /// <summary>Request number: the newest record.</summary>
    public const int GetLatest = 0;

    /// <summary>Request number: a stream of records from an id on.</summary>
    public const int GetLog = 1;

    /// <summary>Reads a request number; false when undecodable or unknown.</summary>
    public static bool TryReadRequest(PostcardReader reader, out int request)
    {
        bool read = reader.TryReadUInt32(out long number) && number <= GetLog;
        request = read ? (int)number : -1;
        return read;
    }

    /// <summary>Reads the body of GetLog. A start beyond 2^63 comes out negative and lies in the future.</summary>
    public static bool TryReadGetLog(PostcardReader reader, out long startId, out long limit)
    {
        limit = 0;
        return reader.TryReadUInt64(out startId) && reader.TryReadUInt32(out limit);
    }

    /// <summary>Option of Record; pass null for None.</summary>
    public static void WriteLatest(PostcardWriter writer, SampleRecord record)
    {
        writer.WriteByte(record == null ? 0 : 1);
        if (record != null) WriteRecord(writer, record);
    }

    /// <summary>A record as it stands in the stream of GetLog.</summary>
    public static void WriteRecord(PostcardWriter writer, SampleRecord record)
    {
        writer.WriteInteger(record.Id);
        writer.WriteInteger(record.UnixSeconds);
        WriteReading(writer, record.HasInside, record.InsideTemperatureTenths, record.InsideHumidityTenths);
        WriteReading(writer, record.HasOutside, record.OutsideTemperatureTenths, record.OutsideHumidityTenths);
        writer.WriteByte(record.FanOn ? 1 : 0);
    }

    private static void WriteReading(PostcardWriter writer, bool present, int temperatureTenths, int humidityTenths)
    {
        writer.WriteByte(present ? 1 : 0);
        if (!present) return;
        PostcardFloat.Write(writer, temperatureTenths / 10f);
        PostcardFloat.Write(writer, humidityTenths / 10f);
    }
}
