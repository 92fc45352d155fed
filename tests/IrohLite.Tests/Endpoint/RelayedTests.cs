using System;
using System.Linq;
using System.Text;
using System.Threading;
using IrohLite.Identity;
using IrohLite.Protocols;
using Xunit;

namespace IrohLite.Tests.Endpoint;

/// <summary>Two endpoints that meet at a relay.</summary>
public class RelayedTests
{
    private static readonly byte[] s_hello = Encoding.UTF8.GetBytes("Hello, world!");

    [Fact]
    public void An_echo_comes_back_through_the_relay()
    {
        MemoryRelay relay = new();
        using TestEndpoints net = new();
        IrohEndpoint server = net.BindRelayed(1, relay), client = net.BindRelayed(2, relay);
        TestEndpoints.ServeEcho(server);
        Assert.True(server.WaitOnline(TestEndpoints.LongMs));
        Assert.Equal("online at http://relay.test/", server.RelayStatus);
        Assert.Equal("http://relay.test/", server.Addr.FirstRelay().ToString());
        IrohConnection connection = client.Connect(server.Addr, EchoProtocol.Alpn, TestEndpoints.LongMs);
        Assert.Equal("relay http://relay.test/ to " + server.Id.ToShortString(), connection.PathText);
        Assert.Equal(s_hello, TestEndpoints.Echo(connection, s_hello));
        byte[] payload = TestEndpoints.Bytes(300000, 9);
        Assert.Equal(payload, TestEndpoints.Echo(connection, payload));
        Assert.True(relay.Forwarded > 0);
    }

    [Fact]
    public void A_dialer_opens_a_session_to_the_relay_of_the_ticket_and_keeps_its_token_from_it()
    {
        MemoryRelay relay = new();
        using TestEndpoints net = new();
        IrohEndpoint server = net.BindRelayed(1, relay, "http://theirs.test/");
        EndpointOptions options = TestEndpoints.Options(2, false, relay, "http://ours.test/");
        options.RelayToken = "sesame";
        IrohEndpoint client = net.Bind(options);
        TestEndpoints.ServeEcho(server);
        Assert.True(server.WaitOnline(TestEndpoints.LongMs) && client.WaitOnline(TestEndpoints.LongMs));
        IrohConnection connection = client.Connect(server.Addr, EchoProtocol.Alpn, TestEndpoints.LongMs);
        Assert.StartsWith("relay http://theirs.test/", connection.PathText);
        Assert.Equal(s_hello, TestEndpoints.Echo(connection, s_hello));
        string[] ours = relay.Requests.Where(r => r.StartsWith("ours.test", StringComparison.Ordinal)).ToArray();
        string[] theirs = relay.Requests.Where(r => r.StartsWith("theirs.test", StringComparison.Ordinal)).ToArray();
        Assert.Contains("Bearer sesame", Assert.Single(ours));
        Assert.Equal(2, theirs.Length);
        Assert.All(theirs, r => Assert.DoesNotContain("sesame", r));
    }

    [Fact]
    public void A_dial_that_starts_before_the_relay_is_there_arrives()
    {
        MemoryRelay relay = new();
        using TestEndpoints net = new();
        IrohEndpoint server = net.BindRelayed(1, relay);
        TestEndpoints.ServeEcho(server);
        Assert.True(server.WaitOnline(TestEndpoints.LongMs));
        EndpointOptions options = TestEndpoints.Options(2, false, relay, null);
        IrohEndpoint client = net.Bind(options);
        Assert.Equal("no relay configured", client.RelayStatus);
        Assert.True(client.WaitOnline(0));
        IrohConnection connection = client.Connect(server.Addr, EchoProtocol.Alpn, TestEndpoints.LongMs);
        Assert.Equal(s_hello, TestEndpoints.Echo(connection, s_hello));
    }

    [Fact]
    public void A_connection_survives_a_relay_that_goes_and_comes_back()
    {
        MemoryRelay relay = new();
        using TestEndpoints net = new();
        IrohEndpoint server = net.BindRelayed(1, relay), client = net.BindRelayed(2, relay);
        TestEndpoints.ServeEcho(server);
        Assert.True(server.WaitOnline(TestEndpoints.LongMs) && client.WaitOnline(TestEndpoints.LongMs));
        IrohConnection connection = client.Connect(server.Addr, EchoProtocol.Alpn, TestEndpoints.LongMs);
        Assert.Equal(s_hello, TestEndpoints.Echo(connection, s_hello));
        relay.IsDown = true;
        relay.Cut();
        TestEndpoints.Eventually(() => !server.IsOnline && !client.IsOnline, "both see the outage");
        Assert.Contains("connection refused", Retried(client));
        Assert.Equal(0, server.Addr.Count);
        relay.IsDown = false;
        Assert.Equal(s_hello, TestEndpoints.Echo(connection, s_hello));
        Assert.True(server.IsOnline && client.IsOnline);
        Assert.Equal(2, client.Statistics.RelayOnline);
    }

    [Fact]
    public void A_denial_is_kept_with_its_reason_and_asked_again()
    {
        MemoryRelay relay = new() { DenyReason = "not on the list" };
        using TestEndpoints net = new();
        IrohEndpoint endpoint = net.BindRelayed(1, relay);
        TestEndpoints.Eventually(() => endpoint.IsRelayDenied && endpoint.RelayStatus.Contains("next try in"), "the denial is seen");
        Assert.Contains("not on the list", endpoint.RelayStatus);
        Assert.False(endpoint.WaitOnline(0));
        relay.DenyReason = null;
        Assert.True(endpoint.WaitOnline(TestEndpoints.LongMs));
        Assert.False(endpoint.IsRelayDenied);
    }

    [Fact]
    public void Something_that_is_no_relay_is_told_by_its_answer()
    {
        MemoryRelay relay = new() { UpgradeAnswer = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n" };
        using TestEndpoints net = new();
        IrohEndpoint endpoint = net.BindRelayed(1, relay);
        TestEndpoints.Eventually(() => endpoint.RelayStatus.Contains("next try in"), "the failure is seen");
        Assert.Contains("404", endpoint.RelayStatus);
        Assert.False(endpoint.IsRelayDenied);
        TestEndpoints.Eventually(() => relay.Connects >= 2, "it is tried again");
    }

    [Theory]
    [InlineData(null, IrohError.RelayUnreachable, "connection refused")]
    [InlineData("no entry", IrohError.RelayDenied, "no entry")]
    public void A_dial_through_a_relay_that_does_not_let_us_in_says_so(string denial, int error, string words)
    {
        MemoryRelay relay = new();
        using TestEndpoints net = new();
        IrohEndpoint server = net.BindRelayed(1, relay);
        Assert.True(server.WaitOnline(TestEndpoints.LongMs));
        EndpointAddr addr = server.Addr;
        relay.IsDown = denial == null;
        relay.DenyReason = denial;
        IrohEndpoint client = net.Bind(TestEndpoints.Options(2, false, relay, null));
        IrohException failure = null;
        TestEndpoints.Eventually(
            () =>
            {
                failure = TestEndpoints.Fails(() => client.Connect(addr, EchoProtocol.Alpn, 300));
                return failure.Message.Contains(words);
            },
            "the relay's answer is told");
        Assert.Equal(error, failure.Error);
    }

    [Fact]
    public void A_peer_whose_identity_is_not_the_one_its_relay_names_is_dropped()
    {
        MemoryRelay relay = new();
        using TestEndpoints net = new();
        IrohEndpoint server = net.BindRelayed(1, relay), forger = net.BindRelayed(2, relay);
        server.SetAlpns(["a"]);
        Assert.True(server.WaitOnline(TestEndpoints.LongMs) && forger.WaitOnline(TestEndpoints.LongMs));
        relay.Forge("relay.test", forger.Id, net.Bind(3).Id);
        try
        {
            IrohConnection connection = forger.Connect(server.Addr, "a", TestEndpoints.LongMs);
            Assert.True(connection.WaitClosed(TestEndpoints.LongMs));
            Assert.Contains("identity", connection.CloseDescription);
        }
        catch (IrohException e)
        {
            Assert.Contains("identity", e.Message);
        }

        TestEndpoints.Eventually(() => server.Statistics.WrongRelayIdentity == 1, "the server has dropped it");
        Assert.Null(server.Accept(0));
    }

    [Fact]
    public void An_endpoint_with_both_ways_takes_the_first_that_answers()
    {
        MemoryRelay relay = new();
        using TestEndpoints net = new();
        IrohEndpoint server = net.Bind(TestEndpoints.Options(1, true, relay, "http://relay.test/"));
        IrohEndpoint client = net.Bind(TestEndpoints.Options(2, true, relay, "http://relay.test/"));
        TestEndpoints.ServeEcho(server);
        Assert.True(server.WaitOnline(TestEndpoints.LongMs) && client.WaitOnline(TestEndpoints.LongMs));
        EndpointAddr addr = server.Addr;
        Assert.Equal(2, addr.Count);
        IrohConnection connection = client.Connect(addr, EchoProtocol.Alpn, TestEndpoints.LongMs);
        Assert.Equal(s_hello, TestEndpoints.Echo(connection, s_hello));

        relay.IsDown = true;
        relay.Cut();
        IrohEndpoint direct = net.Bind(TestEndpoints.Options(3, true, relay, null));
        IrohConnection second = direct.Connect(addr, EchoProtocol.Alpn, TestEndpoints.LongMs);
        Assert.StartsWith("udp ", second.PathText);
        Assert.Equal(s_hello, TestEndpoints.Echo(second, s_hello));
    }

    [Fact]
    public void Dials_beyond_the_relay_limit_are_refused_with_the_limit()
    {
        MemoryRelay relay = new() { IsDown = true };
        using TestEndpoints net = new();
        IrohEndpoint client = net.Bind(TestEndpoints.Options(1, false, relay, null));
        EndpointId peer = net.Bind(2).Id;
        for (int i = 0; i < EndpointLimits.RelayLinks; i++)
        {
            EndpointAddr addr = At(peer, "http://r" + i + ".test/");
            TestEndpoints.Eventually(() => TestEndpoints.Fails(() => client.Connect(addr, "a", 20)).Error == IrohError.RelayUnreachable, "relay " + i + " is in use");
        }

        IrohException failure = TestEndpoints.Fails(() => client.Connect(At(peer, "http://more.test/"), "a", TestEndpoints.LongMs));
        Assert.Equal(IrohError.Busy, failure.Error);
        Assert.Contains("limit 4", failure.Message);
    }

    [Fact]
    public void A_token_that_cannot_stand_in_a_header_is_told_and_ends_nothing()
    {
        MemoryRelay relay = new();
        using TestEndpoints net = new();
        EndpointOptions options = TestEndpoints.Options(1, false, relay, "http://relay.test/");
        options.RelayToken = "two\r\nlines";
        Assert.Throws<InvalidOperationException>(() => net.Bind(options));
    }

    private static EndpointAddr At(EndpointId id, string url)
    {
        EndpointAddr addr = new(id);
        Assert.True(RelayUrl.TryParse(url, out RelayUrl relay, out _));
        addr.AddRelay(relay);
        return addr;
    }

    private static string Retried(IrohEndpoint endpoint)
    {
        TestEndpoints.Eventually(() => endpoint.RelayStatus.Contains("refused"), "the relay is tried again");
        return endpoint.RelayStatus;
    }
}
