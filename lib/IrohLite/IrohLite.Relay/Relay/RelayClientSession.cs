using System;
using IrohLite.Crypto;
using IrohLite.Identity;

namespace IrohLite.Relay;

/// <summary>
/// One connection to a relay, from the first byte of the upgrade request to its end, without any I/O: the caller opens the byte
/// stream, feeds what arrives, writes what <see cref="PollOutput"/> gives, and calls <see cref="OnDeadline"/> in time. After each of
/// these calls it looks at <see cref="State"/> again. A session that failed stays so; a new attempt takes a new session. One thread.
/// Over 300 lines because the states, their deadline and what each one reads are one table to look at.
/// </summary>
public sealed class RelayClientSession : IRelayFrameHandler
{
    /// <summary>From the start of the session to <see cref="RelayState.Online"/>, in milliseconds.</summary>
    public const long HandshakeTimeoutMs = 10000;

    private const long Never = long.MaxValue;

    private readonly SecretKey _identity;
    private readonly ICryptoProvider _crypto;
    private readonly IRandomSource _random;
    private readonly IRelaySink _sink;
    private readonly WebSocketReader _webSocket = new WebSocketReader(false, WebSocketFrame.MaxMessageBytes);
    private readonly RelayFrameReader _frames;
    private readonly RelayPingTimer _ping = new RelayPingTimer();
    private readonly RelayOutbox _outbox;
    private readonly byte[] _pong = new byte[RelayFrameType.PingBytes];
    private readonly byte[] _webSocketPong = new byte[WebSocketFrame.MaxControlBytes];
    private readonly byte[] _frame = new byte[RelayHandshake.ClientAuthBytes];
    private WebSocketUpgrade _upgrade;
    private bool _isPongDue;
    private int _webSocketPongBytes = NoPong;
    private bool _isSigned;
    private long _handshakeDeadlineMs;
    private long _nowMs;

    private const int NoPong = -1;

    /// <summary>
    /// A session over a byte stream that is connected to <paramref name="url"/>. At most <paramref name="maxQueuedBytes"/> of framed
    /// datagrams wait for the stream. Throws InvalidOperationException for a token that cannot stand in an HTTP header.
    /// </summary>
    public RelayClientSession(RelayUrl url, SecretKey identity, string token, ICryptoProvider crypto, IRandomSource random,
        IRelaySink sink, int maxQueuedBytes, long nowMs)
    {
        _identity = identity;
        _crypto = crypto;
        _random = random;
        _sink = sink;
        _frames = new RelayFrameReader(this);
        _upgrade = new WebSocketUpgrade(url, token, random);
        _outbox = new RelayOutbox(maxQueuedBytes, _upgrade.Request, random);
        _outbox.UseZeroMask = url.UseTls;
        _handshakeDeadlineMs = nowMs + HandshakeTimeoutMs;
        _nowMs = nowMs;
        State = RelayState.Upgrading;
    }

    /// <summary>A <see cref="RelayState"/>.</summary>
    public int State { get; private set; }

    /// <summary>Why the session failed, for the user; null while it did not.</summary>
    public string FailureReason { get; private set; }

    /// <summary>Whether it failed because the relay refused our id or token.</summary>
    public bool WasDenied { get; private set; }

    /// <summary>Whether the relay has answered a Ping: then the next attempt need not wait (see <see cref="RelayBackoff.Reset"/>).</summary>
    public bool SawPong => _ping.SawPong;

    /// <summary>The last round trip to the relay in milliseconds, -1 before the first Pong.</summary>
    public long RttMs => _ping.RttMs;

    /// <summary>The version of the relay protocol, 1 or 2; 0 before it is known.</summary>
    public int ProtocolVersion => _frames.Version;

    /// <summary>The last text of a relay that speaks version 1, null without one.</summary>
    public string HealthText { get; private set; }

    /// <summary>Received datagrams that were too large for us and dropped.</summary>
    public long OversizeDatagrams => _frames.OversizeDatagrams;

    /// <summary>Bytes waiting to be written to the stream.</summary>
    public int QueuedBytes => _outbox.QueuedBytes;

    /// <summary>
    /// Send with a mask of zeros, which saves one pass over every byte. On by default inside TLS only; on a plain link it is for networks
    /// without HTTP proxies.
    /// </summary>
    public bool UseZeroMask
    {
        get => _outbox.UseZeroMask;
        set => _outbox.UseZeroMask = value;
    }

    /// <summary>When <see cref="OnDeadline"/> is to be called next, in the caller's milliseconds.</summary>
    public long NextDeadlineMs
    {
        get
        {
            if (State == RelayState.Failed || State == RelayState.Closed) return Never;
            return State == RelayState.Online ? _ping.NextDeadlineMs : _handshakeDeadlineMs;
        }
    }

    /// <summary>Throws InvalidOperationException for an access token that cannot stand in an HTTP header.</summary>
    public static void CheckToken(string token)
    {
        WebSocketUpgrade.CheckToken(token);
    }

    /// <summary>Takes bytes of the stream, any split; they may be changed in place. Ignored once the session is over.</summary>
    public void Receive(byte[] buffer, int offset, int count, long nowMs)
    {
        _nowMs = nowMs;
        if (State == RelayState.Upgrading)
        {
            int used = _upgrade.Receive(buffer, offset, count);
            offset += used;
            count -= used;
            if (_upgrade.Error != null) Fail(_upgrade.Error);
            if (!_upgrade.IsComplete) return;
            _frames.Version = _upgrade.Version;
            _upgrade = null;
            State = RelayState.Authenticating;
        }

        _webSocket.Feed(buffer, offset, count);
        while (State == RelayState.Authenticating || State == RelayState.Online)
        {
            int found = _webSocket.Next();
            if (found == WebSocketEvent.NeedBytes) return;
            Handle(found, buffer);
        }
    }

    /// <summary>Gives the next bytes to write to the stream; 0 when there are none.</summary>
    public int PollOutput(byte[] buffer, int offset, int capacity, long nowMs)
    {
        _nowMs = nowMs;
        AddDueControls();
        return _outbox.Take(buffer, offset, capacity);
    }

    /// <summary>
    /// Queues one datagram for the 32-byte id <paramref name="destination"/>. False when it is lost: the queue is full, or the session
    /// is not online. Throws InvalidOperationException for a datagram that is empty or does not fit a relay frame.
    /// </summary>
    public bool TrySendDatagram(byte[] destination, int destinationOffset, byte[] buffer, int offset, int count)
    {
        if (count <= 0 || count > RelayFrameWriter.MaxDatagramBytes)
            throw new InvalidOperationException("a relay carries datagrams of 1 to " + RelayFrameWriter.MaxDatagramBytes.ToString() + " bytes");
        return State == RelayState.Online && _outbox.TryAddDatagram(destination, destinationOffset, buffer, offset, count);
    }

    /// <summary>Lets time pass: pings, and gives a silent relay up.</summary>
    public void OnDeadline(long nowMs)
    {
        _nowMs = nowMs;
        if (State == RelayState.Online)
        {
            if (_ping.IsTimedOut(nowMs)) Fail("the relay did not answer a ping within " + _ping.TimeoutMs.ToString() + " ms");
            else AddDueControls();
        }
        else if (nowMs >= NextDeadlineMs)
            Fail("the relay did not finish the handshake within " + HandshakeTimeoutMs.ToString() + " ms while " + RelayState.NameOf(State));
    }

    /// <summary>The caller's stream broke or ended: the session fails with this reason, unless it is over already.</summary>
    public void OnStreamEnded(string reason)
    {
        if (State != RelayState.Closed) Fail(reason);
    }

    /// <summary>Ends the session with WebSocket close code 1000. Write what PollOutput still gives, then close the stream.</summary>
    public void BeginClose()
    {
        if (State == RelayState.Authenticating || State == RelayState.Online) AddClose(WebSocketFrame.CloseNormal);
        if (State != RelayState.Failed) State = RelayState.Closed;
    }

    void IRelayFrameHandler.OnDatagram(byte[] source, byte[] buffer, int offset, int count)
    {
        _sink.OnDatagram(source, 0, buffer, offset, count);
    }

    string IRelayFrameHandler.OnFrame(int type, byte[] payload, int count)
    {
        switch (type)
        {
            case RelayFrameType.ServerChallenge: return Answer(payload);
            case RelayFrameType.ServerConfirmsAuth:
                GoOnline();
                break;
            case RelayFrameType.ServerDeniesAuth: return Deny(payload, count);
            case RelayFrameType.EndpointGone:
                _sink.OnEndpointGone(payload, 0);
                break;
            case RelayFrameType.Ping:
                // One answer is kept: whoever pings faster than we can write gets the newest (RFC 6455 section 5.5.3 thinks alike).
                Array.Copy(payload, 0, _pong, 0, RelayFrameType.PingBytes);
                _isPongDue = true;
                break;
            case RelayFrameType.Pong:
                _ping.OnPong(payload, 0, _nowMs);
                break;
            case RelayFrameType.Health:
                HealthText = RelayText.Decode(payload, 0, count);
                _sink.OnStatus(RelayStatus.HealthText);
                break;
            case RelayFrameType.Status:
                _sink.OnStatus(payload[0]);
                break;
        }

        return null;
    }

    private void Handle(int found, byte[] buffer)
    {
        switch (found)
        {
            case WebSocketEvent.Data:
                if (State == RelayState.Online && _webSocket.IsMessageEnd) _ping.OnReceived(_nowMs);
                if (!_frames.Receive(buffer, _webSocket.DataOffset, _webSocket.DataCount, _webSocket.IsMessageEnd) && State != RelayState.Failed)
                    FailProtocol(WebSocketFrame.CloseProtocolError, _frames.Error);
                break;
            case WebSocketEvent.Ping:
                Array.Copy(_webSocket.Control, 0, _webSocketPong, 0, _webSocket.ControlCount);
                _webSocketPongBytes = _webSocket.ControlCount;
                break;
            case WebSocketEvent.Close:
                AddClose(_webSocket.CloseCode == 0 ? WebSocketFrame.CloseNormal : _webSocket.CloseCode);
                Fail("the relay closed the session" + (_webSocket.CloseCode == 0 ? "" : " with WebSocket code " + _webSocket.CloseCode.ToString()));
                break;
            default:
                FailProtocol(_webSocket.CloseCode, _webSocket.Error);
                break;
        }
    }

    private string Answer(byte[] challenge)
    {
        if (_isSigned) return "second ServerChallenge";
        _isSigned = true;
        RelayHandshake.WriteClientAuth(_crypto, _identity, challenge, 0, _frame, 0);
        _outbox.TryAddControl(WebSocketFrame.Binary, _frame, 0, RelayHandshake.ClientAuthBytes);
        return null;
    }

    private void GoOnline()
    {
        State = RelayState.Online;
        _frames.IsAuthenticated = true;
        AddPing();
    }

    private string Deny(byte[] payload, int count)
    {
        string malformation = RelayHandshake.ReadDenial(payload, 0, count, out string reason);
        if (malformation != null) return malformation;
        WasDenied = true;
        Fail("the relay denied access: " + reason);
        return null;
    }

    private void AddDueControls()
    {
        if (State != RelayState.Online && State != RelayState.Authenticating) return;
        if (_webSocketPongBytes != NoPong && _outbox.TryAddControl(WebSocketFrame.Pong, _webSocketPong, 0, _webSocketPongBytes)) _webSocketPongBytes = NoPong;
        if (_isPongDue && TryAddPing(RelayFrameType.Pong, _pong)) _isPongDue = false;
        if (State == RelayState.Online && _ping.IsPingDue(_nowMs)) AddPing();
    }

    private void AddPing()
    {
        _ping.BeginPing(_random, _nowMs);
        TryAddPing(RelayFrameType.Ping, _ping.Payload);
    }

    private bool TryAddPing(int type, byte[] payload)
    {
        RelayFrameWriter.WritePing(_frame, 0, type, payload, 0);
        return _outbox.TryAddControl(WebSocketFrame.Binary, _frame, 0, RelayFrameWriter.PingFrameBytes);
    }

    private void AddClose(int code)
    {
        _frame[0] = (byte)(code >> 8);
        _frame[1] = (byte)code;
        _outbox.TryAddControl(WebSocketFrame.Close, _frame, 0, 2);
    }

    private void FailProtocol(int closeCode, string reason)
    {
        AddClose(closeCode);
        Fail("the relay broke the protocol: " + reason);
    }

    private void Fail(string reason)
    {
        if (State == RelayState.Failed) return;
        State = RelayState.Failed;
        FailureReason = reason;
    }
}
