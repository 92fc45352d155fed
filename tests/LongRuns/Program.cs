using System;
using System.Globalization;
using IrohLite.LongRuns.Degraded;
using IrohLite.LongRuns.Fuzzing;

namespace IrohLite.LongRuns;

/// <summary>One long run by name, in full: exit code 0 when everything held.</summary>
internal static class Program
{
    private const string Usage = "usage: dotnet run -c Release --project tests/LongRuns -- degrade [seeds] | fuzz [executions] [seed]";

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
            default:
                Console.Error.WriteLine(Usage);
                return 2;
        }
    }
}
