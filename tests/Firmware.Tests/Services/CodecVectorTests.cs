using System;
using System.Text.Json;
using IrohLite.Firmware;
using IrohLite.Firmware.Hardware;
using IrohLite.Firmware.Services;
using IrohLite.Tests;
using IrohLite.Tickets;
using Xunit;

namespace Firmware.Tests.Services;

/// <summary>Payload bytes against tests/vectors/irpc/irpc.json (encoded twice independently; framing is tested with the server).</summary>
public class CodecVectorTests
{
    private static readonly JsonDocument Doc = Vectors.Open("irpc/irpc.json");

    [Fact]
    public void Smart_fan_requests_decode_to_the_stated_values()
    {
        int count = 0;
        foreach (JsonElement row in Doc.RootElement.GetProperty("smart_fan").GetProperty("requests").EnumerateArray())
        {
            PostcardReader reader = Reader(row.GetProperty("payload_hex").GetString());
            Assert.True(SmartFanCodec.TryReadRequest(reader, out int request));
            string name = row.GetProperty("name").GetString();
            Assert.Equal(name, new[] { "GetLatest", "GetStatus", "SetThreshold" }[request]);
            if (request == SmartFanCodec.SetThreshold)
            {
                Assert.True(SmartFanCodec.TryReadSetThreshold(reader, out string secret, out float threshold));
                string expected = row.GetProperty("secret").GetString();
                Assert.Equal(expected == "a*200" ? new string('a', 200) : expected, secret);
                if (row.GetProperty("threshold").ValueKind == JsonValueKind.Number)
                    Assert.Equal(row.GetProperty("threshold").GetSingle(), threshold);
            }

            count++;
        }

        Assert.True(count >= 9, $"{count} rows");
    }

    [Fact]
    public void Smart_fan_answers_encode_to_the_stated_bytes()
    {
        int count = 0;
        foreach (JsonElement row in Doc.RootElement.GetProperty("smart_fan").GetProperty("responses").EnumerateArray())
        {
            PostcardWriter writer = new();
            switch (row.GetProperty("name").GetString())
            {
                case "GetLatest":
                    SmartFanCodec.WriteReading(writer, Reading(row.GetProperty("reading")));
                    break;
                case "GetStatus":
                    JsonElement status = row.GetProperty("status");
                    bool none = status.ValueKind == JsonValueKind.Null;
                    SmartFanCodec.WriteStatus(writer, Reading(status), !none && status.GetProperty("fan").GetBoolean(),
                        none ? 0 : status.GetProperty("threshold").GetSingle());
                    break;
                default:
                    writer.WriteInteger(Array.IndexOf(new[] { "Ok", "Unauthorized", "OutOfRange" }, row.GetProperty("result").GetString()));
                    break;
            }

            AssertPayload(row, writer);
            count++;
        }

        Assert.Equal(14, count);
    }

    [Fact]
    public void Sensor_log_requests_and_records_agree()
    {
        int count = 0;
        JsonElement section = Doc.RootElement.GetProperty("iroh_esp32");
        foreach (JsonElement row in section.GetProperty("requests").EnumerateArray())
        {
            PostcardReader reader = Reader(row.GetProperty("payload_hex").GetString());
            Assert.True(SensorLogCodec.TryReadRequest(reader, out int request));
            Assert.Equal(row.GetProperty("name").GetString(), request == SensorLogCodec.GetLog ? "GetLog" : "GetLatest");
            if (request == SensorLogCodec.GetLog)
            {
                Assert.True(SensorLogCodec.TryReadGetLog(reader, out long start, out long limit));
                Assert.Equal(row.GetProperty("start_id").GetString(), ((ulong)start).ToString());
                Assert.Equal(row.GetProperty("limit").GetInt64(), limit);
            }

            count++;
        }

        foreach (JsonElement row in section.GetProperty("responses").EnumerateArray())
        {
            if (!row.TryGetProperty("record", out JsonElement json)) continue;
            PostcardWriter writer = new();
            SampleRecord record = json.ValueKind == JsonValueKind.Null ? null : Record(json);
            bool streamed = row.GetProperty("name").GetString() != "GetLatest";
            if (streamed) SensorLogCodec.WriteRecord(writer, record);
            else SensorLogCodec.WriteLatest(writer, record);
            AssertPayload(row, writer);
            count++;
        }

        Assert.True(count >= 12, $"{count} rows");
    }

    private static PostcardReader Reader(string hex)
    {
        byte[] bytes = Convert.FromHexString(hex);
        return new PostcardReader(bytes, 0, bytes.Length);
    }

    private static ClimateReading Reading(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object) return null;
        ClimateReading reading = new();
        reading.SetGood(Tenths(json.GetProperty("temperature")), Tenths(json.GetProperty("humidity")), 0);
        return reading;
    }

    private static SampleRecord Record(JsonElement json)
    {
        ClimateReading inside = Reading(json.GetProperty("inside")), outside = Reading(json.GetProperty("outside"));
        SampleRecord record = new()
        {
            Id = Number(json.GetProperty("id")), UnixSeconds = Number(json.GetProperty("time")), FanOn = json.GetProperty("fan").GetBoolean(),
            HasInside = inside != null, HasOutside = outside != null,
        };
        if (inside != null) (record.InsideTemperatureTenths, record.InsideHumidityTenths) = (inside.TemperatureTenths, inside.HumidityTenths);
        if (outside != null) (record.OutsideTemperatureTenths, record.OutsideHumidityTenths) = (outside.TemperatureTenths, outside.HumidityTenths);
        return record;
    }

    private static long Number(JsonElement json) =>
        json.ValueKind == JsonValueKind.String ? (long)ulong.Parse(json.GetString()) : (long)json.GetUInt64();

    private static int Tenths(JsonElement json) => (int)Math.Round(json.GetDouble() * 10);

    private static void AssertPayload(JsonElement row, PostcardWriter writer) =>
        Assert.Equal(row.GetProperty("payload_hex").GetString(), Convert.ToHexString(writer.Buffer, 0, writer.Count).ToLowerInvariant());
}
