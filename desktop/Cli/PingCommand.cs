using System.CommandLine;
using System.Text.Json.Nodes;
using System.Threading;
using IrohLite.Desktop;

namespace IrohLite.Cli;

/// <summary>`irohlite ping`: round trips through an echo service, on one stream.</summary>
internal static class PingCommand
{
    internal static Command Create(CommonOptions common, Streams streams)
    {
        Argument<string> ticket = new("ticket") { Description = "The ticket of an endpoint that serves echo" };
        Option<int> count = new("--count") { Description = "How often", HelpName = "N", DefaultValueFactory = _ => 4 };
        Option<int> interval = new("--interval") { Description = "Pause between two pings", HelpName = "MS", DefaultValueFactory = _ => 1000 };
        Option<string> alpn = AlpnOption.Create();
        count.Within(1, int.MaxValue, "1 or more");
        interval.Within(0, int.MaxValue, "0 or more ms");
        Command command = new("ping", "Measure round trips to an echo service") { ticket, count, interval, alpn };
        CommandRunner.Set(command, common, streams, parsed =>
        {
            int timeoutMs = common.TimeoutMs(parsed);
            bool isJson = common.IsJson(parsed);
            using Dialer dialer = Dialer.Dial(common.Setup(parsed), parsed.GetRequiredValue(ticket), parsed.GetRequiredValue(alpn), timeoutMs);
            if (!isJson)
                streams.Output.WriteLine("connected to " + dialer.Connection.RemoteId.ToShortString() + " by " + dialer.Connection.PathText
                    + " in " + Timings.Text(dialer.ConnectMs));
            Timings timings = new();
            IrohStream stream = dialer.Connection.OpenStream(timeoutMs);
            int total = parsed.GetValue(count);
            for (int i = 1; i <= total; i++)
            {
                double ms = PingPong.Once(stream, i, timeoutMs);
                timings.Add(ms);
                if (!isJson) streams.Output.WriteLine(PingPong.SizeBytes + " bytes: ping " + i + ", " + Timings.Text(ms));
                if (i < total) Thread.Sleep(parsed.GetValue(interval));
            }

            stream.Finish();
            if (!isJson) streams.Output.WriteLine(total + " round trips: " + timings.ToText());
            JsonObject result = new()
            {
                ["remote"] = dialer.Connection.RemoteId.ToString(),
                ["path"] = dialer.Connection.PathText,
                ["count"] = total,
                ["connectMs"] = Timings.Rounded(dialer.ConnectMs),
                ["pingMs"] = timings.ToJson(),
            };
            dialer.Connection.Close(0, "bye!");
            return result;
        });
        return command;
    }
}
