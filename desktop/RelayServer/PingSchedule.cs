using System;

namespace IrohLite.RelayServer;

/// <summary>
/// When the relay pings a client and when it gives it up: after 15 s and a random whole number of 1 to 5 s without receiving
/// anything, and 5 s after a Ping without its Pong. Time is an argument.
/// </summary>
internal sealed class PingSchedule(Func<int> drawSeconds)
{
    public const long SilenceMs = 15_000;
    public const long TimeoutMs = 5_000;

    private long _pingAtMs = long.MaxValue;
    private long _timeoutAtMs = long.MaxValue;

    /// <summary>What to do at a moment.</summary>
    public enum Step
    {
        Wait,
        SendPing,
        GiveUp,
    }

    /// <summary>The eight bytes of the Ping that is under way.</summary>
    public byte[] Payload { get; } = new byte[8];

    /// <summary>Any message from the client restarts the silence.</summary>
    public void OnReceived(long nowMs) => _pingAtMs = nowMs + SilenceMs + 1000L * drawSeconds();

    /// <summary>A Pong; one that answers no Ping of ours is ignored.</summary>
    public void OnPong(ReadOnlySpan<byte> payload)
    {
        if (payload.SequenceEqual(Payload)) _timeoutAtMs = long.MaxValue;
    }

    /// <summary>While we do not read from the client on purpose, its Pong cannot arrive: the clock starts anew.</summary>
    public void OnReadingPaused(long nowMs)
    {
        OnReceived(nowMs);
        if (_timeoutAtMs != long.MaxValue) _timeoutAtMs = nowMs + TimeoutMs;
    }

    /// <summary>Asks what to do now; a Ping counts as sent when this says so, and giving up is said once.</summary>
    public Step OnTick(long nowMs)
    {
        if (nowMs >= _timeoutAtMs)
        {
            _pingAtMs = _timeoutAtMs = long.MaxValue;
            return Step.GiveUp;
        }

        if (nowMs < _pingAtMs || _timeoutAtMs != long.MaxValue) return Step.Wait;
        _timeoutAtMs = nowMs + TimeoutMs;
        _pingAtMs = long.MaxValue;
        return Step.SendPing;
    }
}
