using System;
using System.Threading;
using IrohLite.Identity;
using IrohLite.Protocols;
using Xunit;

namespace IrohLite.Tests.Endpoint;

/// <summary>Dials that cannot succeed, and what they say.</summary>
public class DialFailureTests
{
    [Fact]
    public void A_dial_of_oneself_is_refused()
    {
        using TestEndpoints net = new();
        IrohEndpoint endpoint = net.Bind(1);
        Assert.Equal(IrohError.SelfDial, TestEndpoints.Fails(() => endpoint.Connect(endpoint.Addr, "a", TestEndpoints.LongMs)).Error);
    }

    [Fact]
    public void An_id_alone_fails_at_once_without_a_lookup()
    {
        using TestEndpoints net = new();
        IrohEndpoint client = net.Bind(1), other = net.Bind(2);
        IrohException failure = TestEndpoints.Fails(() => client.Connect(new EndpointAddr(other.Id), "a", Timeout.Infinite));
        Assert.Equal(IrohError.NoAddress, failure.Error);
        Assert.StartsWith("No addressing information", failure.Message);
    }

    [Fact]
    public void A_relay_address_is_of_no_use_to_an_endpoint_without_a_connector()
    {
        using TestEndpoints net = new();
        IrohEndpoint client = net.Bind(1), other = net.Bind(2);
        EndpointAddr addr = new(other.Id);
        Assert.True(RelayUrl.TryParse("http://relay.test/", out RelayUrl url, out _));
        addr.AddRelay(url);
        IrohException failure = TestEndpoints.Fails(() => client.Connect(addr, "a", Timeout.Infinite));
        Assert.Equal(IrohError.NoAddress, failure.Error);
        Assert.Contains("cannot use relays", failure.Message);
    }

    [Fact]
    public void A_protocol_nobody_serves_is_named_in_the_error()
    {
        using TestEndpoints net = new();
        IrohEndpoint server = net.Bind(1), client = net.Bind(2);
        TestEndpoints.ServeEcho(server);
        IrohException failure = TestEndpoints.Fails(() => client.Connect(server.Addr, "no/such/1", TestEndpoints.LongMs));
        Assert.Equal(IrohError.UnknownAlpn, failure.Error);
        Assert.Contains("'no/such/1'", failure.Message);
    }

    [Fact]
    public void Another_endpoint_at_the_address_is_not_taken_for_the_one_dialed()
    {
        using TestEndpoints net = new();
        IrohEndpoint server = net.Bind(1), client = net.Bind(2), third = net.Bind(3);
        TestEndpoints.ServeEcho(server);
        EndpointAddr wrong = new(third.Id);
        wrong.Add(server.Addr.Get(0));
        IrohException failure = TestEndpoints.Fails(() => client.Connect(wrong, EchoProtocol.Alpn, TestEndpoints.LongMs));
        Assert.Equal(IrohError.WrongIdentity, failure.Error);
        Assert.Equal(0, client.Statistics.Dialed);
    }

    [Fact]
    public void An_endpoint_without_protocols_accepts_nothing()
    {
        using TestEndpoints net = new();
        IrohEndpoint server = net.Bind(1), client = net.Bind(2);
        TestEndpoints.Eventually(
            () =>
            {
                Assert.Equal(IrohError.Timeout, TestEndpoints.Fails(() => client.Connect(server.Addr, "a", 100)).Error);
                return server.Statistics.Drops.Contains("not accepting");
            },
            "the server has seen a dial");
        Assert.Equal(0, server.Statistics.Connections);
    }

    [Fact]
    public void A_dial_without_an_answer_times_out_and_says_where_it_tried()
    {
        using TestEndpoints net = new();
        IrohEndpoint client = net.Bind(1);
        EndpointAddr addr = net.Silence(2);
        IrohException failure = TestEndpoints.Fails(() => client.Connect(addr, "a", 100));
        Assert.Equal(IrohError.Timeout, failure.Error);
        Assert.Contains(addr.Get(0).ToString(), failure.Message);
        TestEndpoints.Eventually(() => client.Statistics.Connections == 0, "the given-up dial is forgotten");
    }

    [Fact]
    public void Options_that_cannot_work_are_refused_when_binding()
    {
        Assert.Throws<InvalidOperationException>(() => IrohEndpoint.Bind(new EndpointOptions()));
        Assert.Throws<InvalidOperationException>(() => IrohEndpoint.Bind(TestEndpoints.Options(1, false, null, null)));
        Assert.Throws<InvalidOperationException>(() => IrohEndpoint.Bind(TestEndpoints.Options(1, false, null, "http://relay.test/")));
    }
}
