using System;
using System.CommandLine;
using System.IO;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading;
using IrohLite.Cli.Node;
using IrohLite.Desktop;
using IrohLite.Identity;
using IrohLite.Platform;
using IrohLite.Protocols;
using IrohLite.RelayServer;
using IrohLite.RelayServer.Lookup;

namespace IrohLite.Cli;

/// <summary>`irohlite demo`: a relay, a virtual board and a client in this process, talking over loopback.</summary>
internal static class DemoCommand
{
    private const int Rounds = 20;
    private static readonly byte[] s_message = Encoding.UTF8.GetBytes("Hello, world!");

    internal static Command Create(CommonOptions common, Streams streams)
    {
        Option<bool> keep = new("--keep") { Description = "Stay up afterwards, so that any iroh client can dial the ticket; Ctrl-C ends it" };
        Command command = new("demo", "Start a relay, a virtual board and a client on this computer and show an echo") { keep };
        CommandRunner.Set(command, common, streams, parsed => Run(common, parsed, streams, parsed.GetValue(keep)));
        return command;
    }

    private static JsonObject Run(CommonOptions common, ParseResult parsed, Streams streams, bool isKept)
    {
        bool isDirect = common.IsDirect(parsed);
        int timeoutMs = common.PatientTimeoutMs(parsed);
        TextWriter people = common.IsJson(parsed) ? TextWriter.Null : TextWriter.Synchronized(streams.Output);
        EndpointSetup setup = common.Setup(parsed);
        RelayHost? relay = isDirect || setup.Relay != null ? null : RelayHost.StartAsync(new RelayHostOptions
        {
            Listen = new IPEndPoint(IPAddress.Loopback, 0), Pkarr = new PkarrStore(null),
        }).GetAwaiter().GetResult();
        try
        {
            string? relayUrl = isDirect ? null : setup.Relay ?? relay!.ListenUrl;
            if (relayUrl != null) people.WriteLine("relay: " + relayUrl + (relay == null ? "" : " (in this process)"));
            string crypto = CryptoChoice.Create(setup.Crypto).Name;
            people.WriteLine("crypto: " + crypto);
            setup.Relay = relayUrl;
            setup.Udp = new IPEndPoint(IPAddress.Loopback, 0);
            SecretKey owner = SecretKey.Generate(new SystemRandomSource(), CryptoChoice.Create(setup.Crypto));
            BoardChoices choices = new() { Owners = owner.Id.ToString(), Secrets = ["RECORD_SECONDS=2", .. Publishing(relay)] };
            using VirtualBoard board = VirtualBoard.Start(setup, choices, people, streams.Error, timeoutMs);
            JsonObject result = new()
            {
                ["relay"] = relayUrl,
                ["shortTicket"] = board.ShortTicket,
                ["longTicket"] = board.LongTicket,
                ["crypto"] = crypto,
            };
            if (relayUrl != null) result["relayed"] = Show("through the relay", board, relayUrl, setup, timeoutMs, people);
            result["direct"] = Show("directly over UDP", board, null, setup, timeoutMs, people);
            result["node"] = NodeDemo.Show(board, relayUrl, setup, owner, timeoutMs, people);
            if (relay != null) result["byIdAlone"] = ShowShort(board, relay, setup, timeoutMs, people);
            if (!isKept) return result;
            using ManualResetEventSlim stop = new();
            using StopSignals signals = new(_ => stop.Set());
            people.WriteLine("The board stays up. Dial its long ticket, for instance: irohlite echo " + board.LongTicket);
            stop.Wait();
            return result;
        }
        finally
        {
            relay?.StopAsync().GetAwaiter().GetResult();
        }
    }

    // The demo's board announces itself to the demo's own server, never to a public one.
    private static string[] Publishing(RelayHost? relay) => relay == null ? ["PUBLISH=off"] : ["PUBLISH=on", "PUBLISH_URL=" + LookupUrl(relay)];

    private static string LookupUrl(RelayHost relay) => relay.ListenUrl + "pkarr";

    private static JsonObject ShowShort(VirtualBoard board, RelayHost relay, EndpointSetup boardSetup, int timeoutMs, TextWriter people)
    {
        people.WriteLine();
        people.WriteLine("Echo by the id alone, which the board's announcement makes possible:");
        people.WriteLine("  irohlite echo " + board.ShortTicket + " --lookup " + LookupUrl(relay));
        if (!board.WaitPublished(timeoutMs)) throw new UserException("not-published", "the board did not announce itself: " + board.PublishStatus);
        EndpointSetup setup = new() { Crypto = boardSetup.Crypto, Udp = null, Lookup = LookupUrl(relay) };
        using Dialer dialer = Dialer.Dial(setup, board.ShortTicket, EchoProtocol.Alpn, timeoutMs);
        double firstMs = EchoRun.Once(dialer.Connection, s_message, timeoutMs, null);
        people.WriteLine("  'Hello, world!' came back by " + dialer.Connection.PathText + "; lookup and connect " + Timings.Text(dialer.ConnectMs)
            + ", echo " + Timings.Text(firstMs));
        JsonObject result = new() { ["path"] = dialer.Connection.PathText, ["connectMs"] = Timings.Rounded(dialer.ConnectMs) };
        dialer.Connection.Close(0, "bye!");
        return result;
    }

    private static JsonObject Show(string how, VirtualBoard board, string? relayUrl, EndpointSetup boardSetup, int timeoutMs, TextWriter people)
    {
        people.WriteLine();
        people.WriteLine("Echo " + how + ":");
        EndpointSetup setup = new()
        {
            Crypto = boardSetup.Crypto,
            UseRelays = relayUrl != null,
            Udp = relayUrl != null ? null : new IPEndPoint(IPAddress.Loopback, 0),
            Relay = relayUrl,
            RelayToken = boardSetup.RelayToken,
        };
        using Dialer dialer = Dialer.Dial(setup, board.LongTicket, EchoProtocol.Alpn, timeoutMs);
        double echoMs = EchoRun.Once(dialer.Connection, s_message, timeoutMs, null);
        people.WriteLine("  '" + Encoding.UTF8.GetString(s_message) + "' came back by " + dialer.Connection.PathText);
        Timings pings = new();
        IrohStream stream = dialer.Connection.OpenStream(timeoutMs);
        for (int i = 0; i < Rounds; i++) pings.Add(PingPong.Once(stream, i, timeoutMs));
        stream.Finish();
        people.WriteLine("  connect " + Timings.Text(dialer.ConnectMs) + ", first echo " + Timings.Text(echoMs) + ", then " + Rounds + " pings of "
            + PingPong.SizeBytes + " bytes: " + pings.ToText());
        JsonObject result = new()
        {
            ["path"] = dialer.Connection.PathText,
            ["connectMs"] = Timings.Rounded(dialer.ConnectMs),
            ["echoMs"] = Timings.Rounded(echoMs),
            ["pingMs"] = pings.ToJson(),
        };
        dialer.Connection.Close(0, "bye!");
        return result;
    }
}
