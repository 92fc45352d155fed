using System;
using Xunit;

namespace IrohLite.LongRuns.Endurance;

/// <summary>A virtual week of the firmware in some seconds.</summary>
public class WeekTests
{
    // The runtime's own objects (the thread pool, compiled methods) move by this much; a leak of the smallest object a reading would be 7 MB.
    public const long NoiseBytes = 96 * 1024;

    [Fact]
    public void A_week_of_trouble_ends_with_the_memory_of_its_first_hour()
    {
        Week warmUp = new(99);
        warmUp.Run(4 * Week.HourMs);
        Week week = new(1);
        week.Run(7 * 24 * Week.HourMs);
        Assert.True(week.Causes > 200 && week.Visits > 500 && week.Reboots > 0, week.ToString());
        Assert.InRange(week.LongestRecoveryMs, 1, Week.RecoveryMs);
        Assert.True(Math.Abs(week.LiveAtEnd - week.LiveAfterFirstHour) < NoiseBytes, week.ToString());
    }
}
