namespace IrohLite.Quic;

/// <summary>Congestion control (RFC 9002 section 7): slow start, congestion avoidance, one halving per round trip.</summary>
internal sealed class NewReno
{
    private const int DatagramBytes = 1200;

    public const long InitialWindowBytes = 12000;
    public const long MinimumWindowBytes = 2 * DatagramBytes;
    private const long MaximumWindowBytes = 1L << 24;

    private long _slowStartThreshold;
    private long _recoveryStartMs;
    private long _ackedInRound;

    public NewReno() => Reset();

    public long WindowBytes { get; private set; }

    public long InFlightBytes { get; private set; }

    public bool InSlowStart => WindowBytes < _slowStartThreshold;

    public bool CanSend(int sizeBytes) => InFlightBytes + sizeBytes <= WindowBytes;

    /// <summary>A new path starts again from the initial window; what is in flight stays counted.</summary>
    public void Reset()
    {
        WindowBytes = InitialWindowBytes;
        _slowStartThreshold = long.MaxValue;
        _recoveryStartMs = long.MinValue;
        _ackedInRound = 0;
    }

    public void OnSent(int sizeBytes) => InFlightBytes += sizeBytes;

    /// <summary>Takes bytes out of flight without a verdict: discarded keys.</summary>
    public void OnDiscarded(int sizeBytes) => InFlightBytes -= sizeBytes;

    public void OnAcked(int sizeBytes, long sentMs)
    {
        // A window that was not full tells nothing about the path (RFC 9002 section 7.8).
        bool limited = InFlightBytes + DatagramBytes > WindowBytes || (InSlowStart && InFlightBytes * 2 > WindowBytes);
        InFlightBytes -= sizeBytes;
        if (!limited || sentMs <= _recoveryStartMs || WindowBytes >= MaximumWindowBytes) return;
        if (InSlowStart)
        {
            WindowBytes += sizeBytes;
            return;
        }

        _ackedInRound += sizeBytes;
        if (_ackedInRound < WindowBytes) return;
        _ackedInRound -= WindowBytes;
        WindowBytes += DatagramBytes;
    }

    public void OnLost(int sizeBytes, long sentMs, long nowMs)
    {
        InFlightBytes -= sizeBytes;
        if (sentMs <= _recoveryStartMs) return;
        _recoveryStartMs = nowMs;
        WindowBytes >>= 1;
        if (WindowBytes < MinimumWindowBytes) WindowBytes = MinimumWindowBytes;
        _slowStartThreshold = WindowBytes;
        _ackedInRound = 0;
    }

    /// <summary>Everything over a long time was lost (RFC 9002 section 7.6).</summary>
    public void OnPersistentCongestion()
    {
        WindowBytes = MinimumWindowBytes;
        _recoveryStartMs = long.MinValue;
        _ackedInRound = 0;
    }
}
