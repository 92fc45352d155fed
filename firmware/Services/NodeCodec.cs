using IrohLite.Firmware.Hardware;
using IrohLite.Identity;
using IrohLite.Tickets;

namespace IrohLite.Firmware.Services;

/// <summary>Bytes of <c>irohlite/node/0</c> (docs/wire/node.md): requests read, answers written.</summary>
public static class NodeCodec
{
    /// <summary>The protocol's ALPN.</summary>
    public const string Alpn = "irohlite/node/0";

    /// <summary>Longest reason of a switch command, in bytes.</summary>
    public const int MaxReasonBytes = 64;

    /// <summary>Longest key of a setting, in bytes.</summary>
    public const int MaxKeyBytes = 32;

    /// <summary>Longest value of a setting, in bytes.</summary>
    public const int MaxValueBytes = 64;

    /// <summary>Reads a request number; false when undecodable or unknown.</summary>
    public static bool TryReadRequest(PostcardReader reader, out int request)
    {
        bool read = reader.TryReadUInt32(out long number) && number <= NodeRequest.Last;
        request = read ? (int)number : -1;
        return read;
    }

    /// <summary>Reads the body of SetSwitch.</summary>
    public static bool TryReadSetSwitch(PostcardReader reader, out int mode, out long autoOffSeconds, out string reason)
    {
        autoOffSeconds = 0;
        reason = null;
        return reader.TryReadByte(out mode) && reader.TryReadUInt32(out autoOffSeconds) && reader.TryReadString(MaxReasonBytes, out reason);
    }

    /// <summary>Reads the body of SetSetting.</summary>
    public static bool TryReadSetSetting(PostcardReader reader, out string key, out string value)
    {
        value = null;
        return reader.TryReadString(MaxKeyBytes, out key) && reader.TryReadString(MaxValueBytes, out value);
    }

    /// <summary>Reads an endpoint id.</summary>
    public static bool TryReadId(PostcardReader reader, out EndpointId id)
    {
        byte[] raw = new byte[EndpointId.SizeBytes];
        bool read = reader.TryReadFixed(raw, 0, raw.Length);
        id = read ? EndpointId.FromBytes(raw, 0) : null;
        return read;
    }

    /// <summary>One sensor of the Readings.</summary>
    public static void WriteChannel(PostcardWriter writer, int place, SensorChannel channel, long nowMs)
    {
        writer.WriteByte(place);
        writer.WriteByte(channel.QualityAt(nowMs));
        writer.WriteByte(channel.Newest.Fault);
        ClimateReading good = channel.LastGood;
        writer.WriteByte(good.IsGood ? 1 : 0);
        if (!good.IsGood) return;
        writer.WriteInteger(channel.AgeMs(nowMs));
        WriteSigned(writer, good.TemperatureTenths);
        writer.WriteInteger(good.HumidityTenths);
    }

    /// <summary>A signed integer: zigzag, then LEB128.</summary>
    public static void WriteSigned(PostcardWriter writer, int value) => writer.WriteInteger((uint)((value << 1) ^ (value >> 31)));

    /// <summary>An optional string; null for None.</summary>
    public static void WriteOptional(PostcardWriter writer, string text)
    {
        writer.WriteByte(text == null ? 0 : 1);
        if (text != null) writer.WriteString(text);
    }

    /// <summary>An optional unsigned integer; negative for None.</summary>
    public static void WriteOptional(PostcardWriter writer, long value)
    {
        writer.WriteByte(value < 0 ? 0 : 1);
        if (value >= 0) writer.WriteInteger(value);
    }

    /// <summary>An answer that is an outcome and a reason.</summary>
    public static PostcardWriter Refusal(int outcome, string reason)
    {
        PostcardWriter writer = new PostcardWriter();
        writer.WriteInteger(outcome);
        writer.WriteString(reason);
        return writer;
    }
}
