using System;
using System.Collections.Generic;
using System.Text;
using System.Threading;
using IrohLite.Crypto;
using IrohLite.Platform;
using IrohLite.Relay;

namespace IrohLite.Tests.Endpoint;

/// <summary>One client of a <see cref="MemoryRelay"/>, as far as a client can see a relay (iroh-wire 3.11).</summary>
internal sealed class MemoryRelaySession(MemoryRelay relay, string host, MemoryStreamEnd stream)
{
    private readonly byte[] _buffer = new byte[256 * 1024];
    private readonly WebSocketReader _reader = new(true, WebSocketFrame.MaxMessageBytes);
    private readonly List<byte> _message = new();
    private readonly byte[] _challenge = new byte[16];

    public string Host => host;

    public byte[] Id { get; private set; }

    public string Key => MemoryRelay.KeyOf(host, Id);

    public void Close() => stream.Close();

    public void Run()
    {
        try
        {
            Serve();
        }
        catch (StreamFailedException)
        {
            // The client went away before it had its answer.
        }
    }

    private void Serve()
    {
        if (!Upgrade()) return;
        byte[] challenge = new byte[17];
        Array.Copy(_challenge, 0, challenge, 1, 16);
        Send(challenge);
        int count;
        while ((count = stream.Read(_buffer, 0, _buffer.Length, Timeout.Infinite)) > 0)
        {
            _reader.Feed(_buffer, 0, count);
            int found;
            while ((found = _reader.Next()) != WebSocketEvent.NeedBytes)
            {
                if (found != WebSocketEvent.Data)
                {
                    if (found == WebSocketEvent.Close) relay.OnLeft();
                    stream.Close();
                    return;
                }

                _message.AddRange(_buffer.AsSpan(_reader.DataOffset, _reader.DataCount).ToArray());
                if (!_reader.IsMessageEnd) continue;
                OnMessage(_message.ToArray());
                _message.Clear();
            }
        }
    }

    public void Send(byte[] message)
    {
        byte[] header = new byte[WebSocketFrame.MaxHeaderBytes];
        int length = WebSocketFrame.WriteHeader(header, 0, WebSocketFrame.Binary, message.Length, null);
        byte[] frame = new byte[length + message.Length];
        Array.Copy(header, 0, frame, 0, length);
        Array.Copy(message, 0, frame, length, message.Length);
        try
        {
            stream.Write(frame, 0, frame.Length);
        }
        catch (StreamFailedException)
        {
            // The client is gone; a relay drops what it had for it.
        }
    }

    private bool Upgrade()
    {
        string head = "";
        while (!head.EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            int count = stream.Read(_buffer, 0, _buffer.Length, Timeout.Infinite);
            if (count <= 0) return false;
            head += Encoding.ASCII.GetString(_buffer, 0, count);
        }

        relay.Asked(host, head);
        string key = "";
        foreach (string line in head.Split("\r\n"))
            if (line.StartsWith("Sec-WebSocket-Key: ", StringComparison.OrdinalIgnoreCase)) key = line[19..].Trim();
        string answer = relay.UpgradeAnswer ?? "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: upgrade\r\nSec-WebSocket-Accept: "
            + WebSocketUpgrade.AcceptFor(key) + "\r\nSec-WebSocket-Protocol: iroh-relay-v2\r\n\r\n";
        byte[] bytes = Encoding.ASCII.GetBytes(answer);
        stream.Write(bytes, 0, bytes.Length);
        if (relay.UpgradeAnswer != null) stream.Close();
        return relay.UpgradeAnswer == null;
    }

    private void OnMessage(byte[] message)
    {
        switch (message[0])
        {
            case RelayFrameType.ClientAuth:
                if (!RelayHandshake.VerifyClientAuth(CryptoProviders.Any(), _challenge, 0, message, 0)) throw new InvalidOperationException("signature");
                Id = message[1..33];
                Admit();
                break;
            case RelayFrameType.ClientToRelayDatagram:
                relay.Forward(this, message);
                break;
            case RelayFrameType.Ping:
                message[0] = RelayFrameType.Pong;
                Send(message);
                break;
        }
    }

    private void Admit()
    {
        if (relay.DenyReason == null)
        {
            relay.Register(this);
            Send(new byte[] { RelayFrameType.ServerConfirmsAuth });
            return;
        }

        byte[] reason = Encoding.UTF8.GetBytes(relay.DenyReason);
        byte[] denial = new byte[2 + reason.Length];
        denial[0] = RelayFrameType.ServerDeniesAuth;
        denial[1] = (byte)reason.Length;
        Array.Copy(reason, 0, denial, 2, reason.Length);
        Send(denial);
        stream.Close();
    }
}
