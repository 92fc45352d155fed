using System.Threading;
using IrohLite.Identity;
using IrohLite.Quic;

namespace IrohLite;

/// <summary>The relays an endpoint is connected to: its home relay for good, the relays of dialed peers while they are in use.</summary>
internal sealed class RelayLinks
{
    private readonly RelayLink[] _links = new RelayLink[EndpointLimits.RelayLinks];
    private readonly ManualResetEvent _online = new ManualResetEvent(false);
    private readonly EndpointLoop _loop;
    private readonly EndpointOptions _options;
    private readonly PathBook _paths;
    private int _count;

    internal RelayLinks(EndpointLoop loop, EndpointOptions options, PathBook paths)
    {
        _loop = loop;
        _options = options;
        _paths = paths;
    }

    /// <summary>The home relay's link, or null.</summary>
    internal RelayLink Home { get; private set; }

    /// <summary>Set while the home relay is online.</summary>
    internal ManualResetEvent OnlineEvent => _online;

    internal bool IsOnline => Home != null && Home.IsOnline;

    /// <summary>Times the home relay came online.</summary>
    internal long OnlineCount { get; private set; }

    internal long NextDeadlineMs
    {
        get
        {
            long dueMs = Deadline.Never;
            for (int i = 0; i < _count; i++)
            {
                long atMs = _links[i].NextDeadlineMs;
                if (atMs < dueMs) dueMs = atMs;
            }

            return dueMs;
        }
    }

    internal void StartHome(long nowMs)
    {
        if (_options.Relay == null) return;
        Home = new RelayLink(_options.Relay, _options.RelayToken, true, _loop, _options, _paths, this, nowMs);
        _links[0] = Home;
        _count = 1;
        Home.Start();
    }

    /// <summary>Turn: the link to a relay, made if there is none; null when every place is taken.</summary>
    internal RelayLink For(RelayUrl url, long nowMs)
    {
        for (int i = 0; i < _count; i++)
            if (!_links[i].IsClosing && _links[i].Url.SameAs(url)) return _links[i];
        if (_count == _links.Length) return null;
        RelayLink link = new RelayLink(url, null, false, _loop, _options, _paths, this, nowMs);
        _links[_count++] = link;
        link.Start();
        return link;
    }

    internal void OnTime(long nowMs)
    {
        for (int i = _count - 1; i >= 0; i--)
        {
            _links[i].OnTime(nowMs);
            if (!_links[i].IsOver || !_links[i].IsClosing) continue;
            _count--;
            _links[i] = _links[_count];
            _links[_count] = null;
        }
    }

    internal void CollectOutput(long nowMs)
    {
        for (int i = 0; i < _count; i++) _links[i].CollectOutput(nowMs);
    }

    /// <summary>Turn: says goodbye to all. Returns them, for <see cref="RelayLink.Join"/>.</summary>
    internal RelayLink[] BeginCloseAll(long nowMs)
    {
        RelayLink[] closing = new RelayLink[_count];
        for (int i = 0; i < _count; i++)
        {
            closing[i] = _links[i];
            closing[i].BeginClose(nowMs);
        }

        return closing;
    }

    internal void OnHomeOnline()
    {
        OnlineCount++;
        _online.Set();
    }

    internal void OnHomeOffline()
    {
        _online.Reset();
    }
}
