using IrohLite.Firmware.Hardware;
using IrohLite.Native;
using IrohLite.Platform;
using nanoFramework.Runtime.Native;

namespace IrohLite.Firmware.Esp32;

/// <summary>The chip: why it started, its watchdog, its managed heap, its restart.</summary>
internal sealed class Esp32BoardControl : IBoardControl
{
    // Longer than any step may take: joining WiFi (30 s) or a TLS handshake that stalls.
    private const int WatchdogMs = 120000;

    // The runtime tells free memory only by collecting garbage, so it is asked rarely.
    private const long HeapAgeMs = 30000;

    private readonly IClock _clock;
    private long _heapFreeBytes;
    private long _heapTakenMs = long.MinValue;

    internal Esp32BoardControl(IClock clock)
    {
        _clock = clock;
        ResetReason = Translate(NodeServices.ResetReason());
        Collect(false, clock.NowMs);

        // The runtime does not tell the size of its heap; what is free at the start is nearly all of it.
        HeapTotalBytes = _heapFreeBytes;
        NodeServices.WatchdogStart(WatchdogMs);
    }

    public int ResetReason { get; }

    public long HeapTotalBytes { get; }

    public long HeapFreeBytes
    {
        get
        {
            long nowMs = _clock.NowMs;
            if (_heapTakenMs == long.MinValue || nowMs - _heapTakenMs >= HeapAgeMs) Collect(false, nowMs);
            return _heapFreeBytes;
        }
    }

    public void CollectMemory() => Collect(true, _clock.NowMs);

    public void FeedWatchdog() => NodeServices.WatchdogFeed();

    public void Reboot() => Power.RebootDevice();

    private void Collect(bool compact, long nowMs)
    {
        _heapFreeBytes = GC.Run(compact);
        _heapTakenMs = nowMs;
    }

    // The native module's numbers (native/services/irohlite_services.h) to those of the wire.
    private static int Translate(int native)
    {
        switch (native)
        {
            case 1: return Hardware.ResetReason.PowerOn;
            case 2: return Hardware.ResetReason.External;
            case 3: return Hardware.ResetReason.Software;
            case 4: return Hardware.ResetReason.Crash;
            case 5:
            case 6:
            case 7: return Hardware.ResetReason.Watchdog;
            case 8: return Hardware.ResetReason.DeepSleep;
            case 9: return Hardware.ResetReason.BrownOut;
            default: return Hardware.ResetReason.Unknown;
        }
    }
}
