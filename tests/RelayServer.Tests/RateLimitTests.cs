using System;
using System.Threading.Tasks;
using Xunit;

namespace IrohLite.RelayServer.Tests;

public class RateLimitTests
{
    [Fact]
    public void The_burst_is_free_and_then_the_debt_is_waited_off_in_steps_of_100_ms()
    {
        TokenBucket bucket = new(bytesPerSecond: 10_000, burstBytes: null, nowMs: 0);
        Assert.Equal(0, bucket.Take(600, 0));
        Assert.Equal(0, bucket.Take(400, 0));
        Assert.Equal(100, bucket.Take(1, 0));
        Assert.Equal(0, bucket.Take(999, 100));
        Assert.Equal(500, bucket.Take(5000, 100));
        Assert.Equal(10, bucket.Take(0, 590));
        Assert.Equal(0, bucket.Take(0, 600));
    }

    [Fact]
    public void Silence_refills_up_to_the_burst_and_no_further()
    {
        TokenBucket bucket = new(bytesPerSecond: 10_000, burstBytes: 3_000, nowMs: 0);
        Assert.Equal(0, bucket.Take(3000, 0));
        Assert.Equal(0, bucket.Take(3000, 100_000));
        Assert.Equal(100, bucket.Take(1, 100_000));
    }

    [Fact]
    public void Over_an_hour_the_rate_is_kept()
    {
        TokenBucket bucket = new(bytesPerSecond: 12_345, burstBytes: null, nowMs: 0);
        long nowMs = 0;
        long bytes = 0;
        while (nowMs < 3_600_000)
        {
            bytes += 1500;
            nowMs += bucket.Take(1500, nowMs);
        }

        Assert.InRange(bytes, 3600L * 12_345, 3600L * 12_345 + 1234 + 2 * 1500);
    }

    [Fact]
    public async Task A_client_that_is_not_read_from_for_long_is_not_taken_for_dead()
    {
        ManualTime time = new();
        await using RelayHost relay = await RelayHost.StartAsync(new RelayHostOptions { Time = time, BytesPerSecond = 20 });
        await using RawClient fast = await RawClient.OnlineAsync(relay, 1);
        await fast.SendToAsync(fast, new byte[1000]);

        // The handshake counts as well: there is a first pause after it, and the long one after the datagram. The other timer is the handshake's.
        Assert.StartsWith("06", await WhilePausesEnd(time, fast.ReadAsync()));
        await Patience.Until(() => RawClient.Metric(relay, "rate_limit_pauses_total") == 2 && time.WaitingOnce == 2, "the client is not read from");
        time.AdvanceSeconds(45);
        Assert.Equal(0, RawClient.Metric(relay, "ping_timeouts_total"));
        Assert.Equal(1, RawClient.Metric(relay, "sessions_open"));
        await fast.SendAsync("090102030405060708");
        Assert.Equal("0a0102030405060708", await WhilePausesEnd(time, fast.ReadAsync()));
    }

    [Fact]
    public async Task Over_the_limit_the_relay_stops_reading_and_loses_nothing()
    {
        ManualTime time = new();
        await using RelayHost relay = await RelayHost.StartAsync(new RelayHostOptions { Time = time, BytesPerSecond = 20_000, BurstBytes = 2_000 });
        await using RawClient fast = await RawClient.OnlineAsync(relay, 1);
        await using RawClient receiver = await RawClient.OnlineAsync(relay, 2);
        await fast.SendToAsync(receiver, new byte[2500]);
        Assert.Equal(2 * (34 + 2500), (await receiver.ReadAsync()).Length);
        await Patience.Until(() => RawClient.Metric(relay, "rate_limit_pauses_total") == 1, "the sender is not read from");

        const int Frames = 20;
        for (int i = 0; i < Frames; i++) await fast.SendToAsync(receiver, [(byte)i, .. new byte[999]]);
        Assert.Empty(await receiver.ReadPendingAsync());
        Assert.Equal(1, RawClient.Metric(relay, "frames_forwarded_total"));

        // The relay reads again as time passes, and all of it arrives in order.
        for (int i = 0; i < Frames; i++)
        {
            string message = await WhilePausesEnd(time, receiver.ReadAsync());
            Assert.Equal(i.ToString("x2"), message.Substring(2 * 34, 2));
        }
    }

    // Time moves only while the relay waits off a debt, to the end of that: however long the rest takes, nobody is taken for dead.
    private static async Task<string> WhilePausesEnd(ManualTime time, Task<string> read)
    {
        while (await Task.WhenAny(read, Task.Delay(5)) != read) time.AdvanceToNext(withinSeconds: 10);
        return await read;
    }
}
