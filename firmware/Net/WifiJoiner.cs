using IrohLite.Platform;

namespace IrohLite.Firmware.Net;

/// <summary>Tries the configured networks in turn, for ever, with a growing pause after each full round.</summary>
public sealed class WifiJoiner
{
    /// <summary>Time one network gets, in milliseconds.</summary>
    public const int JoinTimeoutMs = 30000;

    /// <summary>First pause, in milliseconds; doubles up to <see cref="MaxPauseMs"/>.</summary>
    public const long FirstPauseMs = 2000;

    /// <summary>Longest pause, in milliseconds: a network that returns is joined within this time.</summary>
    public const long MaxPauseMs = 16000;

    private readonly IWifiLink _link;
    private readonly IClock _clock;
    private readonly string[] _ssids;
    private readonly string[] _passwords;
    private int _next;
    private long _pauseMs = FirstPauseMs;

    /// <summary>Uses the given networks, in order.</summary>
    public WifiJoiner(IWifiLink link, IClock clock, string[] ssids, string[] passwords)
    {
        _link = link;
        _clock = clock;
        _ssids = ssids;
        _passwords = passwords;
    }

    /// <summary>Name of the network tried last.</summary>
    public string Ssid { get; private set; }

    /// <summary>Uptime before which <see cref="TryOnce"/> should not be called again.</summary>
    public long NextTryMs { get; private set; }

    /// <summary>Tries one network; null on success, else what failed.</summary>
    public string TryOnce()
    {
        Ssid = _ssids[_next];
        string failure = _link.Join(Ssid, _passwords[_next], JoinTimeoutMs);
        long nowMs = _clock.NowMs;
        if (failure == null)
        {
            _pauseMs = FirstPauseMs;
            NextTryMs = nowMs;
            return null;
        }

        _next = (_next + 1) % _ssids.Length;
        NextTryMs = nowMs;
        if (_next == 0)
        {
            NextTryMs = nowMs + _pauseMs;
            _pauseMs = _pauseMs * 2 < MaxPauseMs ? _pauseMs * 2 : MaxPauseMs;
        }

        return failure;
    }
}
