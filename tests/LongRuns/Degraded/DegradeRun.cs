using System;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using IrohLite.Quic;
using IrohLite.Tests.Scenarios;
using IrohLite.Tests.Sim;

namespace IrohLite.LongRuns.Degraded;

/// <summary>How the losses of a level are spread.</summary>
internal enum LossPattern
{
    /// <summary>Each datagram for itself.</summary>
    Single,

    /// <summary>In fades: for a stretch of time nothing passes.</summary>
    Fades,

    /// <summary>In runs counted in datagrams, however far apart they are sent: what Linux's netem does. A pause does not end a run, only sending does.</summary>
    Bursts,

    /// <summary>The same, and both sides allow <see cref="DegradeRun.PatientIdleMs"/> of silence instead of 30 s.</summary>
    BurstsPatient,
}

/// <summary>Connect, echo 64 KiB, close over a level's link: the impaired side is the device, the other one a computer.</summary>
internal static class DegradeRun
{
    public const int EchoBytes = 64 * 1024;

    /// <summary>Virtual time a run may take.</summary>
    public const long LimitMs = 1_800_000;

    public const long PatientIdleMs = 600_000;

    /// <summary>Null when it ended well, else what went wrong; <paramref name="tookMs"/> is virtual.</summary>
    public static string Run(DegradeLevel level, bool serverImpaired, LossPattern pattern, ulong seed, out long tookMs)
    {
        QuicConfig device = QuicConfig.Device();
        QuicConfig computer = QuicConfig.Desktop();
        if (pattern == LossPattern.BurstsPatient) device.MaxIdleTimeoutMs = computer.MaxIdleTimeoutMs = PatientIdleMs;
        Pair pair = new(seed, serverImpaired ? computer : device, serverImpaired ? device : computer);
        foreach (SimLink link in new[] { pair.ToServer, pair.ToClient })
        {
            link.RateBitsPerSecond = level.RateKbit * 1000L;
            // A buffer of one round trip, but room for a few datagrams.
            link.QueueBytes = Math.Max(8 * 1228, level.RateKbit * 1000L / 8 * level.RoundTripMs / 1000);
            link.LatencyMs = level.RoundTripMs / 2;
            link.JitterMs = level.JitterMs;
            link.LossRate = level.LossPercent / 100;
            if (pattern == LossPattern.Fades) link.FadeMs = level.FadeMs;
            if (pattern >= LossPattern.Bursts) link.BurstDatagrams = level.BurstDatagrams;
        }

        long start = pair.NowMs;
        try
        {
            Echoes.RunAll(pair, EchoBytes, level.Name, LimitMs);
            return null;
        }
        catch (Exception failure) when (failure is Xunit.Sdk.XunitException or InvalidOperationException)
        {
            return failure.Message.Split('\n')[0];
        }
        finally
        {
            tookMs = pair.NowMs - start;
        }
    }

    /// <summary>All levels, both sides; prints a line each and returns the number of failed runs.</summary>
    public static int RunAll(int seeds, LossPattern pattern, Action<string> print)
    {
        int failed = 0;
        foreach (DegradeLevel level in DegradeLevel.All)
        {
            foreach (bool serverImpaired in new[] { true, false })
            {
                Stopwatch watch = Stopwatch.StartNew();
                long[] times = new long[seeds];
                int bad = 0;
                for (int i = 0; i < seeds; i++)
                {
                    string failure = Run(level, serverImpaired, pattern, (ulong)i + 1, out times[i]);
                    if (failure == null) continue;
                    bad++;
                    print($"  {level.Name}, {(serverImpaired ? "server" : "client")} impaired, {pattern}, seed {i + 1}: {failure}");
                }

                failed += bad;
                Array.Sort(times);
                print(string.Format(CultureInfo.InvariantCulture, "{0,-20} {1} impaired, {2}: {3} of {4} ended well; virtual s: median {5:0.0}, longest {6:0.0}; took {7} ms",
                    level.Name, serverImpaired ? "server" : "client", pattern, seeds - bad, seeds, times[seeds / 2] / 1000.0, times.Last() / 1000.0, watch.ElapsedMilliseconds));
            }
        }

        return failed;
    }
}
