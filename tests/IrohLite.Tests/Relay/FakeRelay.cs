using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using IrohLite.Crypto;
using IrohLite.Identity;
using IrohLite.Relay;
using Xunit;

namespace IrohLite.Tests.Relay;

/// <summary>
/// A session and the relay it talks to, by hand and on virtual time: <see cref="Now"/> moves only when a test moves it. Bytes to the
/// session go through padded arrays, in pieces of <see cref="PieceBytes"/>.
/// </summary>
internal sealed class FakeRelay
{
    private readonly WebSocketReader _fromClient = new(true, WebSocketFrame.MaxMessageBytes);
    private readonly byte[] _challenge = Enumerable.Range(0, 16).Select(i => (byte)i).ToArray();

    public FakeRelay(string url = "http://relay.test:3340/", string token = null, int maxQueuedBytes = 4096, string secret = null)
    {
        Assert.True(RelayUrl.TryParse(url, out RelayUrl parsed, out string error), error);
        byte[] seed = secret == null ? Enumerable.Repeat((byte)0x2A, 32).ToArray() : Convert.FromHexString(secret);
        Identity = SecretKey.FromSeed(seed, 0, Crypto);
        Session = new RelayClientSession(parsed, Identity, token, Crypto, new CountingRandom(), Sink, maxQueuedBytes, Now);
    }

    public ICryptoProvider Crypto { get; } = CryptoProviders.Any();

    public SecretKey Identity { get; }

    public RecordingRelaySink Sink { get; } = new();

    public RelayClientSession Session { get; }

    public long Now { get; set; } = 1_000_000;

    public int PieceBytes { get; set; } = int.MaxValue;

    /// <summary>The text of a good response to the request, for the key that <see cref="CountingRandom"/> makes.</summary>
    public static string Response(int version = 2) => "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: upgrade\r\n"
        + $"Sec-WebSocket-Accept: {WebSocketUpgrade.AcceptFor("AAECAwQFBgcICQoLDA0ODw==")}\r\nSec-WebSocket-Protocol: iroh-relay-v{version}\r\n\r\n";

    /// <summary>A server frame around a payload.</summary>
    public static byte[] Frame(byte[] payload, int opcode = WebSocketFrame.Binary)
    {
        byte[] frame = new byte[WebSocketFrame.HeaderBytes(payload.Length, false) + payload.Length];
        int header = WebSocketFrame.WriteHeader(frame, 0, opcode, payload.Length, null);
        payload.CopyTo(frame, header);
        return frame;
    }

    public static byte[] Frame(string hex) => Frame(Convert.FromHexString(hex));

    public void Send(string text) => Send(Encoding.ASCII.GetBytes(text));

    public void SendFrame(string hex) => Send(Frame(hex));

    public void Send(byte[] bytes)
    {
        for (int at = 0; at < bytes.Length; at += Math.Min(PieceBytes, bytes.Length - at))
        {
            Padded piece = new(bytes.AsSpan(at, Math.Min(PieceBytes, bytes.Length - at)).ToArray());
            Session.Receive(piece.Array, piece.Offset, piece.Count, Now);
            piece.AssertPaddingIntact();
        }
    }

    /// <summary>Everything the session wants to write now.</summary>
    public byte[] Output(int capacity = 300)
    {
        List<byte> output = [];
        for (;;)
        {
            Padded room = new(capacity);
            int count = Session.PollOutput(room.Array, room.Offset, capacity, Now);
            room.AssertPaddingIntact();
            if (count == 0) return output.ToArray();
            output.AddRange(room.Content.Take(count));
        }
    }

    /// <summary>The output as messages: hex of binary ones; control frames as "ping" or "close" and hex (pongs are not shown by a reader).</summary>
    public List<string> OutputMessages()
    {
        byte[] bytes = Output();
        List<string> messages = [];
        List<byte> message = [];
        _fromClient.Feed(bytes, 0, bytes.Length);
        for (;;)
        {
            switch (_fromClient.Next())
            {
                case WebSocketEvent.NeedBytes: return messages;
                case WebSocketEvent.Data:
                    message.AddRange(bytes.AsSpan(_fromClient.DataOffset, _fromClient.DataCount).ToArray());
                    if (!_fromClient.IsMessageEnd) break;
                    messages.Add(Convert.ToHexStringLower(message.ToArray()));
                    message.Clear();
                    break;
                case WebSocketEvent.Ping:
                    messages.Add("ping " + Convert.ToHexStringLower(_fromClient.Control, 0, _fromClient.ControlCount));
                    break;
                case WebSocketEvent.Close:
                    messages.Add("close " + Convert.ToHexStringLower(_fromClient.Control, 0, _fromClient.ControlCount));
                    return messages;
                default:
                    throw new InvalidOperationException(_fromClient.Error);
            }
        }
    }

    public void Upgrade(int version = 2)
    {
        Output();
        Send(Response(version));
        Assert.Null(Session.FailureReason);
        Assert.Equal(RelayState.Authenticating, Session.State);
    }

    /// <summary>Everything up to Online; returns the first Ping's payload as hex.</summary>
    public string GoOnline(int version = 2)
    {
        Upgrade(version);
        Send(Frame([0, .. _challenge]));
        Assert.Single(OutputMessages());
        SendFrame("02");
        Assert.Equal(RelayState.Online, Session.State);
        string ping = Assert.Single(OutputMessages());
        Assert.StartsWith("09", ping);
        return ping[2..];
    }

    /// <summary>Answers a Ping.</summary>
    public void Pong(string payload) => SendFrame("0a" + payload);
}
