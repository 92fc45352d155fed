using System;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using IrohLite.Identity;
using IrohLite.Tickets;
using Xunit;

namespace IrohLite.Cli.Tests;

public class EchoAndPingTests
{
    [Fact]
    public void A_message_comes_back_directly_with_its_numbers()
    {
        using EchoPeer peer = EchoPeer.Direct();
        CliResult result = CliResult.Of("echo", peer.Ticket, "--direct", "--message", "Grüß Gott").Succeeded();
        Assert.Equal("", result.Error);
        Assert.Contains("echo: Grüß Gott", result.Output);
        Assert.Contains("by udp 127.0.0.1:", result.Output);
        Assert.Contains("MB/s", result.Output);
        Assert.Contains("RTT", result.Output);
    }

    [Fact]
    public void The_json_of_an_echo_has_its_fields()
    {
        using EchoPeer peer = EchoPeer.Direct();
        JsonObject json = CliResult.Of("echo", peer.Ticket, "--size", "70000", "--count", "3", "--alpn", "echo/0", "--json", "--crypto", "managed").Succeeded().Json();
        Assert.Equal(
            ["ok", "remote", "alpn", "path", "bytes", "count", "connectMs", "echoMs", "bytesPerSecond", "rttMs", "packetsSent", "packetsReceived", "packetsLost"],
            [.. System.Linq.Enumerable.Select(json, p => p.Key)]);
        Assert.True((bool)json["ok"]!);
        Assert.Equal(peer.Endpoint.Id.ToString(), (string)json["remote"]!);
        Assert.Equal(("echo/0", 70000, 3), ((string)json["alpn"]!, (int)json["bytes"]!, (int)json["count"]!));
        Assert.True((double)json["echoMs"]!["median"]! > 0);
        Assert.True((double)json["bytesPerSecond"]! > 0);
    }

    [Fact]
    public void A_long_transfer_goes_through_the_relay_with_its_progress_on_the_error_stream()
    {
        using EchoPeer peer = EchoPeer.Relayed();
        CliResult result = CliResult.Of("echo", peer.Ticket, "--size", "2000000").Succeeded();
        Assert.Contains("by relay " + peer.Relay!.ListenUrl, result.Output);
        Assert.Contains("1 x 2000000 bytes", result.Output);
    }

    [Fact]
    public void An_id_is_enough_where_the_relay_is_given()
    {
        using EchoPeer peer = EchoPeer.Relayed();
        CliResult.Of("echo", peer.ShortTicket, "--relay", peer.Relay!.ListenUrl).Succeeded();
        CliResult.Of("echo", peer.Endpoint.Id.ToString(), "--relay", peer.Relay.ListenUrl).Succeeded();
        JsonObject json = CliResult.Of("echo", peer.ShortTicket, "--json").Failed("No addressing information", "relay").Json();
        Assert.Equal("no-address", (string)json["error"]!);
    }

    [Fact]
    public void Pings_are_counted_and_summed_up()
    {
        using EchoPeer peer = EchoPeer.Relayed();
        CliResult result = CliResult.Of("ping", peer.Ticket, "--count", "3", "--interval", "0").Succeeded();
        Assert.Contains("connected to " + peer.Endpoint.Id.ToShortString() + " by relay", result.Output);
        Assert.Contains("ping 3, ", result.Output);
        Assert.Contains("3 round trips: min ", result.Output);
        JsonObject json = CliResult.Of("ping", peer.Ticket, "--count", "5", "--interval", "0", "--json").Succeeded().Json();
        Assert.Equal(["ok", "remote", "path", "count", "connectMs", "pingMs"], [.. System.Linq.Enumerable.Select(json, p => p.Key)]);
        Assert.Equal(5, (int)json["count"]!);
    }

    [Fact]
    public void A_relay_with_a_token_lets_in_who_has_it_and_tells_who_has_not()
    {
        using EchoPeer peer = EchoPeer.Relayed("sesame");
        CliResult.Of("echo", peer.Ticket, "--relay-token", "sesame").Succeeded();
        JsonObject json = CliResult.OfExpiring("not authorized", "echo", peer.Ticket, "--json").Failed("not authorized").Json();
        Assert.Equal("relay-denied", (string)json["error"]!);
        CliResult.OfExpiring("not authorized", "ping", peer.Ticket, "--relay-token", "wrong").Failed("not authorized");
    }

    [Fact]
    public void A_relay_that_is_not_there_is_told()
    {
        // Bound, so that nobody else gets the port, but not listening.
        using Socket closed = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        closed.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        int port = ((IPEndPoint)closed.LocalEndPoint!).Port;
        using EchoPeer peer = EchoPeer.Direct();
        EndpointAddr addr = new(peer.Endpoint.Id);
        Assert.True(RelayUrl.TryParse("http://127.0.0.1:" + port, out RelayUrl relay, out _));
        addr.AddRelay(relay);
        string words = "cannot reach 127.0.0.1 port " + port;
        JsonObject json = CliResult.OfExpiring(words, "echo", EndpointTicket.Encode(addr), "--json").Failed(words, "Is a server running there").Json();
        Assert.Equal("relay-unreachable", (string)json["error"]!);
        CliResult.Of("echo", EndpointTicket.Encode(addr), "--direct").Failed("leave out --direct");
    }

    [Fact]
    public void A_wrong_protocol_a_wrong_id_and_silence_are_told_apart()
    {
        using EchoPeer peer = EchoPeer.Direct();
        Assert.Equal("unknown-alpn", (string)CliResult.Of("echo", peer.Ticket, "--alpn", "no/such", "--json").Failed("'no/such'").Json()["error"]!);
        using EchoPeer other = EchoPeer.Direct();
        EndpointAddr wrong = new(other.Endpoint.Id);
        wrong.Add(peer.Endpoint.Addr.Get(0));
        Assert.Equal("wrong-identity", (string)CliResult.Of("ping", EndpointTicket.Encode(wrong), "--json").Failed("could not prove").Json()["error"]!);
        using UdpClient silence = new(new IPEndPoint(IPAddress.Loopback, 0));
        EndpointAddr gone = new(other.Endpoint.Id);
        gone.AddIp([127, 0, 0, 1], ((IPEndPoint)silence.Client.LocalEndPoint!).Port);
        JsonObject timeout = CliResult.Of("ping", EndpointTicket.Encode(gone), "--timeout", "0.2", "--json").Failed("no answer within 200 ms", "Is it running").Json();
        Assert.Equal("timeout", (string)timeout["error"]!);
        CliResult.OfExpiring("timed out", "echo", peer.Ticket, "--alpn", "silent/0").Failed("timed out");
    }

    [Fact]
    public void What_comes_back_changed_is_an_error()
    {
        using EchoPeer peer = EchoPeer.Direct();
        Assert.Equal("echo-differs", (string)CliResult.Of("echo", peer.Ticket, "--alpn", "wrong/0", "--json").Failed("differs").Json()["error"]!);
        CliResult.Of("ping", peer.Ticket, "--alpn", "wrong/0").Failed("differs");
    }

    [Fact]
    public void One_secret_file_gives_one_identity_to_the_peer()
    {
        using EchoPeer peer = EchoPeer.Direct();
        string path = System.IO.Path.GetTempFileName();
        System.IO.File.Delete(path);
        try
        {
            CliResult.Of("echo", peer.Ticket, "--secret-file", path).Succeeded();
            CliResult.Of("echo", peer.Ticket, "--secret-file", path).Succeeded();
            Assert.Equal(2, peer.Endpoint.Statistics.Accepted);
        }
        finally
        {
            System.IO.File.Delete(path);
        }
    }
}
