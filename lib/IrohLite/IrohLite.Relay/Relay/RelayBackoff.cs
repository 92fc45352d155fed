using IrohLite.Crypto;

namespace IrohLite.Relay;

/// <summary>
/// How long to wait before the next attempt to reach a relay: 0.5 s doubling to 16 s, each with a jitter of half of it either way, so
/// that the devices of a house do not return in step after an outage. Attempts go on for ever, also after a denial.
/// </summary>
public sealed class RelayBackoff
{
    /// <summary>The middle of the first delay.</summary>
    public const int FirstDelayMs = 500;

    /// <summary>The middle of the longest delay; with jitter it lies between 8 and 24 s.</summary>
    public const int LongestDelayMs = 16000;

    private readonly byte[] _draw = new byte[4];
    private int _middleMs = FirstDelayMs;
    private bool _isImmediate;

    /// <summary>The delay before the next attempt, in milliseconds.</summary>
    public long NextDelayMs(IRandomSource random)
    {
        if (_isImmediate)
        {
            _isImmediate = false;
            return 0;
        }

        random.Fill(_draw, 0, 4);
        int drawn = ((_draw[0] & 0x7F) << 24) | (_draw[1] << 16) | (_draw[2] << 8) | _draw[3];
        int delayMs = _middleMs / 2 + drawn % (_middleMs + 1);
        _middleMs = 2 * _middleMs > LongestDelayMs ? LongestDelayMs : 2 * _middleMs;
        return delayMs;
    }

    /// <summary>To be called when a session ends on which the relay had answered a Ping: the next attempt follows at once.</summary>
    public void Reset()
    {
        _middleMs = FirstDelayMs;
        _isImmediate = true;
    }
}
