using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text.Json.Nodes;
using Spectre.Console;

namespace IrohLite.Cli.Node;

/// <summary>Readings, logs and descriptions for people, as JSON, and as CSV.</summary>
internal static class NodeText
{
    internal const string LogHeader = "id,time,inside_temperature,inside_humidity,outside_temperature,outside_humidity,fan";

    internal static void Show(TextWriter output, NodeReadings readings)
    {
        Table table = new() { Border = TableBorder.Rounded };
        foreach (string column in new[] { "sensor", "temperature", "humidity", "age", "quality", "newest read" }) table.AddColumn(column);
        foreach (SensorReading s in readings.Sensors)
            table.AddRow(s.Place, Number(s.Temperature, " °C"), Number(s.Humidity, " %"), Number(s.AgeSeconds, " s"), s.Quality, s.Fault);
        Write(output, table);
        if (readings.Switch is not { } fan) return;
        string until = fan.ManualRemainingSeconds is { } left ? $", {left.ToString("0", CultureInfo.InvariantCulture)} s left" : "";
        output.WriteLine($"switch {(fan.IsOn ? "on" : "off")} ({fan.Mode}: {fan.Reason}{until}), threshold {Number(fan.Threshold, " °C")}");
    }

    internal static void Show(TextWriter output, IEnumerable<LogRecord> records)
    {
        Table table = new() { Border = TableBorder.Rounded };
        foreach (string column in new[] { "id", "time", "inside", "outside", "fan" }) table.AddColumn(column);
        foreach (LogRecord r in records)
            table.AddRow(r.Id.ToString(CultureInfo.InvariantCulture), Time(r.UnixSeconds), Pair(r.InsideTemperature, r.InsideHumidity),
                Pair(r.OutsideTemperature, r.OutsideHumidity), r.IsFanOn ? "on" : "off");
        Write(output, table);
    }

    internal static void Show(TextWriter output, NodeDescription d)
    {
        Grid grid = new();
        grid.AddColumn().AddColumn();
        void Row(string name, string value) => grid.AddRow(name, Markup.Escape(value));
        Row("model", d.Model + ", " + d.Firmware + ", board " + d.Board);
        Row("up", TimeSpan.FromSeconds(d.UptimeSeconds) + ", boot " + d.BootCount + ", last reset: " + d.ResetReason + (d.IsSafeMode ? ", SAFE MODE" : ""));
        Row("heap", d.HeapFree + " of " + d.HeapTotal + " bytes free");
        Row("relay", d.Relay ?? "not online");
        Row("signal", d.SignalDbm is { } dbm ? dbm + " dBm" : "unknown");
        Row("clock", d.UnixSeconds is { } s ? Time(s) : "not set");
        foreach (SensorInfo sensor in d.Sensors) Row(sensor.Place, sensor.Model + ", " + sensor.GoodReads + " good and " + sensor.FailedReads + " failed reads");
        Row("you", d.YouAreOwner ? "may control this node" : "may read only");
        Write(output, grid);
    }

    internal static JsonObject Json(NodeReadings readings)
    {
        JsonArray sensors = [];
        foreach (SensorReading s in readings.Sensors)
            sensors.Add(new JsonObject
            {
                ["place"] = s.Place, ["quality"] = s.Quality, ["fault"] = s.Fault, ["temperature"] = s.Temperature, ["humidity"] = s.Humidity,
                ["ageSeconds"] = s.AgeSeconds,
            });
        JsonObject json = new() { ["sensors"] = sensors };
        if (readings.Switch is { } fan)
            json["switch"] = new JsonObject
            {
                ["on"] = fan.IsOn, ["mode"] = fan.Mode, ["reason"] = fan.Reason, ["threshold"] = fan.Threshold, ["manualRemainingSeconds"] = fan.ManualRemainingSeconds,
            };
        return json;
    }

    internal static JsonObject Json(LogRecord r) => new()
    {
        ["id"] = r.Id, ["time"] = r.UnixSeconds, ["insideTemperature"] = r.InsideTemperature, ["insideHumidity"] = r.InsideHumidity,
        ["outsideTemperature"] = r.OutsideTemperature, ["outsideHumidity"] = r.OutsideHumidity, ["fan"] = r.IsFanOn,
    };

    internal static JsonObject Json(NodeDescription d)
    {
        JsonArray sensors = [];
        foreach (SensorInfo s in d.Sensors)
            sensors.Add(new JsonObject { ["place"] = s.Place, ["model"] = s.Model, ["goodReads"] = s.GoodReads, ["failedReads"] = s.FailedReads });
        return new JsonObject
        {
            ["model"] = d.Model, ["firmware"] = d.Firmware, ["board"] = d.Board, ["uptimeSeconds"] = d.UptimeSeconds, ["resetReason"] = d.ResetReason,
            ["bootCount"] = d.BootCount, ["heapFree"] = d.HeapFree, ["heapTotal"] = d.HeapTotal, ["relay"] = d.Relay, ["signalDbm"] = d.SignalDbm,
            ["unixSeconds"] = d.UnixSeconds, ["safeMode"] = d.IsSafeMode, ["youAreOwner"] = d.YouAreOwner, ["sensors"] = sensors,
        };
    }

    internal static string Csv(LogRecord r) => string.Join(',', r.Id, r.UnixSeconds, Cell(r.InsideTemperature), Cell(r.InsideHumidity),
        Cell(r.OutsideTemperature), Cell(r.OutsideHumidity), r.IsFanOn ? 1 : 0);

    private static string Cell(double? value) => value?.ToString("0.0", CultureInfo.InvariantCulture) ?? "";

    private static string Number(double? value, string unit) => value == null ? "-" : value.Value.ToString("0.0", CultureInfo.InvariantCulture) + unit;

    private static string Pair(double? temperature, double? humidity) => temperature == null ? "-" : Number(temperature, " °C") + "  " + Number(humidity, " %");

    private static string Time(long unixSeconds) => DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(unixSeconds, 0, 253402300799)).ToString("u", CultureInfo.InvariantCulture);

    private static void Write(TextWriter output, Spectre.Console.Rendering.IRenderable what)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(output) });
        console.Profile.Width = 120;
        console.Write(what);
    }
}
