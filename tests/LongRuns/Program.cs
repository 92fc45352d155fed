using System;
using System.Globalization;
using IrohLite.LongRuns.Degraded;
using IrohLite.LongRuns.Endurance;
using IrohLite.LongRuns.Flood;
using IrohLite.LongRuns.Fuzzing;
using IrohLite.LongRuns.Memory;

namespace IrohLite.LongRuns;

/// <summary>One long run by name, in full: exit code 0 when everything held.</summary>
internal static class Program
{
    private const string Usage = "usage: dotnet run -c Release --project tests/LongRuns -- degrade [seeds] | fuzz [executions] [seed] | connections [count] | readings [count] | week [seeds] | flood [rounds]";

    private static int Main(string[] args)
    {
        long count = args.Length > 1 ? long.Parse(args[1], CultureInfo.InvariantCulture) : 0;
        switch (args.Length > 0 ? args[0] : "")
        {
            case "degrade":
                int failed = 0;
                foreach (LossPattern pattern in Enum.GetValues<LossPattern>())
                {
                    // Bursts counted in datagrams outlast 30 s of silence on the worst levels: measured, not demanded.
                    int bad = DegradeRun.RunAll(count == 0 ? 100 : (int)count, pattern, Console.WriteLine);
                    if (pattern != LossPattern.Bursts) failed += bad;
                }

                return failed == 0 ? 0 : 1;
            case "fuzz":
                Fuzzer.RunRegressions();
                Fuzzer fuzzer = new(args.Length > 2 ? ulong.Parse(args[2], CultureInfo.InvariantCulture) : FuzzTests.Seed, Console.WriteLine);
                fuzzer.Run(count == 0 ? 10_000_000 : count);
                return fuzzer.Failures.Count == 0 ? 0 : 1;
            case "connections":
                return Report(MemoryRuns.Connections(count == 0 ? 100_000 : count));
            case "readings":
                return Report(MemoryRuns.Readings(count == 0 ? 1_000_000 : count));
            case "week":
                new Week(99).Run(4 * Week.HourMs);
                bool isSame = true;
                for (ulong seed = 1; seed <= (ulong)(count == 0 ? 5 : count); seed++)
                {
                    Week week = new(seed);
                    week.Run(7 * 24 * Week.HourMs);
                    Console.WriteLine(week);
                    isSame &= Math.Abs(week.LiveAtEnd - week.LiveAfterFirstHour) < WeekTests.NoiseBytes;
                }

                return isSame ? 0 : 1;
            case "flood":
                return FloodRun.Run(count == 0 ? 7 : (int)count, Console.WriteLine) >= 0.85 ? 0 : 1;
            default:
                Console.Error.WriteLine(Usage);
                return 2;
        }
    }

    private static int Report(LiveBytes live)
    {
        Console.WriteLine(live);
        return live.IsFlat ? 0 : 1;
    }
}
