using System;
using System.Threading.Tasks;
using Xunit;

namespace IrohLite.RelayServer.Tests;

public class PingTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void A_ping_follows_15_s_and_the_drawn_seconds_after_the_last_message(int drawn)
    {
        PingSchedule pings = new(() => drawn);
        pings.OnReceived(1000);
        pings.OnReceived(3000);
        long due = 3000 + 15000 + 1000 * drawn;
        Assert.Equal(PingSchedule.Step.Wait, pings.OnTick(due - 1));
        Assert.Equal(PingSchedule.Step.SendPing, pings.OnTick(due));
        Assert.Equal(PingSchedule.Step.Wait, pings.OnTick(due + 4999));
        Assert.Equal(PingSchedule.Step.GiveUp, pings.OnTick(due + 5000));
        Assert.Equal(PingSchedule.Step.Wait, pings.OnTick(due + 50000));
    }

    [Fact]
    public void Only_the_right_pong_saves_a_client_other_messages_do_not()
    {
        PingSchedule pings = new(() => 1);
        pings.OnReceived(0);
        Assert.Equal(PingSchedule.Step.SendPing, pings.OnTick(16000));
        pings.Payload[0] = 7;
        pings.OnReceived(17000);
        pings.OnPong(new byte[8]);
        pings.OnPong(new byte[] { 7, 0, 0 });
        pings.OnPong(pings.Payload);
        Assert.Equal(PingSchedule.Step.Wait, pings.OnTick(32999));
        Assert.Equal(PingSchedule.Step.SendPing, pings.OnTick(33000));
        pings.OnReceived(34000);
        pings.OnPong(new byte[8]);
        Assert.Equal(PingSchedule.Step.GiveUp, pings.OnTick(38000));
    }

    [Fact]
    public void Who_is_not_read_from_is_not_given_up_for_that()
    {
        PingSchedule pings = new(() => 1);
        pings.OnReceived(0);
        Assert.Equal(PingSchedule.Step.SendPing, pings.OnTick(16000));
        pings.OnReadingPaused(20000);
        Assert.Equal(PingSchedule.Step.Wait, pings.OnTick(24999));
        Assert.Equal(PingSchedule.Step.GiveUp, pings.OnTick(25000));
    }

    [Fact]
    public async Task A_silent_client_is_pinged_between_16_and_20_s_and_closed_5_s_later()
    {
        ManualTime time = new();
        await using RelayHost relay = await RelayHost.StartAsync(new RelayHostOptions { Time = time });
        await using RawClient client = await RawClient.OnlineAsync(relay, 1);
        time.AdvanceSeconds(15.7);
        Assert.Empty(await client.ReadPendingAsync());
        time.AdvanceSeconds(20.3);
        string ping = await client.ReadAsync();
        Assert.Matches("^09[0-9a-f]{16}$", ping);
        time.AdvanceSeconds(5.3);
        Assert.Equal("end", await client.ReadAsync());
        Assert.Equal(1, RawClient.Metric(relay, "ping_timeouts_total"));
        await Patience.Until(() => RawClient.Metric(relay, "sessions_open") == 0, "the session is over");
    }

    [Fact]
    public async Task A_client_that_answers_stays_an_inactive_one_too()
    {
        ManualTime time = new();
        await using RelayHost relay = await RelayHost.StartAsync(new RelayHostOptions { Time = time });
        await using RawClient older = await RawClient.OnlineAsync(relay, 1);
        await using RawClient newer = await RawClient.OnlineAsync(relay, 1);
        Assert.Equal("0d01", await older.ReadAsync());
        for (int round = 0; round < 3; round++)
        {
            time.AdvanceSeconds(20.3);
            foreach (RawClient client in new[] { older, newer })
            {
                string ping = await client.ReadAsync();
                Assert.StartsWith("09", ping);
                await client.SendAsync("0a" + ping[2..]);
                Assert.Empty(await client.ReadPendingAsync());
            }
        }

        Assert.Equal(2, RawClient.Metric(relay, "sessions_open"));
        Assert.Equal(0, RawClient.Metric(relay, "ping_timeouts_total"));
    }
}
