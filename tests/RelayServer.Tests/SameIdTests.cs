using System;
using System.Text;
using System.Threading.Tasks;
using IrohLite.Relay;
using Xunit;

namespace IrohLite.RelayServer.Tests;

/// <summary>Several connections with one id: the newest gets the datagrams, the others stay.</summary>
public class SameIdTests
{
    private const string V1 = "iroh-relay-v1";

    private static async Task LeaveAsync(RelayHost relay, RawClient client)
    {
        long before = RawClient.Metric(relay, "sessions_open");
        await client.DisposeAsync();
        await Patience.Until(() => RawClient.Metric(relay, "sessions_open") < before, "the session is over");
    }

    [Fact]
    public async Task The_older_connection_is_told_and_gets_nothing_more_but_may_send_and_is_answered()
    {
        await using RelayHost relay = await StillRelay.StartAsync();
        await using RawClient peer = await RawClient.OnlineAsync(relay, 9);
        await using RawClient older = await RawClient.OnlineAsync(relay, 1);
        await using RawClient newer = await RawClient.OnlineAsync(relay, 1);
        Assert.Equal("0d01", await older.ReadAsync());
        await peer.SendToAsync(older, 5);
        Assert.EndsWith("0005", await newer.ReadAsync());
        await older.SendToAsync(peer, 6);
        Assert.Equal("06" + Convert.ToHexStringLower(older.Id) + "0006", await peer.ReadAsync());
        Assert.Empty(await older.ReadPendingAsync());
        Assert.Empty(await newer.ReadPendingAsync());
        Assert.Equal(2, RawClient.Metric(relay, "endpoints_online"));
        Assert.Equal(3, RawClient.Metric(relay, "sessions_open"));
    }

    [Fact]
    public async Task When_the_active_one_leaves_the_most_recent_older_one_follows_and_is_told()
    {
        await using RelayHost relay = await StillRelay.StartAsync();
        await using RawClient peer = await RawClient.OnlineAsync(relay, 9);
        await using RawClient first = await RawClient.OnlineAsync(relay, 1);
        await using RawClient second = await RawClient.OnlineAsync(relay, 1);
        await using RawClient third = await RawClient.OnlineAsync(relay, 1);
        Assert.Equal("0d01", await first.ReadAsync());
        Assert.Equal("0d01", await second.ReadAsync());

        await LeaveAsync(relay, third);
        Assert.Equal("0d00", await second.ReadAsync());
        Assert.Empty(await first.ReadPendingAsync());
        await peer.SendToAsync(first, 1);
        Assert.EndsWith("0001", await second.ReadAsync());

        await LeaveAsync(relay, second);
        Assert.Equal("0d00", await first.ReadAsync());
        await peer.SendToAsync(first, 2);
        Assert.EndsWith("0002", await first.ReadAsync());
    }

    [Fact]
    public async Task When_an_inactive_one_leaves_nobody_is_told()
    {
        await using RelayHost relay = await StillRelay.StartAsync();
        await using RawClient peer = await RawClient.OnlineAsync(relay, 9);
        await using RawClient first = await RawClient.OnlineAsync(relay, 1);
        await first.SendToAsync(peer, 1);
        await peer.ReadAsync();
        await using RawClient second = await RawClient.OnlineAsync(relay, 1);
        await LeaveAsync(relay, first);
        Assert.Empty(await second.ReadPendingAsync());
        Assert.Empty(await peer.ReadPendingAsync());
    }

    [Fact]
    public async Task A_version_1_client_is_told_in_words_and_hears_nothing_of_its_return()
    {
        await using RelayHost relay = await StillRelay.StartAsync();
        await using RawClient older = await RawClient.OnlineAsync(relay, 1, RawClient.Request(V1));
        RawClient newer = await RawClient.OnlineAsync(relay, 1);
        string recorded = "Another endpoint connected with the same endpoint id. No more messages will be received.";
        Assert.Equal("0b" + Convert.ToHexStringLower(Encoding.ASCII.GetBytes(recorded)), await older.ReadAsync());
        await LeaveAsync(relay, newer);
        Assert.Empty(await older.ReadPendingAsync());
        await older.SendToAsync(older, 3);
        Assert.EndsWith("0003", await older.ReadAsync());
    }

    [Fact]
    public async Task An_unknown_status_never_reaches_a_version_1_client_nor_health_a_version_2_client()
    {
        // The frame types are the whole difference of the versions.
        Assert.Equal((0x0B, 0x0D), (RelayFrameType.Health, RelayFrameType.Status));
        await using RelayHost relay = await StillRelay.StartAsync();
        await using RawClient one = await RawClient.OnlineAsync(relay, 1, RawClient.Request(V1));
        await using RawClient two = await RawClient.OnlineAsync(relay, 1, RawClient.Request("iroh-relay-v2"));
        await using RawClient three = await RawClient.OnlineAsync(relay, 1, RawClient.Request(V1));
        Assert.StartsWith("0b", Assert.Single(await one.ReadPendingAsync()));
        Assert.Equal("0d01", Assert.Single(await two.ReadPendingAsync()));
        Assert.Empty(await three.ReadPendingAsync());
    }
}
