using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using IrohLite.Desktop;
using IrohLite.Firmware.Services;
using IrohLite.Identity;

namespace IrohLite.Cli.Node;

/// <summary>The part of the demo that shows the node: status, readings, switch and log, as the board's owner.</summary>
internal static class NodeDemo
{
    // The plausibility filter wants three reads that agree, two seconds apart; some are spoiled, and a busy computer reads late.
    private const int FirstReadingMs = 60000;

    internal static JsonObject Show(VirtualBoard board, string? relayUrl, EndpointSetup boardSetup, SecretKey owner, int timeoutMs, TextWriter people)
    {
        EndpointSetup setup = new()
        {
            Crypto = boardSetup.Crypto, UseRelays = relayUrl != null, Udp = relayUrl != null ? null : boardSetup.Udp, Relay = relayUrl,
            RelayToken = boardSetup.RelayToken, SecretKey = owner,
        };
        people.WriteLine();
        people.WriteLine("The node, " + (relayUrl != null ? "through the relay" : "directly") + ", as its owner (the sensors need some seconds to agree):");
        using Dialer dialer = Dialer.Dial(setup, board.LongTicket, NodeCodec.Alpn, timeoutMs);
        NodeClient node = new(dialer.Connection, timeoutMs);
        NodeText.Show(people, node.Describe());
        NodeReadings readings = WaitForReadings(node);
        NodeText.Show(people, readings);
        NodeReadings on = node.SetSwitch(1, 60, "demo");
        people.WriteLine("switched on for a minute: the fan is " + (on.Switch!.IsOn ? "on" : "off"));
        NodeReadings automatic = node.SetSwitch(2, 0, "");
        people.WriteLine("back to automatic: the fan is " + (automatic.Switch!.IsOn ? "on" : "off"));
        dialer.Connection.Close(0, "bye!");

        using Dialer logDialer = Dialer.Dial(setup, board.LongTicket, SensorLogCodec.Alpn, timeoutMs);
        List<LogRecord> records = new SensorLogClient(logDialer.Connection, timeoutMs).Log(0, uint.MaxValue).ToList();
        people.WriteLine("the log so far:");
        NodeText.Show(people, records);
        logDialer.Connection.Close(0, "bye!");
        if (!on.Switch.IsOn || records.Count == 0) throw new UserException("demo", "the node did not do what it was asked");
        return new JsonObject { ["readings"] = NodeText.Json(readings), ["switchedOn"] = on.Switch.IsOn, ["records"] = records.Count };
    }

    private static NodeReadings WaitForReadings(NodeClient node)
    {
        for (int waitedMs = 0; ; waitedMs += 500)
        {
            NodeReadings readings = node.Readings();
            if (readings.Sensors.All(s => s.Temperature != null)) return readings;
            if (waitedMs >= FirstReadingMs) throw new UserException("no-reading", "the virtual sensors gave no reading within 60 s");
            Thread.Sleep(500);
        }
    }
}
