using Xunit;

namespace IrohLite.LongRuns.Memory;

/// <summary>Nothing stays behind; the full numbers are a command.</summary>
public class MemoryTests
{
    [Fact]
    public void Connections_one_after_another_leave_nothing()
    {
        LiveBytes live = MemoryRuns.Connections(3000);
        Assert.True(live.IsFlat, live.ToString());
        Assert.Equal(26, live.Points);
    }

    [Fact]
    public void Readings_leave_nothing()
    {
        LiveBytes live = MemoryRuns.Readings(50_000);
        Assert.True(live.IsFlat, live.ToString());
        Assert.Equal(26, live.Points);
    }

    [Fact]
    public void A_line_that_rises_is_seen()
    {
        System.Collections.Generic.List<byte[]> kept = new();
        LiveBytes live = new();
        for (int i = 0; i < 20; i++)
        {
            for (int k = 0; k < 10; k++) kept.Add(new byte[40]);
            live.Sample(10 * i);
        }

        live.Fit();
        Assert.False(live.IsFlat, live.ToString());
        Assert.Equal(200, kept.Count);
    }
}
