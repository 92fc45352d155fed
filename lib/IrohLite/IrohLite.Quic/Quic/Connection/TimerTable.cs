namespace IrohLite.Quic;

/// <summary>The timers of a connection that belong to nobody else, and the earliest of all (RFC 9000 section 10.1).</summary>
internal sealed class TimerTable
{
    private readonly QuicConnection _connection;
    private long _idleTimeoutMs;
    private long _activityMs;
    private bool _sentSinceReceived;

    public TimerTable(QuicConnection connection)
    {
        _connection = connection;
        _idleTimeoutMs = connection.Shared.Config.MaxIdleTimeoutMs;
    }

    /// <summary>The life of the connection begins.</summary>
    public void Start(long nowMs) => _activityMs = nowMs;

    /// <summary>The peer's max_idle_timeout; 0 = it has none. The smaller one counts.</summary>
    public void SetPeerIdleTimeout(long timeoutMs)
    {
        if (timeoutMs != 0 && (timeoutMs < _idleTimeoutMs || _idleTimeoutMs == 0)) _idleTimeoutMs = timeoutMs;
    }

    public void OnAuthentic(long nowMs)
    {
        _activityMs = nowMs;
        _sentSinceReceived = false;
    }

    public void OnAckElicitingSent(long nowMs)
    {
        if (_sentSinceReceived) return;
        _sentSinceReceived = true;
        _activityMs = nowMs;
    }

    public long NextDeadlineMs()
    {
        QuicConnection c = _connection;
        ConnectionState state = c.State;
        if (!state.IsOpen) return state.IsOver || state.IsIdle ? Deadline.Never : state.EndMs;
        long next = IdleDeadlineMs();
        long at = KeepAliveDeadlineMs();
        if (at < next) next = at;
        // A server that may not send has nothing to time: the client must move first (RFC 9002 section 6.2.2.1).
        if (!c.Sender.IsBlocked && (at = c.Loss.NextDeadlineMs()) < next) next = at;
        if ((at = c.Paths.ChallengeDeadlineMs) < next) next = at;
        if (c.KeyPhase != null && (at = c.KeyPhase.DropPreviousAtMs) < next) next = at;
        PacketSpace data = c.Space(EncryptionLevel.OneRtt);
        if (data != null && (at = data.Acks.AckDeadlineMs) < next) next = at;
        return next;
    }

    public void OnDeadline(long nowMs)
    {
        QuicConnection c = _connection;
        if (c.State.IsOver || c.State.IsIdle) return;
        if (c.State.IsClosed)
        {
            if (nowMs >= c.State.EndMs) c.Release();
            return;
        }

        if (nowMs >= IdleDeadlineMs())
        {
            c.OnSilentEnd(new QuicCloseInfo(QuicCloseKind.IdleTimeout, 0, 0, "idle timeout"));
            return;
        }

        if (nowMs >= KeepAliveDeadlineMs()) c.Control.PingDue = true;
        if (c.KeyPhase != null && nowMs >= c.KeyPhase.DropPreviousAtMs) c.KeyPhase.OnDeadline(nowMs);
        if (nowMs >= c.Paths.ChallengeDeadlineMs && c.Paths.OnChallengeDeadline(nowMs)) c.Loss.OnPathChanged();
        if (c.Sender.IsBlocked) return;
        int probe = c.Loss.OnDeadline(nowMs);
        if (probe == EncryptionLevel.OneRtt) RequireProbes(probe, 2);
        if (probe < 0 || probe == EncryptionLevel.OneRtt) return;
        // One datagram carries what both handshake spaces repeat.
        RequireProbes(EncryptionLevel.Initial, 1);
        RequireProbes(EncryptionLevel.Handshake, 1);
    }

    private void RequireProbes(int level, int count)
    {
        PacketSpace space = _connection.Space(level);
        if (space != null && space.Keys.Installed) space.ProbesDue = count;
    }

    private long IdleDeadlineMs()
    {
        if (_idleTimeoutMs == 0) return Deadline.Never;
        long three = _connection.Loss.ThreeProbeTimeoutsMs();
        return _activityMs + (_idleTimeoutMs > three ? _idleTimeoutMs : three);
    }

    private long KeepAliveDeadlineMs()
    {
        QuicConnection c = _connection;
        long every = c.Shared.Config.KeepAliveMs;
        return every == 0 || !c.State.IsConfirmed || c.Control.PingDue ? Deadline.Never : _activityMs + every;
    }
}
