using IrohLite.Identity;
using IrohLite.Platform;

namespace IrohLite.Discovery;

/// <summary>
/// Announces where an endpoint can be reached: at once when that changes, every five minutes besides, and after a failure again after
/// 1, 2, 3 ... seconds. Timestamps always rise, even when the wall clock steps back or the board restarts.
/// </summary>
public sealed class PkarrPublisher
{
    /// <summary>Milliseconds between two announcements of the same address.</summary>
    public const long RepublishMs = 5 * 60 * 1000;

    /// <summary>Longest pause after failures, in milliseconds.</summary>
    public const long MaxRetryMs = 60000;

    /// <summary>Time one announcement may take, in milliseconds.</summary>
    public const int TimeoutMs = 10000;

    private const int MaxAnswerBytes = 1024;

    private readonly PkarrServer _server;
    private readonly IStreamConnector _connector;
    private readonly SecretKey _key;
    private readonly IPublishStamp _stamp;
    private readonly IClock _clock;
    private readonly bool _withIp;
    private string _published = "";
    private long _nextMs;
    private long _failures;

    /// <summary>Announces to one server.</summary>
    /// <param name="server">The server.</param>
    /// <param name="connector">Opens the stream to it.</param>
    /// <param name="key">The endpoint's key.</param>
    /// <param name="stamp">Remembers the newest timestamp.</param>
    /// <param name="clock">Uptime, for the pauses.</param>
    /// <param name="withIp">Whether IP addresses are announced as well; relays always are.</param>
    public PkarrPublisher(PkarrServer server, IStreamConnector connector, SecretKey key, IPublishStamp stamp, IClock clock, bool withIp)
    {
        _server = server;
        _connector = connector;
        _key = key;
        _stamp = stamp;
        _clock = clock;
        _withIp = withIp;
    }

    /// <summary>True while the newest announcement of the current address was accepted.</summary>
    public bool IsPublished { get; private set; }

    /// <summary>The state for people: when it was accepted, or why not.</summary>
    public string Status { get; private set; } = "not yet";

    /// <summary>Uptime in milliseconds before which <see cref="RunIfDue"/> does nothing, unless the address changes.</summary>
    public long NextMs => _nextMs;

    /// <summary>
    /// Announces when due; blocks for at most <see cref="TimeoutMs"/>. An address without anything to announce is not sent.
    /// </summary>
    /// <param name="addr">Where the endpoint can be reached now.</param>
    /// <param name="unixMicros">Wall clock.</param>
    /// <returns>True when an announcement was tried.</returns>
    public bool RunIfDue(EndpointAddr addr, long unixMicros)
    {
        long nowMs = _clock.NowMs;
        string[] strings = EndpointInfo.ToStrings(addr, _withIp);
        string text = "";
        for (int i = 0; i < strings.Length; i++) text += strings[i] + "\n";
        if (text != _published)
        {
            _published = text;
            _failures = 0;
            _nextMs = nowMs;
            IsPublished = false;
            Status = "the address has changed";
        }

        if (strings.Length == 0 || nowMs < _nextMs) return false;
        Publish(strings, unixMicros);
        return true;
    }

    private void Publish(string[] strings, long unixMicros)
    {
        long micros = unixMicros > _stamp.LastMicros ? unixMicros : _stamp.LastMicros + 1;
        byte[] body = PkarrPacket.Build(_key, micros, strings);
        string failure = body == null ? "the addresses do not fit into one packet" : null;
        if (failure == null)
        {
            _stamp.Save(micros);
            failure = Put(body);
        }

        // From here on: a server that keeps us waiting gets its pause all the same.
        long nowMs = _clock.NowMs;
        if (failure == null)
        {
            _failures = 0;
            _nextMs = nowMs + RepublishMs;
            Status = "published at " + _server.Url.ToString();
            IsPublished = true;
            return;
        }

        IsPublished = false;
        _failures++;
        _nextMs = nowMs + (_failures * 1000 < MaxRetryMs ? _failures * 1000 : MaxRetryMs);
        Status = failure;
    }

    private string Put(byte[] body)
    {
        HttpExchange exchange = new HttpExchange(MaxAnswerBytes);
        try
        {
            exchange.Run(_connector, _server.Url, "PUT", _server.PathOf(_key.Id), body, TimeoutMs);
        }
        catch (StreamFailedException failure)
        {
            return failure.Message;
        }

        if (exchange.Status >= 200 && exchange.Status < 300) return null;
        string why = exchange.Status == 429 ? " (too many announcements)" : exchange.Status == 400 ? " (the packet was refused)" : "";
        return _server.Url.ToString() + " answered with status " + exchange.Status.ToString() + why;
    }
}
