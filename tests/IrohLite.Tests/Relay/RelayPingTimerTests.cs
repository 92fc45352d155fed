using System.Linq;
using IrohLite.Relay;
using Xunit;

namespace IrohLite.Tests.Relay;

public class RelayPingTimerTests
{
    private static byte[] Payload(RelayPingTimer timer) => timer.Payload.ToArray();

    [Theory]
    [InlineData(0, 500)]
    [InlineData(100, 500)]
    [InlineData(400, 1200)]
    [InlineData(3000, 5000)]
    public void The_wait_for_the_second_pong_is_three_round_trips_between_half_a_second_and_five(long rttMs, long expectedMs)
    {
        RelayPingTimer timer = new();
        timer.BeginPing(new CountingRandom(), 1000);
        Assert.Equal(6000, timer.NextDeadlineMs);
        timer.OnPong(Payload(timer), 0, 1000 + rttMs);
        Assert.Equal(rttMs, timer.RttMs);
        Assert.Equal(expectedMs, timer.TimeoutMs);

        timer.BeginPing(new CountingRandom(), 20000);
        Assert.False(timer.IsTimedOut(20000 + expectedMs - 1));
        Assert.True(timer.IsTimedOut(20000 + expectedMs));
    }

    [Fact]
    public void A_ping_is_due_after_15_s_of_silence_and_every_message_restarts_the_silence()
    {
        RelayPingTimer timer = new();
        timer.BeginPing(new CountingRandom(), 0);
        timer.OnPong(Payload(timer), 0, 50);
        timer.OnReceived(50);
        Assert.Equal(15050, timer.NextDeadlineMs);
        timer.OnReceived(9000);
        Assert.False(timer.IsPingDue(23999));
        Assert.True(timer.IsPingDue(24000));
    }

    [Fact]
    public void A_pong_with_other_bytes_or_without_a_ping_changes_nothing()
    {
        RelayPingTimer timer = new();
        timer.OnPong(new byte[8], 0, 5);
        Assert.False(timer.SawPong);
        timer.BeginPing(new CountingRandom(), 10);
        byte[] wrong = Payload(timer);
        wrong[7]++;
        timer.OnPong(wrong, 0, 20);
        Assert.False(timer.SawPong);
        Assert.Equal(-1, timer.RttMs);
        Assert.True(timer.IsTimedOut(5010));
        timer.OnPong(Payload(timer), 0, 30);
        Assert.True(timer.SawPong);
        Assert.False(timer.IsTimedOut(5010));
    }

    [Fact]
    public void While_a_ping_is_under_way_no_second_one_is_due()
    {
        RelayPingTimer timer = new();
        timer.BeginPing(new CountingRandom(), 0);
        Assert.False(timer.IsPingDue(15000));
        Assert.Equal(5000, timer.NextDeadlineMs);
    }
}
