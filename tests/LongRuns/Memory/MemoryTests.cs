using Xunit;

namespace IrohLite.LongRuns.Memory;

/// <summary>Nothing stays behind; the full numbers are a command.</summary>
public class MemoryTests
{
    // 12 bytes a connection: half of the smallest object there is.
    private const long NoiseBytes = 24_000;

    [Fact]
    public void Connections_one_after_another_leave_nothing()
    {
        AssertFlat(() => MemoryRuns.Connections(2000));
    }

    [Fact]
    public void Readings_leave_nothing()
    {
        AssertFlat(() => MemoryRuns.Readings(50_000));
    }

    [Fact]
    public void A_line_that_rises_is_seen()
    {
        System.Collections.Generic.List<byte[]> kept = new();
        LiveBytes live = new();
        for (int i = 0; i < 20; i++)
        {
            for (int k = 0; k < 10; k++) kept.Add(new byte[400]);
            live.Sample(10 * i);
        }

        live.Fit();
        Assert.False(live.IsFlatBut(NoiseBytes), live.ToString());
        Assert.Equal(200, kept.Count);
    }

    // What the test host makes late is a step that comes once; a leak is there every time.
    private static void AssertFlat(System.Func<LiveBytes> run)
    {
        LiveBytes live = run();
        for (int again = 0; again < 3 && !live.IsFlatBut(NoiseBytes); again++) live = run();
        Assert.True(live.IsFlatBut(NoiseBytes), live.ToString());
        Assert.Equal(26, live.Points);
    }
}
