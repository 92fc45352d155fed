using System;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading;
using IrohLite.Desktop;
using IrohLite.Protocols;
using IrohLite.Tickets;
using Xunit;

namespace IrohLite.Cli.Tests;

/// <summary>sensors, switch and status against the real firmware on the virtual board, through a relay.</summary>
public class NodeCommandTests(NodePeer node) : IClassFixture<NodePeer>
{
    [Fact]
    public void The_latest_readings_are_a_table_with_age_and_quality()
    {
        string output = CliResult.Of("sensors", "latest", node.Ticket).Succeeded().Output;
        foreach (string word in new[] { "sensor", "temperature", "humidity", "age", "quality", "inside", "23.5 °C", "41.2 %", "outside", "-5.3 °C", "80.5 %", "fresh", "threshold 25.0 °C" })
            Assert.Contains(word, output);
    }

    [Fact]
    public void The_latest_readings_as_json()
    {
        JsonObject json = CliResult.Of("sensors", "latest", node.Ticket, "--json").Succeeded().Json();
        Assert.Equal(["ok", "sensors", "switch"], json.Select(p => p.Key));
        Assert.Equal(["place", "quality", "fault", "temperature", "humidity", "ageSeconds"], json["sensors"]![0]!.AsObject().Select(p => p.Key));
        Assert.Equal(("inside", "fresh", 23.5, 41.2), ((string)json["sensors"]![0]!["place"]!, (string)json["sensors"]![0]!["quality"]!, (double)json["sensors"]![0]!["temperature"]!, (double)json["sensors"]![0]!["humidity"]!));
        Assert.Equal(("outside", -5.3, 80.5), ((string)json["sensors"]![1]!["place"]!, (double)json["sensors"]![1]!["temperature"]!, (double)json["sensors"]![1]!["humidity"]!));
        Assert.InRange((double)json["sensors"]![0]!["ageSeconds"]!, 0, 30);
        Assert.Equal(["on", "mode", "reason", "threshold", "manualRemainingSeconds"], json["switch"]!.AsObject().Select(p => p.Key));
    }

    [Fact]
    public void Watching_reads_again_and_again_and_ends_after_so_many()
    {
        string output = CliResult.Of("sensors", "watch", node.Ticket, "--count", "2", "--interval", "1").Succeeded().Output;
        Assert.Equal(3, output.Split("23.5 °C").Length);
        string[] lines = CliResult.Of("sensors", "watch", node.Ticket, "--count", "2", "--interval", "1", "--json").Succeeded().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.All(lines[..2], l => Assert.Equal(23.5, (double)JsonNode.Parse(l)!["sensors"]![0]!["temperature"]!));
        Assert.Equal((true, 2), ((bool)JsonNode.Parse(lines[2])!["ok"]!, (int)JsonNode.Parse(lines[2])!["readings"]!));
    }

    [Fact]
    public void The_log_is_a_table_csv_or_json()
    {
        string table = CliResult.Of("sensors", "log", node.Ticket, "--from", "2", "--limit", "1").Succeeded().Output;
        foreach (string word in new[] { "id", "time", "inside", "outside", "fan", "23.5 °C  41.2 %", "-5.3 °C  80.5 %", DateTime.UtcNow.Year + "-" }) Assert.Contains(word, table);

        string[] csv = CliResult.Of("sensors", "log", node.Ticket, "--limit", "3", "--csv").Succeeded().Output.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("id,time,inside_temperature,inside_humidity,outside_temperature,outside_humidity,fan", csv[0]);
        Assert.Equal(4, csv.Length);
        Assert.Matches("^0,[0-9]+,,,,,0$", csv[1]);
        Assert.Matches("^2,[0-9]+,23\\.5,41\\.2,-5\\.3,80\\.5,[01]$", csv[3]);

        JsonArray records = CliResult.Of("sensors", "log", node.Ticket, "--limit", "3", "--json").Succeeded().Json()["records"]!.AsArray();
        Assert.Equal([0, 1, 2], records.Select(r => (int)r!["id"]!));
        Assert.Null(records[0]!["insideTemperature"]);
        Assert.Equal(["id", "time", "insideTemperature", "insideHumidity", "outsideTemperature", "outsideHumidity", "fan"], records[2]!.AsObject().Select(p => p.Key));
        Assert.InRange(DateTimeOffset.UtcNow.ToUnixTimeSeconds() - (long)records[2]!["time"]!, 0, 600);
        Assert.Empty(CliResult.Of("sensors", "log", node.Ticket, "--from", "1000000", "--json").Succeeded().Json()["records"]!.AsArray());
    }

    [Fact]
    public void Options_that_make_no_sense_are_refused()
    {
        Assert.Equal("bad-options", (string)CliResult.Of("sensors", "log", node.Ticket, "--csv", "--json").Failed("leave one of them out").Json()["error"]!);
        Assert.Contains("--from wants 0 or more", CliResult.Of("sensors", "log", node.Ticket, "--from", "-1").Error);
        Assert.Contains("--interval wants 1 to 86400 seconds", CliResult.Of("sensors", "watch", node.Ticket, "--interval", "0").Error);
        foreach (string seconds in new[] { "-1", "604801" }) Assert.Contains("0 to 604800 seconds", CliResult.Of("switch", "on", node.Ticket, "--for", seconds).Error);
    }

    [Fact]
    public void An_owner_switches_and_a_stranger_is_told_why_not()
    {
        JsonObject on = CliResult.Of("switch", "on", node.Ticket, "--secret-file", node.OwnerFile, "--for", "600", "--reason", "drying", "--json").Succeeded().Json();
        Assert.Equal((true, "manual", "drying"), ((bool)on["switch"]!["on"]!, (string)on["switch"]!["mode"]!, (string)on["switch"]!["reason"]!));
        Assert.InRange((double)on["switch"]!["manualRemainingSeconds"]!, 500, 600);
        Assert.True(node.Board.World.Board.PinHigh);
        Assert.Contains("switch on (manual: drying, ", CliResult.Of("sensors", "latest", node.Ticket).Succeeded().Output);

        CliResult stranger = CliResult.Of("switch", "off", node.Ticket, "--json").Failed("the node refused: this endpoint id is not an owner", "--secret-file");
        Assert.Equal("not-allowed", (string)stranger.Json()["error"]!);
        Assert.True(node.Board.World.Board.PinHigh);

        Assert.Contains("switch off (manual: owner)", CliResult.Of("switch", "off", node.Ticket, "--secret-file", node.OwnerFile).Succeeded().Output);
        Assert.False(node.Board.World.Board.PinHigh);
        Assert.Contains("switch off (threshold: ", CliResult.Of("switch", "auto", node.Ticket, "--secret-file", node.OwnerFile).Succeeded().Output);
    }

    [Fact]
    public void Status_tells_what_the_node_is_and_who_may_control_it()
    {
        string output = CliResult.Of("status", node.Ticket).Succeeded().Output;
        foreach (string word in new[] { "IrohLite node", "board virtual", "last reset: power on", node.Relay.ListenUrl, "-55 dBm", "DHT22", "may read only" }) Assert.Contains(word, output);
        JsonObject json = CliResult.Of("status", node.Ticket, "--secret-file", node.OwnerFile, "--json").Succeeded().Json();
        Assert.Equal(
            ["ok", "model", "firmware", "board", "uptimeSeconds", "resetReason", "bootCount", "heapFree", "heapTotal", "relay", "signalDbm", "unixSeconds", "safeMode", "youAreOwner", "sensors"],
            json.Select(p => p.Key));
        Assert.True((bool)json["youAreOwner"]!);
        Assert.Equal(["place", "model", "goodReads", "failedReads"], json["sensors"]![0]!.AsObject().Select(p => p.Key));
    }

    [Fact]
    public void What_is_no_node_is_said_so()
    {
        using EchoPeer echo = EchoPeer.Direct();
        foreach (string[] command in new string[][] { ["status", echo.Ticket], ["switch", "on", echo.Ticket], ["sensors", "latest", echo.Ticket], ["sensors", "log", echo.Ticket] })
            Assert.Equal("unknown-alpn", (string)CliResult.Of([.. command, "--json"]).Failed("does not serve").Json()["error"]!);
    }

    [Fact]
    public void A_board_of_the_upstream_examples_is_read_without_an_age()
    {
        IrohEndpoint endpoint = IrohEndpoint.Bind(new EndpointSetup { UseRelays = false, Udp = new(System.Net.IPAddress.Loopback, 0), Crypto = CryptoChoice.Managed }.CreateOptions());
        Router router = new(endpoint);
        router.Add("iroh-esp32/sensor/0", new UpstreamBoard());
        router.Start();
        try
        {
            JsonObject json = CliResult.Of("sensors", "latest", EndpointTicket.Encode(endpoint.Addr), "--json").Succeeded().Json();
            Assert.Equal((23.5, "unknown"), ((double)json["sensors"]![0]!["temperature"]!, (string)json["sensors"]![0]!["quality"]!));
            Assert.Null(json["sensors"]![0]!["ageSeconds"]);
            Assert.False(json.ContainsKey("switch"));
        }
        finally
        {
            router.Stop();
        }
    }

    [Fact]
    public void By_its_id_alone_the_node_is_found_through_the_lookup_that_is_named()
    {
        Assert.True(node.Board.WaitPublished(60000), node.Board.PublishStatus);
        string id = node.Board.ShortTicket;
        CliResult.Of("status", id, "--lookup", node.LookupUrl).Succeeded();
        CliResult.Of("echo", id, "--lookup", "dns:" + node.Relay.DnsEndPoint).Succeeded();
        CliResult.Of("echo", id, "--lookup", "dns:localhost:" + node.Relay.DnsEndPoint!.Port).Succeeded();
        foreach ((string lookup, string error, string words) in new[]
        {
            ("nonsense", "bad-lookup", "'nonsense' is no lookup"), ("dns:here", "bad-lookup", "is not an IP address with a port"), ("dns:127.0.0.1:53/a..b", "bad-lookup", "is not a domain"),
            ("", "bad-lookup", "is no lookup"), ("none", "no-address", "no lookup service is configured"), ("dns:" + node.Relay.DnsEndPoint + "/other.example", "no-address", "does not know the id"),
        })
            Assert.Equal(error, (string)CliResult.Of("echo", id, "--lookup", lookup, "--json").Failed(words).Json()["error"]!);
    }

    // Answers every request with one record, as an n0 board does GetLatest.
    private sealed class UpstreamBoard : IProtocolHandler
    {
        public void Handle(IrohConnection connection)
        {
            byte[] answer = Convert.FromHexString("1a010080c3bbc206010000bc41cdcc2442019a99a9c00000a14200");
            while (connection.AcceptStream(Timeout.Infinite) is { } stream) stream.WriteLast(answer, 0, answer.Length, 10000);
        }
    }
}
