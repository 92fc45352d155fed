using IrohLite.Buffers;
using IrohLite.Diagnostics;
using IrohLite.Identity;
using IrohLite.Platform;
using IrohLite.Quic;
using IrohLite.Relay;

namespace IrohLite;

/// <summary>
/// The connection to one relay: a session over a stream, made anew whenever it breaks, with growing pauses. QUIC does not notice: its
/// connections live on across the gap. All methods run in turns of the loop unless they say otherwise.
/// </summary>
internal sealed class RelayLink : IRelaySink
{
    private readonly EndpointLoop _loop;
    private readonly EndpointOptions _options;
    private readonly PathBook _paths;
    private readonly RelayLinks _owner;
    private readonly string _token;
    private readonly RelayBackoff _backoff = new RelayBackoff();
    private readonly RelayReader _reader;
    private readonly RelayWriter _writer;
    private readonly DatagramQueue _waiting;
    private readonly byte[] _scratch;
    private RelayClientSession _session;
    private IByteStream _stream;
    private long _nowMs;
    private long _waitingSinceMs;
    private long _lastSendMs;
    private bool _hasSent;
    private long _giveUpMs = Deadline.Never;
    private bool _isClosing;

    internal RelayLink(RelayUrl url, string token, bool isHome, EndpointLoop loop, EndpointOptions options, PathBook paths,
        RelayLinks owner, long nowMs)
    {
        Url = url;
        IsHome = isHome;
        Status = "connecting to " + url;
        _token = token;
        _loop = loop;
        _options = options;
        _paths = paths;
        _owner = owner;
        _lastSendMs = nowMs;
        _scratch = new byte[options.Quic.MaxUdpPayloadBytes];
        _waiting = new DatagramQueue(EndpointLimits.RelayWaitingDatagrams, _scratch.Length);
        _reader = new RelayReader(this, loop, options.Connector, options.RelayBufferBytes);
        _writer = new RelayWriter(loop, options.RelayBufferBytes);
    }

    internal RelayUrl Url { get; }

    internal bool IsHome { get; }

    /// <summary>For people: what the link is doing, and the reason of the last failure.</summary>
    internal string Status { get; private set; }

    /// <summary>Datagrams go through.</summary>
    internal bool IsOnline { get; private set; }

    /// <summary>The relay's last answer was that it does not let this endpoint in.</summary>
    internal bool WasDenied { get; private set; }

    /// <summary>The last try failed, and no session has been online since.</summary>
    internal bool HasFailed { get; private set; }

    internal bool IsClosing => _isClosing;

    /// <summary>Both threads are at their end or on the way to it, and nothing will happen any more.</summary>
    internal bool IsOver { get; private set; }

    internal long NextDeadlineMs
    {
        get
        {
            long dueMs = _giveUpMs;
            if (_session != null) dueMs = Earlier(dueMs, _session.NextDeadlineMs);
            if (!IsHome && !_isClosing) dueMs = Earlier(dueMs, _lastSendMs + EndpointLimits.RelayIdleMs);
            if (_waiting.Count > 0) dueMs = Earlier(dueMs, _waitingSinceMs + EndpointLimits.RelayWaitingMs);
            return dueMs;
        }
    }

    internal void Start()
    {
        _writer.Start();
        _reader.Start();
    }

    /// <summary>False when the datagram was lost here. While the relay is away a few are kept, so that a dial need not wait for its probe.</summary>
    internal bool Send(EndpointId destination, byte[] buffer, int offset, int count, long nowMs)
    {
        _lastSendMs = nowMs;
        _hasSent = true;
        if (IsOnline) return _session.TrySendDatagram(destination.RawBytes, 0, buffer, offset, count);
        if (_isClosing) return false;
        if (_waiting.Count == 0) _waitingSinceMs = nowMs;
        return _waiting.Enqueue(buffer, offset, count, destination);
    }

    internal void CollectOutput(long nowMs)
    {
        if (_session != null) _writer.Fill(_session, nowMs);
    }

    internal void OnTime(long nowMs)
    {
        if (_session != null && nowMs >= _session.NextDeadlineMs)
        {
            _session.OnDeadline(nowMs);
            AfterSession(nowMs);
        }

        if (nowMs >= _giveUpMs)
        {
            _giveUpMs = Deadline.Never;
            CloseStream();
        }

        if (_waiting.Count > 0 && nowMs >= _waitingSinceMs + EndpointLimits.RelayWaitingMs) _waiting.Clear();
        if (!IsHome && !_isClosing && nowMs >= _lastSendMs + EndpointLimits.RelayIdleMs) BeginClose(nowMs);
    }

    /// <summary>Says goodbye to the relay; the stream is cut when the relay does not close it soon.</summary>
    internal void BeginClose(long nowMs)
    {
        if (_isClosing) return;
        _isClosing = true;
        IsOnline = false;
        Status = "closed";
        _reader.BeginStop();
        if (_session != null) _session.BeginClose();
        _giveUpMs = nowMs + EndpointLimits.CloseLingerMs;
    }

    /// <summary>Not in a turn: waits for the threads.</summary>
    internal void Join()
    {
        _reader.Join();
        _writer.Join();
    }

    /// <summary>The reader has a stream. False when it is to close it.</summary>
    internal bool OnUp(IByteStream stream, long nowMs)
    {
        if (_isClosing) return false;
        _session = new RelayClientSession(Url, _options.SecretKey, _token, _options.Crypto, _options.Random, this,
            _options.RelayQueueBytes, nowMs);
        _stream = stream;
        _writer.Attach(stream);

        // The reason of the last failure stays to be read until the next try has an outcome.
        if (!HasFailed) Status = "waiting for the answer of " + Url;
        return true;
    }

    /// <summary>The reader has bytes. False when it is to close the stream.</summary>
    internal bool OnData(byte[] buffer, int count, long nowMs)
    {
        if (_session == null) return false;
        _nowMs = nowMs;
        _session.Receive(buffer, 0, count, nowMs);
        AfterSession(nowMs);
        return _session != null && _session.State != RelayState.Failed;
    }

    /// <summary>The stream is gone, or was never there. Returns the pause before the next try in ms.</summary>
    internal int OnDown(string failure, long nowMs)
    {
        string reason = failure;
        bool wasGood = false;
        bool wasDenied = false;
        if (_session != null)
        {
            wasGood = _session.SawPong;
            wasDenied = _session.WasDenied;
            if (_session.FailureReason != null) reason = _session.FailureReason;
            else if (reason == null) reason = _session.State == RelayState.Online ? "the relay closed the connection"
                : "the relay closed the connection before it let this endpoint in";
        }

        WasDenied = wasDenied;
        _session = null;
        _stream = null;
        IsOnline = false;
        HasFailed = true;
        _giveUpMs = Deadline.Never;
        _writer.Attach(null);
        if (IsHome) _owner.OnHomeOffline();
        if (_isClosing)
        {
            _writer.BeginStop();
            return 0;
        }

        if (wasGood) _backoff.Reset();
        int delayMs = (int)_backoff.NextDelayMs(_options.Random);

        // Connections give up after 30 s of silence: while one still sends, the relay is asked often enough to save it. One that
        // has denied us is not pressed.
        if (!WasDenied && _hasSent && nowMs - _lastSendMs < EndpointLimits.RelayInUseMs && delayMs > EndpointLimits.RelayInUseDelayMs)
            delayMs = EndpointLimits.RelayInUseDelayMs / 2 + delayMs % (EndpointLimits.RelayInUseDelayMs / 2);
        Status = (WasDenied ? "denied by " : "not connected to ") + Url + ": " + reason + "; next try in " + delayMs.ToString() + " ms";
        _loop.Log.Warn("relay " + Status);
        return delayMs;
    }

    /// <summary>Reader thread, as its last act.</summary>
    internal void OnReaderEnded()
    {
        IsOver = true;
        _writer.BeginStop();
        _loop.Kick();
    }

    void IRelaySink.OnDatagram(byte[] source, int sourceOffset, byte[] buffer, int offset, int count)
    {
        _loop.Deliver(buffer, offset, count, _paths.Relay(this, source, sourceOffset), _nowMs);
    }

    // Connections are left alone (iroh-wire 3.6.6): the peer may be back in a moment.
    void IRelaySink.OnEndpointGone(byte[] id, int offset)
    {
        if (_loop.Log.IsOn(LogLevel.Debug)) _loop.Log.Debug("relay: " + EndpointId.FromBytes(id, offset).ToShortString() + " has left");
    }

    void IRelaySink.OnStatus(int code)
    {
        if (code == 1) _loop.Log.Warn("relay: another connection with this endpoint's id took over; is the key used twice?");
        else if (code == 0) _loop.Log.Info("relay: this connection is the active one again");
        else if (_loop.Log.IsOn(LogLevel.Debug)) _loop.Log.Debug("relay: status " + code.ToString());
    }

    private void AfterSession(long nowMs)
    {
        if (_session.State == RelayState.Failed)
        {
            IsOnline = false;
            CloseStream();
            return;
        }

        if (IsOnline || _isClosing || _session.State != RelayState.Online) return;
        IsOnline = true;
        HasFailed = false;
        WasDenied = false;
        Status = "online at " + Url;
        _loop.Log.Info("relay " + Status);
        while (_waiting.Count > 0)
        {
            int count = _waiting.Dequeue(_scratch, 0, _scratch.Length, out object destination);
            _session.TrySendDatagram(((EndpointId)destination).RawBytes, 0, _scratch, 0, count);
        }

        if (IsHome) _owner.OnHomeOnline();
        _loop.OnRelayOnline(this);
    }

    // The waiting read of the reader thread ends, and it reports the end.
    private void CloseStream()
    {
        if (_stream != null) _stream.Close();
    }

    private static long Earlier(long a, long b)
    {
        return a < b ? a : b;
    }
}
