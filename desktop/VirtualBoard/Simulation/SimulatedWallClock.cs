using IrohLite.Firmware.Net;
using IrohLite.Platform;

namespace IrohLite.Desktop.Simulation;

/// <summary>A wall clock that starts in 1970, is set by a time server that may be out of reach, and can be made to step.</summary>
public sealed class SimulatedWallClock : IWallClock
{
    private readonly IClock _clock;
    private readonly long _trueSecondsAtStart;
    private long _offsetSeconds;

    /// <summary>A clock that reads <paramref name="trueSecondsAtStart"/> at uptime 0 once it is set.</summary>
    public SimulatedWallClock(IClock clock, long trueSecondsAtStart)
    {
        (_clock, _trueSecondsAtStart) = (clock, trueSecondsAtStart);
    }

    /// <summary>True while the time server answers.</summary>
    public bool ServerAnswers { get; set; } = true;

    /// <inheritdoc />
    public bool IsSet { get; private set; }

    /// <inheritdoc />
    public long UnixSeconds => _clock.NowMs / 1000 + _offsetSeconds;

    /// <inheritdoc />
    public void StartSync()
    {
        if (!ServerAnswers) return;
        IsSet = true;
        _offsetSeconds = _trueSecondsAtStart;
    }

    /// <summary>Makes the clock jump.</summary>
    public void Step(long seconds) => _offsetSeconds += seconds;
}
