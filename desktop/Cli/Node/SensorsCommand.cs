using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using IrohLite.Desktop;
using IrohLite.Firmware.Services;

namespace IrohLite.Cli.Node;

/// <summary>`irohlite sensors latest|watch|log`: what a node measures.</summary>
internal static class SensorsCommand
{
    internal static Command Create(CommonOptions common, Streams streams) => new("sensors", "Read a node's sensors")
    {
        Latest(common, streams), Watch(common, streams), Log(common, streams),
    };

    private static Argument<string> Ticket() => new("ticket") { Description = "The node's ticket" };

    private static Command Latest(CommonOptions common, Streams streams)
    {
        Argument<string> ticket = Ticket();
        Command command = new("latest", "The newest readings, with their age and quality") { ticket };
        CommandRunner.Set(command, common, streams, parsed =>
        {
            NodeReadings readings = Once(common, parsed, parsed.GetRequiredValue(ticket));
            if (!common.IsJson(parsed)) NodeText.Show(streams.Output, readings);
            return NodeText.Json(readings);
        });
        return command;
    }

    private static Command Watch(CommonOptions common, Streams streams)
    {
        Argument<string> ticket = Ticket();
        Option<int> interval = new("--interval") { Description = "Seconds between two readings", HelpName = "SECONDS", DefaultValueFactory = _ => 2 };
        Option<int> count = new("--count") { Description = "End after so many; 0 = never", HelpName = "N" };
        interval.Within(1, 86400, "1 to 86400 seconds");
        count.Within(0, int.MaxValue, "0 or more");
        Command command = new("watch", "Readings again and again, over one connection; reconnects") { ticket, interval, count };
        CommandRunner.Set(command, common, streams, parsed =>
        {
            int total = parsed.GetValue(count), seen = 0, failures = 0;
            Dialer? dialer = null;
            try
            {
                while (total == 0 || seen < total)
                {
                    try
                    {
                        dialer ??= Dial(common, parsed, parsed.GetRequiredValue(ticket), NodeCodec.Alpn);
                        NodeReadings readings = new NodeClient(dialer.Connection, common.TimeoutMs(parsed)).Readings();
                        if (common.IsJson(parsed)) streams.Output.WriteLine(NodeText.Json(readings).ToJsonString());
                        else NodeText.Show(streams.Output, readings);
                        seen++;
                        failures = 0;
                    }
                    catch (IrohException e) when (total == 0 && Dialer.StopCode == 0)
                    {
                        streams.Error.WriteLine("no reading: " + e.Message);
                        dialer?.Dispose();
                        dialer = null;
                        failures = Math.Min(failures + 1, 5);
                    }

                    if (total == 0 || seen < total) Thread.Sleep(1000 * (failures == 0 ? parsed.GetValue(interval) : 2 * failures));
                }
            }
            finally
            {
                dialer?.Connection.Close(0, "");
                dialer?.Dispose();
            }

            return new JsonObject { ["readings"] = seen };
        });
        return command;
    }

    private static Command Log(CommonOptions common, Streams streams)
    {
        Argument<string> ticket = Ticket();
        Option<long> from = new("--from") { Description = "First id; older ones than the node keeps are left out", HelpName = "ID" };
        Option<uint> limit = new("--limit") { Description = "At most so many records", HelpName = "N", DefaultValueFactory = _ => uint.MaxValue };
        Option<bool> csv = new("--csv") { Description = "Print comma-separated values" };
        from.Within(0, long.MaxValue, "0 or more");
        limit.Within(0u, uint.MaxValue, "0 to " + uint.MaxValue);
        Command command = new("log", "The records the node keeps") { ticket, from, limit, csv };
        CommandRunner.Set(command, common, streams, parsed =>
        {
            if (parsed.GetValue(csv) && common.IsJson(parsed)) throw new UserException("bad-options", "--csv and --json are two formats: leave one of them out");
            using Dialer dialer = Dial(common, parsed, parsed.GetRequiredValue(ticket), SensorLogCodec.Alpn);
            IEnumerable<LogRecord> stream = new SensorLogClient(dialer.Connection, common.TimeoutMs(parsed)).Log(parsed.GetValue(from), parsed.GetValue(limit));
            JsonArray records = [];
            if (parsed.GetValue(csv))
            {
                streams.Output.WriteLine(NodeText.LogHeader);
                foreach (LogRecord record in stream) streams.Output.WriteLine(NodeText.Csv(record));
            }
            else
            {
                List<LogRecord> all = stream.ToList();
                if (!common.IsJson(parsed)) NodeText.Show(streams.Output, all);
                foreach (LogRecord record in all) records.Add(NodeText.Json(record));
            }

            dialer.Connection.Close(0, "");
            return new JsonObject { ["records"] = records };
        });
        return command;
    }

    // A board of n0's examples speaks only their protocol: it has no age, so the record's own time stands for itself.
    private static NodeReadings Once(CommonOptions common, ParseResult parsed, string ticket)
    {
        int timeoutMs = common.TimeoutMs(parsed);
        try
        {
            using Dialer dialer = Dial(common, parsed, ticket, NodeCodec.Alpn);
            NodeReadings readings = new NodeClient(dialer.Connection, timeoutMs).Readings();
            dialer.Connection.Close(0, "");
            return readings;
        }
        catch (IrohException e) when (e.Error == IrohError.UnknownAlpn)
        {
            using Dialer dialer = Dial(common, parsed, ticket, SensorLogCodec.Alpn);
            LogRecord record = new SensorLogClient(dialer.Connection, timeoutMs).Latest()
                ?? throw new UserException("no-reading", "the node has no reading yet; try again in a few seconds");
            dialer.Connection.Close(0, "");
            return new NodeReadings(
            [
                new SensorReading("inside", "unknown", "unknown", record.InsideTemperature, record.InsideHumidity, null),
                new SensorReading("outside", "unknown", "unknown", record.OutsideTemperature, record.OutsideHumidity, null),
            ], null);
        }
    }

    private static Dialer Dial(CommonOptions common, ParseResult parsed, string ticket, string alpn) =>
        Dialer.Dial(common.Setup(parsed), ticket, alpn, common.TimeoutMs(parsed));
}
