using System.Collections.Generic;
using Xunit;

namespace IrohLite.LongRuns.Degraded;

/// <summary>iroh's ladder of bad links, the two it skips included, with either side behind the bad link.</summary>
public class DegradeTests
{
    // 9 levels, 2 sides, 100 seeds.
    private const int Runs = 1800;

    [Fact]
    public void Every_level_on_either_side_connects_echoes_64_KiB_and_closes_a_hundred_times() => RunAll(LossPattern.Single);

    [Fact]
    public void Fades_of_the_radio_are_sat_out_on_every_level() => RunAll(LossPattern.Fades);

    [Fact]
    public void Bursts_that_only_sending_ends_are_got_through_with_a_longer_idle_timeout() => RunAll(LossPattern.BurstsPatient);

    private static void RunAll(LossPattern pattern)
    {
        List<string> lines = new();
        int failed = DegradeRun.RunAll(100, pattern, lines.Add);
        Assert.True(failed == 0, failed + " of " + Runs + "\n" + string.Join("\n", lines));
        Assert.Equal(Runs / 100, lines.Count);
    }
}
