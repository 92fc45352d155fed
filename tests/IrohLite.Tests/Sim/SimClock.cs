namespace IrohLite.Tests.Sim;

/// <summary>Virtual milliseconds, moved by the simulation alone.</summary>
internal sealed class SimClock
{
    public long NowMs { get; private set; } = 1_000_000;

    public void AdvanceTo(long timeMs)
    {
        if (timeMs > NowMs) NowMs = timeMs;
    }
}
