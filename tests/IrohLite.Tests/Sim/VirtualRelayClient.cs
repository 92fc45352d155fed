using System;
using System.Collections.Generic;
using IrohLite.Crypto;
using IrohLite.Identity;
using IrohLite.Relay;

namespace IrohLite.Tests.Sim;

/// <summary>
/// One endpoint's link to a <see cref="VirtualRelay"/>: the library's session and back-off, and around them what the endpoint's link does
/// with them (EndpointLimits), on virtual time.
/// </summary>
internal sealed class VirtualRelayClient : IRelaySink
{
    private readonly byte[] _output = new byte[8192];
    private readonly Queue<(byte[] To, byte[] Datagram, long SinceMs)> _waiting = new();
    private readonly RelayBackoff _backoff = new();
    private readonly VirtualRelay _relay;
    private readonly SimSide _side;
    private readonly RelayUrl _url;
    private RelayClientSession _session;
    private VirtualRelayStream _stream;
    private bool _wasOnline;
    private long _nextTryMs;
    private long _lastSendMs;

    public VirtualRelayClient(VirtualRelay relay, SimSide side)
    {
        _relay = relay;
        _side = side;
        if (!RelayUrl.TryParse("http://relay.test/", out _url, out string error)) throw new InvalidOperationException(error);
        _nextTryMs = _lastSendMs = relay.NowMs;
    }

    /// <summary>Called when the relay is there again.</summary>
    public Action OnOnline { get; set; }

    public bool IsOnline => _session != null && _session.State == RelayState.Online;

    public int TimesOnline { get; private set; }

    public bool WasDenied { get; private set; }

    public int LastStatus { get; private set; } = -1;

    public long NextDeadlineMs => Math.Min(_nextTryMs, _session == null ? long.MaxValue : _session.NextDeadlineMs);

    /// <summary>The name of a peer behind the relay.</summary>
    public static SimAddress AddressOf(byte[] id) => new(Convert.ToHexString(id));

    public void Send(SimAddress to, byte[] datagram)
    {
        byte[] id = Convert.FromHexString(to.ToString());
        _lastSendMs = _relay.NowMs;
        if (IsOnline) _session.TrySendDatagram(id, 0, datagram, 0, datagram.Length);
        else if (_waiting.Count < EndpointLimits.RelayWaitingDatagrams) _waiting.Enqueue((id, datagram, _relay.NowMs));
    }

    public void OnTime()
    {
        long now = _relay.NowMs;
        if (now >= _nextTryMs)
        {
            _nextTryMs = long.MaxValue;
            _relay.Connect(this);
        }

        if (_session == null || now < _session.NextDeadlineMs) return;
        _session.OnDeadline(now);
        if (_session.State == RelayState.Failed) _relay.Remove(_stream);
    }

    public void OnUp(VirtualRelayStream stream)
    {
        _stream = stream;
        _wasOnline = false;
        _session = new RelayClientSession(_url, _side.Key, null, _side.Crypto, _side.Random, this, 65536, _relay.NowMs);
    }

    public void OnBytes(VirtualRelayStream stream, byte[] bytes)
    {
        if (stream != _stream || _session == null) return;
        _session.Receive(bytes, 0, bytes.Length, _relay.NowMs);
        if (_session.State == RelayState.Failed)
        {
            _relay.Remove(stream);
            return;
        }

        if (_wasOnline || !IsOnline) return;
        _wasOnline = true;
        WasDenied = false;
        TimesOnline++;
        while (_waiting.TryDequeue(out var item))
            if (_relay.NowMs - item.SinceMs < EndpointLimits.RelayWaitingMs) _session.TrySendDatagram(item.To, 0, item.Datagram, 0, item.Datagram.Length);
        OnOnline?.Invoke();
    }

    public void OnDown()
    {
        if (_session != null)
        {
            WasDenied = _session.WasDenied;
            if (_session.SawPong) _backoff.Reset();
        }

        _session = null;
        _stream = null;
        int delay = (int)_backoff.NextDelayMs(_side.Random);
        int most = EndpointLimits.RelayInUseDelayMs;
        if (_relay.NowMs - _lastSendMs < EndpointLimits.RelayInUseMs && delay > most) delay = most / 2 + delay % (most / 2);
        _nextTryMs = _relay.NowMs + delay;
    }

    /// <summary>Says goodbye and does not come back.</summary>
    public void Leave()
    {
        if (_stream != null) _relay.Remove(_stream);
        _nextTryMs = long.MaxValue;
    }

    /// <summary>Puts what the session wants to write on the way; true when there was something.</summary>
    public bool Flush()
    {
        bool any = false;
        int count;
        while (_session != null && (count = _session.PollOutput(_output, 0, _output.Length, _relay.NowMs)) > 0)
        {
            any = true;
            byte[] bytes = _output.AsSpan(0, count).ToArray();
            VirtualRelayStream stream = _stream;
            _relay.At(_relay.NowMs + _relay.LatencyMs, () =>
            {
                if (!stream.IsCut) stream.Receive(bytes);
            });
        }

        return any;
    }

    void IRelaySink.OnDatagram(byte[] source, int sourceOffset, byte[] buffer, int offset, int count) =>
        _side.Demux.ReceiveDatagram(buffer, offset, count, AddressOf(source.AsSpan(sourceOffset, 32).ToArray()), _relay.NowMs);

    void IRelaySink.OnEndpointGone(byte[] id, int offset)
    {
    }

    void IRelaySink.OnStatus(int code) => LastStatus = code;
}
