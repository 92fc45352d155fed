using System;
using System.Collections.Generic;
using System.Text;
using IrohLite.Relay;

namespace IrohLite.Tests.Sim;

/// <summary>The relay's end of one client's stream: upgrade, challenge, forwarding; bytes go in and frames come out, without threads.</summary>
internal sealed class VirtualRelayStream(VirtualRelay relay, VirtualRelayClient client)
{
    private readonly WebSocketReader _reader = new(true, WebSocketFrame.MaxMessageBytes);
    private readonly List<byte> _message = new();
    private readonly byte[] _challenge = new byte[RelayFrameType.ChallengeBytes];
    private string _head = "";
    private bool _isUpgraded;
    private long _lineFreeMs;

    public VirtualRelayClient Client => client;

    /// <summary>The proven id; null before.</summary>
    public byte[] Id { get; private set; }

    public bool IsCut { get; set; }

    /// <summary>Frames on the way to the client.</summary>
    public int Queued { get; private set; }

    public void Receive(byte[] bytes)
    {
        if (!_isUpgraded)
        {
            _head += Encoding.ASCII.GetString(bytes);
            if (!_head.EndsWith("\r\n\r\n", StringComparison.Ordinal)) return;
            Upgrade();
            return;
        }

        _reader.Feed(bytes, 0, bytes.Length);
        int found;
        while ((found = _reader.Next()) == WebSocketEvent.Data)
        {
            _message.AddRange(bytes.AsSpan(_reader.DataOffset, _reader.DataCount).ToArray());
            if (!_reader.IsMessageEnd) continue;
            OnMessage(_message.ToArray());
            _message.Clear();
        }

        if (found != WebSocketEvent.NeedBytes) relay.Remove(this);
    }

    /// <summary>One message to the client, as fast as the relay's line allows.</summary>
    public void Send(byte[] message)
    {
        byte[] frame = new byte[WebSocketFrame.HeaderBytes(message.Length, false) + message.Length];
        int header = WebSocketFrame.WriteHeader(frame, 0, WebSocketFrame.Binary, message.Length, null);
        message.CopyTo(frame, header);
        SendRaw(frame);
    }

    private void SendRaw(byte[] bytes)
    {
        long start = Math.Max(relay.NowMs, _lineFreeMs);
        _lineFreeMs = start + (relay.BytesPerMs == 0 ? 0 : bytes.Length / relay.BytesPerMs);
        Queued++;
        relay.At(_lineFreeMs + relay.LatencyMs, () =>
        {
            Queued--;
            if (!IsCut) client.OnBytes(this, bytes);
        });
    }

    private void Upgrade()
    {
        string key = "";
        foreach (string line in _head.Split("\r\n"))
            if (line.StartsWith("Sec-WebSocket-Key: ", StringComparison.OrdinalIgnoreCase)) key = line[19..].Trim();
        _isUpgraded = true;
        SendRaw(Encoding.ASCII.GetBytes("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: upgrade\r\nSec-WebSocket-Accept: "
            + WebSocketUpgrade.AcceptFor(key) + "\r\nSec-WebSocket-Protocol: iroh-relay-v2\r\n\r\n"));
        Send([RelayFrameType.ServerChallenge, .. _challenge]);
    }

    private void OnMessage(byte[] message)
    {
        switch (message[0])
        {
            case RelayFrameType.ClientAuth:
                if (!RelayHandshake.VerifyClientAuth(CryptoProviders.Any(), _challenge, 0, message, 0)) throw new InvalidOperationException("signature");
                Id = message[1..33];
                if (relay.DenyReason == null)
                {
                    Send([RelayFrameType.ServerConfirmsAuth]);
                    relay.Add(this);
                    return;
                }

                Send([RelayFrameType.ServerDeniesAuth, (byte)relay.DenyReason.Length, .. Encoding.ASCII.GetBytes(relay.DenyReason)]);
                relay.At(relay.NowMs + 2 * relay.LatencyMs, () => relay.Remove(this));
                return;
            case RelayFrameType.ClientToRelayDatagram:
                relay.Forward(this, message[1..33], message[34..]);
                return;
            case RelayFrameType.Ping:
                message[0] = RelayFrameType.Pong;
                Send(message);
                return;
        }
    }
}
