using System;
using System.Threading.Tasks;
using Xunit;

namespace IrohLite.RelayServer.Tests;

/// <summary>Who hears that an id has left: everybody it had sent to and who is here, nobody else, and only when its last connection leaves.</summary>
public class EndpointGoneTests
{
    private static async Task LeaveAsync(RelayHost relay, RawClient client)
    {
        long before = RawClient.Metric(relay, "sessions_open");
        await client.DisposeAsync();
        await Patience.Until(() => RawClient.Metric(relay, "sessions_open") < before, "the session is over");
    }

    private static string Gone(RawClient client) => "08" + Convert.ToHexStringLower(client.Id);

    [Fact]
    public async Task Exactly_those_it_had_sent_to_are_told()
    {
        await using RelayHost relay = await StillRelay.StartAsync();
        RawClient leaving = await RawClient.OnlineAsync(relay, 1);
        await using RawClient receiver = await RawClient.OnlineAsync(relay, 2);
        await using RawClient sender = await RawClient.OnlineAsync(relay, 3);
        await using RawClient stranger = await RawClient.OnlineAsync(relay, 4);
        await using RawClient second = await RawClient.OnlineAsync(relay, 5);
        await leaving.SendToAsync(receiver, 1);
        await leaving.SendToAsync(receiver, 2);
        await leaving.SendToAsync(second, 3);
        await sender.SendToAsync(leaving, 4);
        Assert.EndsWith("0001", await receiver.ReadAsync());
        Assert.EndsWith("0002", await receiver.ReadAsync());
        Assert.EndsWith("0003", await second.ReadAsync());
        await leaving.ReadAsync();

        await LeaveAsync(relay, leaving);
        Assert.Equal([Gone(leaving)], await receiver.ReadPendingAsync());
        Assert.Equal([Gone(leaving)], await second.ReadPendingAsync());
        Assert.Empty(await sender.ReadPendingAsync());
        Assert.Empty(await stranger.ReadPendingAsync());
    }

    [Fact]
    public async Task Only_the_last_connection_of_an_id_is_told_and_its_older_ones_count_as_senders()
    {
        await using RelayHost relay = await StillRelay.StartAsync();
        await using RawClient peer = await RawClient.OnlineAsync(relay, 9);
        RawClient first = await RawClient.OnlineAsync(relay, 1);
        await first.SendToAsync(peer, 1);
        await peer.ReadAsync();
        RawClient second = await RawClient.OnlineAsync(relay, 1);
        await LeaveAsync(relay, first);
        Assert.Empty(await peer.ReadPendingAsync());
        await LeaveAsync(relay, second);
        Assert.Equal([Gone(first)], await peer.ReadPendingAsync());
    }

    [Fact]
    public async Task A_datagram_that_reached_nobody_tells_nobody_later()
    {
        await using RelayHost relay = await StillRelay.StartAsync();
        RawClient sender = await RawClient.OnlineAsync(relay, 1);
        RawClient absent = await RawClient.OnlineAsync(relay, 2);
        await LeaveAsync(relay, absent);
        await sender.SendToAsync(absent, 1);
        await sender.ReadPendingAsync();
        await using RawClient late = await RawClient.OnlineAsync(relay, 2);
        await LeaveAsync(relay, sender);
        Assert.Empty(await late.ReadPendingAsync());
    }

    [Fact]
    public async Task A_receiver_that_left_and_returned_is_told()
    {
        await using RelayHost relay = await StillRelay.StartAsync();
        RawClient sender = await RawClient.OnlineAsync(relay, 1);
        RawClient receiver = await RawClient.OnlineAsync(relay, 2);
        await sender.SendToAsync(receiver, 1);
        await receiver.ReadAsync();
        await LeaveAsync(relay, receiver);
        await using RawClient returned = await RawClient.OnlineAsync(relay, 2);
        await LeaveAsync(relay, sender);
        Assert.Equal([Gone(sender)], await returned.ReadPendingAsync());
    }

    [Fact]
    public async Task An_id_that_returned_starts_without_memory()
    {
        await using RelayHost relay = await StillRelay.StartAsync();
        await using RawClient peer = await RawClient.OnlineAsync(relay, 2);
        RawClient sender = await RawClient.OnlineAsync(relay, 1);
        await sender.SendToAsync(peer, 1);
        await peer.ReadAsync();
        await LeaveAsync(relay, sender);
        Assert.Equal([Gone(sender)], await peer.ReadPendingAsync());
        RawClient returned = await RawClient.OnlineAsync(relay, 1);
        await LeaveAsync(relay, returned);
        Assert.Empty(await peer.ReadPendingAsync());
    }
}
