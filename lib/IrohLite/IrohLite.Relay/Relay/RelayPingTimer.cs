using IrohLite.Buffers;
using IrohLite.Crypto;

namespace IrohLite.Relay;

/// <summary>
/// Decides when a client pings its relay and when the relay counts as dead: a Ping at once and after 15 s without receiving anything;
/// 5 s for the first answer, later three round trips, but 0.5 s to 5 s.
/// </summary>
internal sealed class RelayPingTimer
{
    /// <summary>Silence before a Ping.</summary>
    public const long IntervalMs = 15000;

    /// <summary>Longest wait for a Pong, and the wait while no round trip was measured.</summary>
    public const long MaxTimeoutMs = 5000;

    /// <summary>Shortest wait for a Pong.</summary>
    public const long MinTimeoutMs = 500;

    private const long Never = long.MaxValue;

    private readonly byte[] _payload = new byte[RelayFrameType.PingBytes];
    private long _nextPingMs = Never;
    private long _timeoutAtMs = Never;
    private long _sentAtMs;
    private long _timeoutMs = MaxTimeoutMs;

    /// <summary>The 8 bytes of the last Ping.</summary>
    public byte[] Payload => _payload;

    /// <summary>Whether any Ping was answered.</summary>
    public bool SawPong { get; private set; }

    /// <summary>The last measured round trip in milliseconds, -1 before the first.</summary>
    public long RttMs { get; private set; } = -1;

    /// <summary>How long the relay has to answer the next Ping.</summary>
    public long TimeoutMs => _timeoutMs;

    /// <summary>When to look again.</summary>
    public long NextDeadlineMs => _timeoutAtMs != Never ? _timeoutAtMs : _nextPingMs;

    /// <summary>A message arrived: the silence is over.</summary>
    public void OnReceived(long nowMs)
    {
        _nextPingMs = nowMs + IntervalMs;
    }

    /// <summary>True when a Ping is to be sent now. Only one is under way at a time.</summary>
    public bool IsPingDue(long nowMs)
    {
        return _timeoutAtMs == Never && nowMs >= _nextPingMs;
    }

    /// <summary>Makes the payload of the Ping that is sent now.</summary>
    public void BeginPing(IRandomSource random, long nowMs)
    {
        random.Fill(_payload, 0, RelayFrameType.PingBytes);
        _sentAtMs = nowMs;
        _timeoutAtMs = nowMs + _timeoutMs;
        _nextPingMs = nowMs + IntervalMs;
    }

    /// <summary>Takes a Pong's payload; one that answers no Ping of ours is ignored.</summary>
    public void OnPong(byte[] payload, int offset, long nowMs)
    {
        if (_timeoutAtMs == Never || !Bytes.Equal(payload, offset, _payload, 0, RelayFrameType.PingBytes)) return;
        _timeoutAtMs = Never;
        SawPong = true;
        RttMs = nowMs - _sentAtMs;
        _timeoutMs = 3 * RttMs;
        if (_timeoutMs < MinTimeoutMs) _timeoutMs = MinTimeoutMs;
        else if (_timeoutMs > MaxTimeoutMs) _timeoutMs = MaxTimeoutMs;
    }

    /// <summary>True when the relay did not answer in time.</summary>
    public bool IsTimedOut(long nowMs)
    {
        return nowMs >= _timeoutAtMs;
    }
}
