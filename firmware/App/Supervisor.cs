using IrohLite.Firmware.Hardware;

namespace IrohLite.Firmware;

/// <summary>
/// The safety net, on the uptime clock: asks for a restart after fifteen minutes without a relay (so there is at most one in fifteen
/// minutes), collects memory when it runs low, asks for a restart when that does not help, and feeds the watchdog.
/// </summary>
public sealed class Supervisor
{
    /// <summary>Time without a relay that leads to a restart, in milliseconds.</summary>
    public const long RelayTimeoutMs = 15 * 60 * 1000;

    /// <summary>Free heap below which memory is collected, in bytes.</summary>
    public const long LowMemoryBytes = 40 * 1024;

    /// <summary>Free heap below which the board restarts after a collection, in bytes.</summary>
    public const long CriticalMemoryBytes = 16 * 1024;

    private readonly IBoardControl _board;
    private readonly bool _watchesRelay;
    private long _relaySeenMs;

    /// <summary>Starts supervising; <paramref name="watchesRelay"/> is false for a board that is used on its LAN only.</summary>
    public Supervisor(IBoardControl board, bool watchesRelay, long nowMs)
    {
        _board = board;
        _watchesRelay = watchesRelay;
        _relaySeenMs = nowMs;
    }

    /// <summary>Times memory had to be collected.</summary>
    public long LowMemoryEvents { get; private set; }

    /// <summary>Looks at everything once; returns null, or why the board must restart.</summary>
    public string Check(bool relayOnline, long nowMs)
    {
        _board.FeedWatchdog();
        if (relayOnline) _relaySeenMs = nowMs;
        if (_watchesRelay && nowMs - _relaySeenMs >= RelayTimeoutMs) return "no relay for 15 minutes";

        if (_board.HeapFreeBytes >= LowMemoryBytes) return null;
        LowMemoryEvents++;
        _board.CollectMemory();
        return _board.HeapFreeBytes < CriticalMemoryBytes ? "out of memory" : null;
    }
}
