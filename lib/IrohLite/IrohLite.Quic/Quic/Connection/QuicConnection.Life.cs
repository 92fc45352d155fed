using IrohLite.Identity;

namespace IrohLite.Quic;

// The parts of a connection, and how its life goes: begun by a dial or a first packet, completed by TLS, confirmed, closed by
// either side or by silence, released.
public sealed partial class QuicConnection
{
    internal readonly QuicShared Shared;
    internal readonly ConnectionState State = new ConnectionState();
    internal readonly ConnectionStatistics Statistics = new ConnectionStatistics();
    internal readonly ConnectionId LocalCid = new ConnectionId();
    internal readonly ConnectionId OriginalDcid = new ConnectionId();
    internal readonly RemoteCids RemoteCids = new RemoteCids();
    internal readonly PathTable Paths = new PathTable();
    internal readonly LossDetector Loss;
    internal readonly FlowControl Flow;
    internal readonly StreamTable Streams;
    internal readonly TimerTable Timers;
    internal readonly ControlFrames Control;
    internal readonly FrameDispatcher Frames;
    internal readonly PacketReceiver Receiver;
    internal readonly PacketSender Sender;
    internal readonly CloseSending CloseSending;
    internal HandshakeDriver Handshake;
    internal KeyPhase KeyPhase;

    /// <summary>The source id of the Retry that was followed; null without one.</summary>
    internal ConnectionId RetryScid;

    /// <summary>A client has learnt the server's own id.</summary>
    internal bool HasRemoteScid;

    internal int PeerAckDelayExponent = 3;

    private readonly PacketSpace[] _spaces = new PacketSpace[EncryptionLevel.Count];
    private readonly EndpointId _expectedPeer;
    private readonly string[] _alpns;
    private byte[] _token;
    private bool _connectedDue;
    private bool _closedDue;

    internal QuicConnection(QuicShared shared, bool isClient, string[] alpns, EndpointId expectedPeer)
    {
        Shared = shared;
        IsClient = isClient;
        _alpns = alpns;
        _expectedPeer = expectedPeer;
        Loss = new LossDetector(new DeliveryTracker(this)) { ProbesWithoutFlight = isClient };
        QuicConfig config = shared.Config;
        Flow = new FlowControl(config.InitialMaxData, config.InitialMaxStreamData);
        Streams = new StreamTable(
            isClient, config.MaxBidirectionalStreams, config.MaxLocalStreams, config.SendBufferBytes, (int)config.InitialMaxStreamData);
        Timers = new TimerTable(this);
        Control = new ControlFrames(this);
        Frames = new FrameDispatcher(this);
        Receiver = new PacketReceiver(this);
        Sender = new PacketSender(this);
        CloseSending = new CloseSending(this);
    }

    /// <summary>When the first packet of an accepted connection came.</summary>
    internal long StartedMs { get; private set; }

    /// <summary>A client whose handshake takes longer than it may when others wait.</summary>
    internal bool IsLateClient(long nowMs) => !IsClient && State.IsHandshaking && nowMs - StartedMs >= Limits.HandshakeGraceMs;

    /// <summary>Both Finished messages are exchanged.</summary>
    internal bool IsHandshakeComplete => Handshake != null && Handshake.IsComplete;

    /// <summary>Nothing more will be sent or waited for; the place is free once the events are polled.</summary>
    internal bool IsReleased => State.IsOver;

    /// <summary>A tombstone stands for it: the place can be taken.</summary>
    internal bool IsBuried { get; set; }

    internal bool HasEvents => _connectedDue || _closedDue || Streams.HasEvents;

    internal PacketSpace Space(int level) => _spaces[level];

    /// <summary>The space of a level, made when its keys come.</summary>
    internal PacketSpace OpenSpace(int level)
    {
        if (_spaces[level] != null) return _spaces[level];
        PacketSpace space = new PacketSpace(level, Shared);
        _spaces[level] = space;
        Loss.SetLog(level, space.Log);
        return space;
    }

    internal void DiscardSpace(int level)
    {
        if (_spaces[level] == null) return;
        Loss.Discard(level);
        _spaces[level].Keys.Release();
        _spaces[level] = null;
        if (level == EncryptionLevel.Initial) _token = null;
    }

    /// <summary>A dial: picks the ids, derives the Initial keys and lets TLS write its hello.</summary>
    internal void StartClient(long nowMs)
    {
        Shared.Random.Fill(LocalCid.Bytes, 0, Limits.LocalCidBytes);
        LocalCid.Length = Limits.LocalCidBytes;
        Shared.Random.Fill(OriginalDcid.Bytes, 0, Limits.LocalCidBytes);
        OriginalDcid.Length = Limits.LocalCidBytes;
        RemoteCids.Active.Set(OriginalDcid);
        OpenSpace(EncryptionLevel.Initial).Keys.InstallInitial(OriginalDcid, true);
        Handshake = new HandshakeDriver(this, _alpns, _expectedPeer);
        Timers.Start(nowMs);
        Loss.FlightlessSinceMs = nowMs;
        State.Start();
        Handshake.Start();
    }

    /// <summary>
    /// A first packet may become a connection: keys and ids from its header. Until a packet proves authentic the connection
    /// stays idle and can be prepared anew.
    /// </summary>
    internal void PrepareServer(PacketHeader header, PathAddress path)
    {
        OriginalDcid.Set(header.Dcid);
        RemoteCids.Active.Set(header.Scid);
        OpenSpace(EncryptionLevel.Initial).Keys.InstallInitialReceive(OriginalDcid);
        Paths.Accept(path);
    }

    /// <summary>An authentic, new packet arrived: what that proves, before its frames are read.</summary>
    internal void OnPacketAuthenticated(PacketHeader header, PathAddress path, long nowMs)
    {
        if (State.IsIdle)
        {
            // At most as long as a datagram, and gone with the Initial keys.
            if (header.TokenCount > 0) _token = Buffers.Bytes.Slice(header.Buffer, header.TokenOffset, header.TokenCount);
            StartServer(nowMs);
        }

        Timers.OnAuthentic(nowMs);
        if (IsClient)
        {
            if (!HasRemoteScid)
            {
                RemoteCids.Active.Set(header.Scid);
                HasRemoteScid = true;
            }

            if (header.Type != PacketType.Initial) Paths.Lock(path);
            return;
        }

        // Whoever has Handshake keys received our first flight at its address (RFC 9000 section 8.1).
        if (header.Type != PacketType.Handshake || Space(EncryptionLevel.Initial) == null) return;
        Paths.Validate();
        DiscardSpace(EncryptionLevel.Initial);
    }

    /// <summary>The Initial has the token of the client's first one.</summary>
    internal bool IsSameToken(PacketHeader header) =>
        header.TokenCount == (_token == null ? 0 : _token.Length)
        && (_token == null || Buffers.Bytes.Equal(_token, 0, header.Buffer, header.TokenOffset, _token.Length));

    /// <summary>The newest packet with more than probes came from this address (RFC 9000 section 9.3).</summary>
    internal void OnPathUsed(PathAddress path, int datagramBytes, long nowMs)
    {
        if (IsClient || !State.IsConfirmed || !State.IsOpen || path.SameAs(Paths.Active)) return;
        // The new path's time is unknown: the larger of the old one's and the initial value (RFC 9000 section 8.2.4).
        long interval = Loss.Rtt.ProbeTimeoutMs() > 3 * RttEstimator.InitialRttMs ? Loss.Rtt.ProbeTimeoutMs() : 3 * RttEstimator.InitialRttMs;
        if (Paths.MigrateTo(path, datagramBytes, Shared.NextRandom64(), nowMs, interval)) Loss.OnPathChanged();
    }

    /// <summary>TLS is done.</summary>
    internal void OnHandshakeComplete()
    {
        State.Establish();
        _connectedDue = true;
        if (IsClient) return;
        Control.RequireHandshakeDone();
        Confirm();
    }

    /// <summary>A client received HANDSHAKE_DONE; a repetition changes nothing.</summary>
    internal void OnHandshakeConfirmed()
    {
        if (!State.IsConfirmed) Confirm();
    }

    /// <summary>The client repeats its hello: everything in flight is sent again at once.</summary>
    internal void RepeatFlight()
    {
        Loss.Repeat(EncryptionLevel.Initial, int.MaxValue);
        Loss.Repeat(EncryptionLevel.Handshake, int.MaxValue);
    }

    /// <summary>A Retry was checked: start again with its id and token (RFC 9000 section 17.2.5).</summary>
    internal void FollowRetry(PacketHeader header, PathAddress path)
    {
        RetryScid = new ConnectionId();
        RetryScid.Set(header.Scid);
        RemoteCids.Active.Set(header.Scid);
        Sender.SetToken(Buffers.Bytes.Slice(header.Buffer, header.TokenOffset, header.TokenCount));
        // The token is good for this address only.
        Paths.Lock(path);
        Space(EncryptionLevel.Initial).Keys.InstallInitial(header.Scid, true);
        Loss.LoseAll(EncryptionLevel.Initial);
    }

    /// <summary>We close, for whatever reason, and tell the peer.</summary>
    internal void CloseWith(QuicCloseInfo info, long nowMs)
    {
        if (State.IsClosed) return;
        if (State.IsIdle) StartServer(nowMs);
        State.BeginClosing(info, nowMs + Loss.ThreeProbeTimeoutsMs());
        CloseSending.Announce(info);
        OnClosed();
    }

    /// <summary>The peer closed. Its close is answered once, but never during the handshake: a refusing client sends dozens.</summary>
    internal void OnPeerClosed(QuicCloseInfo info, int level)
    {
        State.BeginDraining(info);
        if (level == EncryptionLevel.OneRtt) CloseSending.Answer();
        OnClosed();
    }

    /// <summary>The connection ended and nobody is told.</summary>
    internal void OnSilentEnd(QuicCloseInfo info)
    {
        if (State.IsClosed) return;
        State.BeginDraining(info);
        OnClosed();
        Release();
    }

    internal void OnStatelessReset() => OnSilentEnd(new QuicCloseInfo(QuicCloseKind.StatelessReset, 0, 0, "stateless reset"));

    /// <summary>Frees keys and packet spaces; what the application may still read stays.</summary>
    internal void Release()
    {
        if (State.IsOver) return;
        State.End();
        ReleaseKeys();
    }

    /// <summary>Frees the keys of a connection that never came to life.</summary>
    internal void ReleaseKeys()
    {
        for (int level = 0; level < EncryptionLevel.Count; level++) DiscardSpace(level);
    }

    /// <summary>A draining connection is over as soon as its answer is out.</summary>
    internal void ReleaseIfDrained()
    {
        if (State.IsDraining && !CloseSending.IsDue) Release();
    }

    private void StartServer(long nowMs)
    {
        State.Start();
        StartedMs = nowMs;
        Shared.Random.Fill(LocalCid.Bytes, 0, Limits.LocalCidBytes);
        LocalCid.Length = Limits.LocalCidBytes;
        Timers.Start(nowMs);
        Handshake = new HandshakeDriver(this, _alpns, null);
        Handshake.Start();
    }

    private void Confirm()
    {
        State.Confirm();
        Loss.IsConfirmed = true;
        Loss.ProbesWithoutFlight = false;
        DiscardSpace(EncryptionLevel.Handshake);
        DiscardSpace(EncryptionLevel.Initial);
    }

    private void OnClosed()
    {
        if (Handshake != null) Handshake.Wipe();
        _closedDue = true;
    }
}
