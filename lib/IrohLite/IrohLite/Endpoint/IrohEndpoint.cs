using System;
using System.Threading;
using IrohLite.Diagnostics;
using IrohLite.Identity;
using IrohLite.Quic;
using IrohLite.Relay;

namespace IrohLite;

/// <summary>
/// An iroh endpoint: dials other endpoints by id and address, and accepts those that dial it, through relays and directly over UDP.
/// For application threads, any number at once. Timeouts are in ms, negative = none. Must be closed: it owns threads.
/// </summary>
public sealed class IrohEndpoint : IEventSink
{
    private readonly EndpointOptions _options;
    private readonly EndpointLoop _loop;
    private readonly UdpLink _udp;
    private readonly RelayLinks _relays;
    private readonly PathBook _paths = new PathBook();
    private readonly ConnectionBook _connections;
    private readonly HandoverQueue _incoming = new HandoverQueue(EndpointLimits.AcceptBacklog);
    private readonly ManualResetEvent _closed = new ManualResetEvent(false);
    private int _closing;
    private long _accepted;
    private long _dialed;
    private long _handshakesFailed;
    private long _wrongRelayIdentity;

    private IrohEndpoint(EndpointOptions options)
    {
        _options = options;
        _connections = new ConnectionBook(options.Quic.MaxConnections);
        _loop = new EndpointLoop(options, new IrohLog(options.Log, "endpoint", options.LogLevel));
        _loop.Demux.Alpns = options.Alpns;
        _relays = new RelayLinks(_loop, options, _paths);
        if (options.Udp != null) _udp = new UdpLink(options.Udp, _loop, _paths, options.Quic.MaxUdpPayloadBytes);
    }

    /// <summary>Our id.</summary>
    public EndpointId Id => _options.SecretKey.Id;

    /// <summary>Where we can be reached now: the home relay while it is online, and the direct addresses of the options.</summary>
    public EndpointAddr Addr
    {
        get
        {
            EndpointAddr addr = new EndpointAddr(Id);
            if (_relays.IsOnline) addr.AddRelay(_options.Relay);
            if (_options.Udp != null) AddDirectAddresses(addr);
            return addr;
        }
    }

    /// <summary>The state of the home relay in words, with the reason when it cannot be reached.</summary>
    public string RelayStatus => _relays.Home == null ? "no relay configured" : _relays.Home.Status;

    /// <summary>True when the home relay's last answer was that it does not let this endpoint in; it is asked again and again.</summary>
    public bool IsRelayDenied => _relays.Home != null && _relays.Home.WasDenied;

    /// <summary>True while the home relay is online; without a home relay always.</summary>
    public bool IsOnline => _relays.Home == null || _relays.IsOnline;

    /// <summary>True once <see cref="Close"/> was called.</summary>
    public bool IsClosed => Interlocked.CompareExchange(ref _closing, 0, 0) == 1;

    /// <summary>A snapshot of the counts.</summary>
    public EndpointStatistics Statistics => new EndpointStatistics
    {
        DatagramsSent = _loop.DatagramsSent,
        BytesSent = _loop.BytesSent,
        DatagramsReceived = _loop.DatagramsReceived,
        BytesReceived = _loop.BytesReceived,
        DatagramsDropped = _loop.QueueDrops + _loop.SendFailures,
        Drops = _loop.Demux.Drops.ToString(),
        Connections = _loop.Demux.ConnectionCount,
        Accepted = _accepted,
        Dialed = _dialed,
        HandshakesFailed = _handshakesFailed,
        WrongRelayIdentity = _wrongRelayIdentity,
        RelayOnline = _relays.OnlineCount,
    };

    internal EndpointLoop Loop => _loop;

    internal QuicDemux Demux => _loop.Demux;

    internal PathBook Paths => _paths;

    internal RelayLinks Relays => _relays;

    internal bool HasUdp => _udp != null;

    internal bool CanUseRelays => _options.Connector != null;

    internal int MaxConnections => _options.Quic.MaxConnections;

    internal EndpointOptions Options => _options;

    /// <summary>Starts an endpoint. Returns at once; the home relay is connected in the background.</summary>
    public static IrohEndpoint Bind(EndpointOptions options)
    {
        if (options.SecretKey == null || options.Crypto == null || options.Random == null || options.Clock == null)
            throw new InvalidOperationException("an endpoint needs SecretKey, Crypto, Random and Clock");
        if (options.Relay != null && options.Connector == null)
            throw new InvalidOperationException("an endpoint with a relay needs a Connector");
        if (options.Udp == null && options.Connector == null)
            throw new InvalidOperationException("an endpoint needs a Udp socket or a Connector");
        if (options.RelayToken != null) RelayClientSession.CheckToken(options.RelayToken);
        if (options.Quic.ResetTokenKey == null) options.Quic.ResetTokenKey = DeriveResetTokenKey(options);
        IrohEndpoint endpoint = new IrohEndpoint(options);
        endpoint.Start();
        return endpoint;
    }

    /// <summary>Waits until the home relay is online; true at once without a home relay. False on timeout: see <see cref="RelayStatus"/>.</summary>
    public bool WaitOnline(int timeoutMs)
    {
        return WaitOnline(timeoutMs, null);
    }

    /// <summary>As the other, and throws Cancelled when the token is cancelled.</summary>
    public bool WaitOnline(int timeoutMs, CancellationToken cancel)
    {
        return WaitOnline(timeoutMs, Waiting.HandleOf(cancel));
    }

    /// <summary>
    /// Dials: the first packets go to every address, and the first that answers is used. Throws SelfDial, NoAddress, Timeout,
    /// WrongIdentity, UnknownAlpn, Refused, RelayUnreachable, RelayDenied, HandshakeFailed, Busy, Closed.
    /// </summary>
    public IrohConnection Connect(EndpointAddr addr, string alpn, int timeoutMs)
    {
        return Connect(addr, alpn, timeoutMs, null);
    }

    /// <summary>As the other, and gives up with Cancelled when the token is cancelled.</summary>
    public IrohConnection Connect(EndpointAddr addr, string alpn, int timeoutMs, CancellationToken cancel)
    {
        return Connect(addr, alpn, timeoutMs, Waiting.HandleOf(cancel));
    }

    /// <summary>Waits for a connection that was dialed to us. Null on timeout, or when the endpoint is closed.</summary>
    public IrohConnection Accept(int timeoutMs)
    {
        return (IrohConnection)_incoming.Take(_options.Clock, timeoutMs, null, "accepting");
    }

    /// <summary>As the other, and throws Cancelled when the token is cancelled.</summary>
    public IrohConnection Accept(int timeoutMs, CancellationToken cancel)
    {
        return (IrohConnection)_incoming.Take(_options.Clock, timeoutMs, Waiting.HandleOf(cancel), "accepting");
    }

    /// <summary>Changes the protocols that connections accepted from now on may ask for.</summary>
    public void SetAlpns(string[] alpns)
    {
        _loop.Execute(new SetAlpnsCommand(this, alpns), Timeout.Infinite, null);
    }

    /// <summary>
    /// Closes every connection with code 0, waits briefly so that the peers learn of it, leaves the relays, closes the sockets and ends
    /// the threads. Twice is once.
    /// </summary>
    public void Close()
    {
        if (Interlocked.Exchange(ref _closing, 1) == 1) return;
        _incoming.Close();
        CloseEndpointCommand connections = new CloseEndpointCommand(this, CloseEndpointCommand.Connections);
        _loop.Execute(connections, Timeout.Infinite, null);

        // A close that got lost is repeated when the peer goes on sending, for as long as we are there to hear it.
        if (connections.ClosedCount > 0) _loop.WaitDrained(EndpointLimits.CloseLingerMs);
        CloseEndpointCommand relays = new CloseEndpointCommand(this, CloseEndpointCommand.RelaySessions);
        _loop.Execute(relays, Timeout.Infinite, null);
        for (int i = 0; i < relays.Links.Length; i++) relays.Links[i].Join();
        if (_udp != null) _udp.Close();
        _loop.Stop();
        _closed.Set();
    }

    /// <summary>Waits until the endpoint has been closed; false on timeout.</summary>
    public bool WaitClosed(int timeoutMs)
    {
        return _closed.WaitOne(timeoutMs, false);
    }

    void IEventSink.OnEvent(QuicEvent evt, long nowMs)
    {
        IrohConnection connection = (IrohConnection)evt.Connection.Tag;
        if (evt.Kind == QuicEventKind.Connected)
        {
            OnConnected(evt.Connection, connection, nowMs);
            return;
        }

        if (connection == null && evt.Kind == QuicEventKind.Closed) OnHandshakeFailed(evt.Connection);
        if (connection == null) return;
        connection.OnEvent(evt, nowMs);
        if (evt.Kind != QuicEventKind.Closed) return;
        _connections.Remove(connection);
        if (connection.Dial != null) connection.Dial.Retry(nowMs);
    }

    void IEventSink.OnRelayOnline(RelayLink link)
    {
        _connections.ProbeThrough(link);
    }

    internal IrohConnection Adopt(QuicConnection quic)
    {
        return new IrohConnection(quic, _loop, _options.Quic.MaxBidirectionalStreams);
    }

    /// <summary>Turn: the first step of closing. Counts the open connections and those about to be: their dialers may think they are connected.</summary>
    internal int CloseConnections(long nowMs)
    {
        Demux.Alpns = new string[0];
        int count = _connections.Count;
        for (int i = 0; i < count; i++)
            if (!_connections.Get(i).Quic.IsClosed) _connections.Get(i).Quic.Close(0, "", nowMs);
        return count + Demux.AcceptingCount;
    }

    private static byte[] DeriveResetTokenKey(EndpointOptions options)
    {
        // The same key after a restart lets a peer with a connection from before learn at once that it is gone (RFC 9000 section 10.3).
        byte[] label = System.Text.Encoding.UTF8.GetBytes("irohlite stateless reset");
        byte[] key = new byte[32];
        options.Crypto.HmacSha256(options.SecretKey.Seed, 0, 32, label, 0, label.Length, key, 0);
        return key;
    }

    private void Start()
    {
        _loop.Start(this, _relays, _udp);
        if (_udp != null) _udp.Start();
        _relays.StartHome(_options.Clock.NowMs);
    }

    private void AddDirectAddresses(EndpointAddr addr)
    {
        for (int i = 0; i < _options.DirectAddresses.Length; i++)
            if (_options.DirectAddresses[i].Kind == TransportAddr.KindIp) addr.Add(_options.DirectAddresses[i]);
    }

    private void OnConnected(QuicConnection quic, IrohConnection connection, long nowMs)
    {
        // iroh-wire 5.1: the relay vouches for an id, the handshake proves one; they must be the same.
        RelayPath path = quic.Path as RelayPath;
        if (path != null && !path.Id.SameAs(quic.RemoteId))
        {
            _wrongRelayIdentity++;
            quic.Close(0, "identity differs from the relay's", nowMs);
            return;
        }

        if (quic.IsClient)
        {
            _dialed++;
            _connections.Add(connection);
            connection.Dial.Retry(nowMs);
            return;
        }

        _accepted++;
        connection = Adopt(quic);
        _connections.Add(connection);
        if (!_incoming.TryAdd(connection)) quic.Close(0, IsClosed ? "" : "busy", nowMs);
    }

    // A dialer that does not get through to us. Only counted and, on demand, logged: anybody can cause it.
    private void OnHandshakeFailed(QuicConnection quic)
    {
        _handshakesFailed++;
        if (_loop.Log.IsOn(LogLevel.Debug)) _loop.Log.Debug("a handshake from " + quic.Path + " was " + CloseText.Of(quic.CloseInfo));
    }

    private bool WaitOnline(int timeoutMs, WaitHandle cancel)
    {
        if (_relays.Home == null) return true;
        int outcome = Waiting.Wait(_relays.OnlineEvent, cancel, timeoutMs);
        if (outcome == Waiting.Cancelled) throw Waiting.Failure(outcome, "waiting for the relay");
        return outcome == Waiting.Signalled;
    }

    private IrohConnection Connect(EndpointAddr addr, string alpn, int timeoutMs, WaitHandle cancel)
    {
        if (IsClosed) throw new IrohException(IrohError.Closed, "this endpoint is closed");
        if (addr.Id.SameAs(Id)) throw new IrohException(IrohError.SelfDial, "an endpoint cannot dial itself: the id is our own");
        if (addr.Count == 0) addr = DialLookup.Resolve(_options.Lookup, addr.Id, timeoutMs);
        ConnectCommand dial = new ConnectCommand(this, addr, alpn);
        int outcome = _loop.Execute(dial, timeoutMs, cancel);
        if (outcome == Waiting.Signalled) return dial.Connection;
        if (dial.Connection != null) dial.Connection.Close(0, "dial given up");
        throw outcome == Waiting.TimedOut ? dial.TimedOut(timeoutMs) : Waiting.Failure(outcome, "dialing " + addr.Id.ToShortString());
    }
}
