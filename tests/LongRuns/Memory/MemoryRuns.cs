using Firmware.Tests.App;
using IrohLite.Firmware;
using IrohLite.Tests.Scenarios;
using IrohLite.Tests.Sim;

namespace IrohLite.LongRuns.Memory;

/// <summary>The same thing again and again on the same objects, with the live bytes measured on the way.</summary>
internal static class MemoryRuns
{
    private const int Samples = 25;

    /// <summary>Connections one after another through two demultiplexers: dial, echo 100 bytes, close, gone.</summary>
    public static LiveBytes Connections(long count)
    {
        Pair pair = new(1);
        for (int i = 0; i < 200; i++) One(pair);
        LiveBytes live = new();
        live.Sample(0);
        for (long i = 1; i <= count; i++)
        {
            One(pair);
            if (i % (count / Samples) == 0) live.Sample(i);
        }

        live.Fit();
        return live;
    }

    /// <summary>Readings through the firmware's sampler: two sensors of which one transmission in fifty is spoiled, fan, log.</summary>
    public static LiveBytes Readings(long count)
    {
        VirtualNode node = new();
        SensorSampler sampler = node.Context.Sampler;
        for (int i = 0; i < 2 * SampleLog.Capacity; i++) Sample(node, sampler);
        LiveBytes live = new();
        live.Sample(0);
        for (long i = 1; i <= count; i++)
        {
            Sample(node, sampler);
            if (i % (count / Samples) == 0) live.Sample(i);
        }

        live.Fit();
        return live;
    }

    private static void One(Pair pair)
    {
        Echoes.RunAll(pair, 100, "one of many");
        pair.Client.Events.Clear();
        pair.Server.Events.Clear();
    }

    private static void Sample(VirtualNode node, SensorSampler sampler)
    {
        node.Clock.NowMs = sampler.NextDueMs;
        sampler.RunIfDue(node.Clock.NowMs, node.WallClock.UnixSeconds);
    }
}
