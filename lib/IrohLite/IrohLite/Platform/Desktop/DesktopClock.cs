using System.Diagnostics;

namespace IrohLite.Platform;

/// <summary>The computer's uptime, exact to the millisecond.</summary>
public sealed class DesktopClock : IClock
{
    private static readonly long s_ticksPerMs = Stopwatch.Frequency / 1000;

    /// <summary>Milliseconds since the machine started.</summary>
    public long NowMs => Stopwatch.GetTimestamp() / s_ticksPerMs;
}
