namespace IrohLite.Firmware.Services;

/// <summary>
/// Counts refused control requests over the whole board: after five within ten seconds every control request waits for the window to
/// pass. Guessing is slowed to a crawl, and the log cannot be filled.
/// </summary>
public sealed class RefusalLimiter
{
    /// <summary>Refusals per window that are answered and logged one by one.</summary>
    public const int MaxRefusals = 5;

    /// <summary>Length of the window in milliseconds.</summary>
    public const long WindowMs = 10000;

    private readonly object _lock = new object();
    private long _windowStartMs = long.MinValue;
    private int _refusals;

    /// <summary>Milliseconds until control requests are heard again; 0 when they are now.</summary>
    public long WaitMs(long nowMs)
    {
        lock (_lock)
        {
            if (_refusals < MaxRefusals || nowMs - _windowStartMs >= WindowMs) return 0;
            return WindowMs - (nowMs - _windowStartMs);
        }
    }

    /// <summary>Notes a refusal.</summary>
    public void Note(long nowMs)
    {
        lock (_lock)
        {
            if (_refusals == 0 || nowMs - _windowStartMs >= WindowMs)
            {
                _windowStartMs = nowMs;
                _refusals = 0;
            }

            _refusals++;
        }
    }
}
