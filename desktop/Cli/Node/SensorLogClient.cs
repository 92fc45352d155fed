using System.Collections.Generic;
using IrohLite.Firmware.Services;
using IrohLite.Tickets;

namespace IrohLite.Cli.Node;

/// <summary>Asks for records over <c>iroh-esp32/sensor/0</c>, the protocol of n0's dual DHT22 example, which its boards speak as well.</summary>
internal sealed class SensorLogClient(IrohConnection connection, int timeoutMs)
{
    internal LogRecord? Latest()
    {
        PostcardWriter request = new();
        request.WriteInteger(SensorLogCodec.GetLatest);
        Fields f = new(IrpcCall.Ask(connection, request, timeoutMs));
        return f.Flag() ? ReadRecord(f) : null;
    }

    internal IEnumerable<LogRecord> Log(long startId, uint limit)
    {
        PostcardWriter request = new();
        request.WriteInteger(SensorLogCodec.GetLog);
        request.WriteInteger(startId);
        request.WriteInteger(limit);
        foreach (PostcardReader frame in IrpcCall.Stream(connection, request, timeoutMs)) yield return ReadRecord(new Fields(frame));
    }

    private static LogRecord ReadRecord(Fields f)
    {
        long id = f.Number(), time = f.Number();
        (double? insideTemperature, double? insideHumidity) = ReadReading(f);
        (double? outsideTemperature, double? outsideHumidity) = ReadReading(f);
        return new LogRecord(id, time, insideTemperature, insideHumidity, outsideTemperature, outsideHumidity, f.Flag());
    }

    private static (double?, double?) ReadReading(Fields f) => f.Flag() ? (f.Float(), f.Float()) : (null, null);
}
