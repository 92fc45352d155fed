namespace IrohLite.Quic;

/// <summary>Round-trip time of the path (RFC 9002 section 5), in integer arithmetic on eighths of a millisecond.</summary>
internal sealed class RttEstimator
{
    /// <summary>Assumed before the first sample.</summary>
    public const long InitialRttMs = 333;

    /// <summary>Timer granularity; the device's system tick is 10 ms.</summary>
    public const long GranularityMs = 10;

    private long _smoothed8;
    private long _variation8;

    public RttEstimator() => Reset();

    public bool HasSample { get; private set; }

    public long LatestMs { get; private set; }

    public long MinMs { get; private set; }

    public long SmoothedMs => _smoothed8 >> 3;

    /// <summary>Forgets everything: a new path (RFC 9000 section 9.4).</summary>
    public void Reset()
    {
        HasSample = false;
        LatestMs = 0;
        MinMs = 0;
        _smoothed8 = InitialRttMs * 8;
        _variation8 = InitialRttMs * 4;
    }

    /// <summary>Takes a sample; <paramref name="ackDelayMs"/> is what the peer says it waited, already limited to its max_ack_delay.</summary>
    public void Update(long sampleMs, long ackDelayMs)
    {
        if (sampleMs < 0) sampleMs = 0;
        LatestMs = sampleMs;
        if (!HasSample)
        {
            HasSample = true;
            MinMs = sampleMs;
            _smoothed8 = sampleMs * 8;
            _variation8 = sampleMs * 4;
            return;
        }

        if (sampleMs < MinMs) MinMs = sampleMs;
        long adjusted = sampleMs >= MinMs + ackDelayMs ? sampleMs - ackDelayMs : sampleMs;
        long difference = _smoothed8 - adjusted * 8;
        if (difference < 0) difference = -difference;
        _variation8 = (3 * _variation8 + difference) >> 2;
        _smoothed8 = (7 * _smoothed8 + adjusted * 8) >> 3;
    }

    /// <summary>Probe timeout without back-off and without the peer's ack delay (RFC 9002 section 6.2.1).</summary>
    public long ProbeTimeoutMs()
    {
        long spread = _variation8 >> 1;
        return SmoothedMs + (spread > GranularityMs ? spread : GranularityMs);
    }

    /// <summary>A packet older than this, with a later one acknowledged, is lost (RFC 9002 section 6.1.2).</summary>
    public long LossDelayMs()
    {
        long rtt = SmoothedMs > LatestMs ? SmoothedMs : LatestMs;
        long delay = rtt + (rtt >> 3);
        return delay > GranularityMs ? delay : GranularityMs;
    }
}
