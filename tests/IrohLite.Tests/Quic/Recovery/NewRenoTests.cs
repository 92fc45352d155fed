using IrohLite.Quic;
using Xunit;

namespace IrohLite.Tests.Quic.Recovery;

public class NewRenoTests
{
    [Fact]
    public void Slow_start_grows_by_what_is_acknowledged_when_the_window_was_used()
    {
        NewReno reno = new();
        for (int i = 0; i < 10; i++) reno.OnSent(1200);
        Assert.False(reno.CanSend(1));
        for (int i = 0; i < 4; i++) reno.OnAcked(1200, 0);
        Assert.Equal(12000 + 4 * 1200, reno.WindowBytes);
        Assert.Equal(7200, reno.InFlightBytes);

        // Now less than half of the window is in use: the application is the limit.
        reno.OnAcked(1200, 0);
        Assert.Equal(12000 + 4 * 1200, reno.WindowBytes);
    }

    [Fact]
    public void An_unused_window_does_not_grow()
    {
        NewReno reno = new();
        reno.OnSent(1200);
        reno.OnAcked(1200, 0);
        Assert.Equal(12000, reno.WindowBytes);
    }

    [Fact]
    public void Losses_of_one_round_trip_halve_once_and_then_one_packet_per_window_is_added()
    {
        NewReno reno = new();
        for (int i = 0; i < 10; i++) reno.OnSent(1200);
        reno.OnLost(1200, 10, 50);
        reno.OnLost(1200, 20, 50);
        Assert.Equal(6000, reno.WindowBytes);
        Assert.False(reno.InSlowStart);

        // Packets from before the loss do not grow it.
        reno.OnAcked(1200, 30);
        Assert.Equal(6000, reno.WindowBytes);
        for (int i = 0; i < 5; i++)
        {
            while (reno.CanSend(1200)) reno.OnSent(1200);
            reno.OnAcked(1200, 60);
        }

        Assert.Equal(7200, reno.WindowBytes);
        reno.OnLost(1200, 70, 90);
        Assert.Equal(3600, reno.WindowBytes);
    }

    [Fact]
    public void The_window_never_falls_below_two_packets()
    {
        NewReno reno = new();
        for (int i = 1; i < 10; i++)
        {
            reno.OnSent(1200);
            reno.OnLost(1200, i * 100, i * 100 + 50);
        }

        Assert.Equal(NewReno.MinimumWindowBytes, reno.WindowBytes);
        Assert.Equal(0, reno.InFlightBytes);
        Assert.True(reno.CanSend(1200));
    }

    [Fact]
    public void Persistent_congestion_starts_over_from_the_minimum()
    {
        NewReno reno = new();
        reno.OnSent(1200);
        reno.OnLost(1200, 10, 50);
        reno.OnPersistentCongestion();
        Assert.Equal(NewReno.MinimumWindowBytes, reno.WindowBytes);
        Assert.True(reno.InSlowStart);
    }
}
