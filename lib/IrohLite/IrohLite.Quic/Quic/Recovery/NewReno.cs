namespace IrohLite.Quic;

/// <summary>Congestion control (RFC 9002 section 7): slow start, congestion avoidance, one halving per round trip.</summary>
internal sealed class NewReno
{
    private const int DatagramBytes = 1200;

    public const long InitialWindowBytes = 12000;
    public const long MinimumWindowBytes = 2 * DatagramBytes;
    private const long MaximumWindowBytes = 1L << 24;

    private long _windowBytes;
    private long _inFlightBytes;
    private long _slowStartThreshold;
    private long _recoveryStartMs;
    private long _ackedInRound;

    public NewReno() => Reset();

    public long WindowBytes => _windowBytes;

    public long InFlightBytes => _inFlightBytes;

    public bool InSlowStart => _windowBytes < _slowStartThreshold;

    public bool CanSend(int sizeBytes) => _inFlightBytes + sizeBytes <= _windowBytes;

    /// <summary>A new path starts again from the initial window; what is in flight stays counted.</summary>
    public void Reset()
    {
        _windowBytes = InitialWindowBytes;
        _slowStartThreshold = long.MaxValue;
        _recoveryStartMs = long.MinValue;
        _ackedInRound = 0;
    }

    public void OnSent(int sizeBytes) => _inFlightBytes += sizeBytes;

    /// <summary>Takes bytes out of flight without a verdict: discarded keys.</summary>
    public void OnDiscarded(int sizeBytes) => _inFlightBytes -= sizeBytes;

    public void OnAcked(int sizeBytes, long sentMs)
    {
        // A window that was not full tells nothing about the path (RFC 9002 section 7.8).
        bool limited = _inFlightBytes + DatagramBytes > _windowBytes || (InSlowStart && _inFlightBytes * 2 > _windowBytes);
        _inFlightBytes -= sizeBytes;
        if (!limited || sentMs <= _recoveryStartMs || _windowBytes >= MaximumWindowBytes) return;
        if (InSlowStart)
        {
            _windowBytes += sizeBytes;
            return;
        }

        _ackedInRound += sizeBytes;
        if (_ackedInRound < _windowBytes) return;
        _ackedInRound -= _windowBytes;
        _windowBytes += DatagramBytes;
    }

    public void OnLost(int sizeBytes, long sentMs, long nowMs)
    {
        _inFlightBytes -= sizeBytes;
        if (sentMs <= _recoveryStartMs) return;
        _recoveryStartMs = nowMs;
        _windowBytes >>= 1;
        if (_windowBytes < MinimumWindowBytes) _windowBytes = MinimumWindowBytes;
        _slowStartThreshold = _windowBytes;
        _ackedInRound = 0;
    }

    /// <summary>Everything over a long time was lost (RFC 9002 section 7.6).</summary>
    public void OnPersistentCongestion()
    {
        _windowBytes = MinimumWindowBytes;
        _recoveryStartMs = long.MinValue;
        _ackedInRound = 0;
    }
}
