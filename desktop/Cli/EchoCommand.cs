using System;
using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using IrohLite.Desktop;
using Spectre.Console;

namespace IrohLite.Cli;

/// <summary>`irohlite echo`: sends a message to an echo service and checks what comes back.</summary>
internal static class EchoCommand
{
    private const int MaxSizeBytes = 1 << 30;
    private const int ProgressFromBytes = 256 * 1024;

    internal static Command Create(CommonOptions common, Streams streams)
    {
        Argument<string> ticket = new("ticket") { Description = "The ticket of an endpoint that serves echo" };
        Option<string?> message = new("--message") { Description = "What to send (default: Hello, world!)", HelpName = "TEXT" };
        Option<int> size = new("--size") { Description = "Send so many bytes of a pattern instead", HelpName = "BYTES" };
        Option<int> count = new("--count") { Description = "How often, each time on a new stream", HelpName = "N", DefaultValueFactory = _ => 1 };
        Option<string> alpn = AlpnOption.Create();
        size.Within(1, MaxSizeBytes, "1 to " + MaxSizeBytes + " bytes");
        count.Within(1, int.MaxValue, "1 or more");
        Command command = new("echo", "Send a message to an echo service and check what comes back") { ticket, message, size, count, alpn };
        CommandRunner.Set(command, common, streams, parsed =>
        {
            bool isPattern = parsed.GetResult(size) != null;
            if (parsed.GetValue(message) != null && isPattern)
                throw new UserException("bad-options", "--message and --size exclude each other");
            string text = parsed.GetValue(message) ?? "Hello, world!";
            byte[] payload = isPattern ? Pattern(parsed.GetValue(size)) : Encoding.UTF8.GetBytes(text);
            int timeoutMs = common.TimeoutMs(parsed);
            bool isJson = common.IsJson(parsed);
            using Dialer dialer = Dialer.Dial(common.Setup(parsed), parsed.GetRequiredValue(ticket), parsed.GetRequiredValue(alpn), timeoutMs);
            Timings timings = new();
            Repeat(parsed.GetValue(count), payload, dialer.Connection, timeoutMs, timings, isJson ? null : streams);
            JsonObject result = Summary(dialer, payload, timings);
            if (!isJson)
            {
                if (!isPattern) streams.Output.WriteLine("echo: " + text);
                Print(dialer, payload, timings, streams);
            }

            dialer.Connection.Close(0, "bye!");
            return result;
        });
        return command;
    }

    private static byte[] Pattern(int sizeBytes)
    {
        byte[] bytes = new byte[sizeBytes];
        new Random(sizeBytes).NextBytes(bytes);
        return bytes;
    }

    private static void Repeat(int count, byte[] payload, IrohConnection connection, int timeoutMs, Timings timings, Streams? people)
    {
        if (people == null || (long)count * payload.Length < ProgressFromBytes)
        {
            for (int i = 0; i < count; i++) timings.Add(EchoRun.Once(connection, payload, timeoutMs, null));
            return;
        }

        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(people.Error) });
        console.Progress()
            .AutoClear(true)
            .Columns(new ProgressBarColumn(), new PercentageColumn(), new DownloadedColumn(), new TransferSpeedColumn(), new RemainingTimeColumn())
            .Start(progress =>
            {
                ProgressTask task = progress.AddTask("echo", true, (double)count * payload.Length);
                for (int i = 0; i < count; i++)
                {
                    double before = (double)i * payload.Length;
                    timings.Add(EchoRun.Once(connection, payload, timeoutMs, received => task.Value = before + received));
                }
            });
    }

    private static JsonObject Summary(Dialer dialer, byte[] payload, Timings timings) => new()
    {
        ["remote"] = dialer.Connection.RemoteId.ToString(),
        ["alpn"] = dialer.Connection.Alpn,
        ["path"] = dialer.Connection.PathText,
        ["bytes"] = payload.Length,
        ["count"] = timings.Count,
        ["connectMs"] = Timings.Rounded(dialer.ConnectMs),
        ["echoMs"] = timings.ToJson(),
        ["bytesPerSecond"] = Math.Round(BytesPerSecond(payload, timings)),
        ["rttMs"] = dialer.Connection.RttMs,
        ["packetsSent"] = dialer.Connection.PacketsSent,
        ["packetsReceived"] = dialer.Connection.PacketsReceived,
        ["packetsLost"] = dialer.Connection.PacketsLost,
    };

    private static void Print(Dialer dialer, byte[] payload, Timings timings, Streams streams)
    {
        IrohConnection connection = dialer.Connection;
        streams.Output.WriteLine("from: " + connection.RemoteId + " by " + connection.PathText);
        streams.Output.WriteLine("time: connect " + Timings.Text(dialer.ConnectMs) + ", echo " + timings.ToText()
            + ", RTT " + connection.RttMs + " ms");
        streams.Output.WriteLine("sent: " + timings.Count + " x " + payload.Length + " bytes there and back, "
            + (BytesPerSecond(payload, timings) / 1e6).ToString("0.00", CultureInfo.InvariantCulture) + " MB/s each way, "
            + connection.PacketsLost + " of " + connection.PacketsSent + " packets lost");
    }

    private static double BytesPerSecond(byte[] payload, Timings timings) => payload.Length * (double)timings.Count / timings.Total * 1000;
}
