using System;
using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Threading;
using IrohLite.Desktop;
using IrohLite.Protocols;

namespace IrohLite.Cli;

/// <summary>`irohlite ping`: round trips through an echo service, on one stream.</summary>
internal static class PingCommand
{
    private const int PingBytes = 64;

    internal static Command Create(CommonOptions common, Streams streams)
    {
        Argument<string> ticket = new("ticket") { Description = "The ticket of an endpoint that serves echo" };
        Option<int> count = new("--count") { Description = "How often", HelpName = "N", DefaultValueFactory = _ => 4 };
        Option<int> interval = new("--interval") { Description = "Pause between two pings", HelpName = "MS", DefaultValueFactory = _ => 1000 };
        Option<string> alpn = new("--alpn") { Description = "Name of the protocol", HelpName = "NAME", DefaultValueFactory = _ => EchoProtocol.Alpn };
        count.Validators.Add(result => { if (result.Tokens.Count == 1 && result.GetValueOrDefault<int>() < 1) result.AddError("--count wants 1 or more"); });
        interval.Validators.Add(result => { if (result.Tokens.Count == 1 && result.GetValueOrDefault<int>() < 0) result.AddError("--interval wants 0 or more"); });
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
                double ms = Once(stream, i, timeoutMs);
                timings.Add(ms);
                if (!isJson) streams.Output.WriteLine(PingBytes + " bytes: ping " + i + ", " + Timings.Text(ms));
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

    private static double Once(IrohStream stream, int number, int timeoutMs)
    {
        byte[] sent = new byte[PingBytes];
        BitConverter.TryWriteBytes(sent, number);
        byte[] received = new byte[PingBytes];
        Stopwatch watch = Stopwatch.StartNew();
        stream.Write(sent, 0, PingBytes, timeoutMs);
        for (int at = 0; at < PingBytes;)
        {
            int count = stream.Read(received, at, PingBytes - at, timeoutMs);
            if (count == 0) throw new UserException("echo-differs", "the peer ended the stream: is this an echo service?");
            at += count;
        }

        if (!sent.AsSpan().SequenceEqual(received)) throw new UserException("echo-differs", "what came back differs from what was sent: is this an echo service?");
        return watch.Elapsed.TotalMilliseconds;
    }
}
