using IrohLite.Quic;
using Xunit;

namespace IrohLite.Tests.Quic.Recovery;

public class RttEstimatorTests
{
    [Fact]
    public void Before_a_sample_the_probe_timeout_is_about_a_second()
    {
        RttEstimator rtt = new();
        Assert.False(rtt.HasSample);
        Assert.Equal(333, rtt.SmoothedMs);
        Assert.Equal(999, rtt.ProbeTimeoutMs());
    }

    [Fact]
    public void The_first_sample_is_taken_as_it_is()
    {
        RttEstimator rtt = new();
        rtt.Update(100, 20);
        Assert.Equal(100, rtt.SmoothedMs);
        Assert.Equal(300, rtt.ProbeTimeoutMs());
        Assert.Equal(100, rtt.MinMs);
    }

    [Fact]
    public void The_peers_delay_counts_only_where_the_rest_stays_above_the_minimum()
    {
        RttEstimator rtt = new();
        rtt.Update(80, 0);
        rtt.Update(100, 15);

        // 7/8 * 80 + 1/8 * 85
        Assert.Equal(80, rtt.SmoothedMs);
        rtt = new RttEstimator();
        rtt.Update(80, 0);
        rtt.Update(90, 15);

        // 90 - 15 would be below 80: 7/8 * 80 + 1/8 * 90
        Assert.Equal(81, rtt.SmoothedMs);
    }

    [Fact]
    public void A_steady_path_converges_and_keeps_the_granularity()
    {
        RttEstimator rtt = new();
        for (int i = 0; i < 60; i++) rtt.Update(40, 0);
        Assert.Equal(40, rtt.SmoothedMs);
        Assert.Equal(40 + RttEstimator.GranularityMs, rtt.ProbeTimeoutMs());
        Assert.Equal(45, rtt.LossDelayMs());
    }

    [Fact]
    public void A_reset_forgets_the_path()
    {
        RttEstimator rtt = new();
        rtt.Update(5, 0);
        rtt.Reset();
        Assert.False(rtt.HasSample);
        Assert.Equal(999, rtt.ProbeTimeoutMs());
    }
}
