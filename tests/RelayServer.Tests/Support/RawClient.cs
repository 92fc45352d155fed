using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;
using IrohLite.Crypto;
using IrohLite.Identity;
using IrohLite.Relay;
using Xunit;

namespace IrohLite.RelayServer.Tests;

/// <summary>
/// A client by hand, which can break every rule. Received messages are given as hex; "pong HEX", "close HEX" and "end" are
/// the other things that can come.
/// </summary>
internal sealed class RawClient : IAsyncDisposable
{
    private static readonly byte[] Mask = [1, 2, 3, 4];
    private readonly TcpClient _tcp = new() { NoDelay = true };
    private readonly List<byte> _unread = [];
    private readonly byte[] _buffer = new byte[64 * 1024];

    /// <summary>The key most requests use; its accept value is the example of RFC 6455.</summary>
    public const string Key = "dGhlIHNhbXBsZSBub25jZQ==";

    public Stream Stream { get; private set; } = Stream.Null;

    public byte[] Id { get; private set; } = [];

    public static string Request(string version = "iroh-relay-v2, iroh-relay-v1", string target = "/relay", string more = "") =>
        $"GET {target} HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nHost: x\r\nSec-WebSocket-Key: {Key}\r\n"
        + $"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: {version}\r\n{more}\r\n";

    public static async Task<RawClient> ConnectAsync(RelayHost relay)
    {
        RawClient client = new();
        await client._tcp.ConnectAsync(IPAddress.Loopback, relay.Port);
        client.Stream = client._tcp.GetStream();
        return client;
    }

    /// <summary>Up to the 101.</summary>
    public static async Task<RawClient> UpgradeAsync(RelayHost relay, string? request = null)
    {
        RawClient client = await ConnectAsync(relay);
        await client.SendTextAsync(request ?? Request());
        Assert.StartsWith("HTTP/1.1 101 ", await client.ReadHeadAsync());
        return client;
    }

    /// <summary>Up to the answer to the signature; it is returned by the next <see cref="ReadAsync"/>.</summary>
    public static async Task<RawClient> AuthenticateAsync(RelayHost relay, byte seed, string? request = null)
    {
        RawClient client = await UpgradeAsync(relay, request);
        await client.AnswerChallengeAsync(seed);
        return client;
    }

    /// <summary>An authorised client with the key of a seed of equal bytes.</summary>
    public static async Task<RawClient> OnlineAsync(RelayHost relay, byte seed, string? request = null)
    {
        long before = Metric(relay, "sessions_total");
        RawClient client = await AuthenticateAsync(relay, seed, request);
        Assert.Equal("02", await client.ReadAsync());
        await Patience.Until(() => Metric(relay, "sessions_total") > before, "the session is registered");
        return client;
    }

    public static long Metric(RelayHost relay, string name)
    {
        foreach (string line in relay.Metrics.Split('\n'))
            if (line.StartsWith("irohlite_relay_" + name + " ", StringComparison.Ordinal)) return long.Parse(line.Split(' ')[1]);
        throw new ArgumentException("no metric " + name);
    }

    public async Task AnswerChallengeAsync(byte seed, bool spoilSignature = false)
    {
        byte[] challenge = Convert.FromHexString(await ReadAsync());
        Assert.Equal(17, challenge.Length);
        Assert.Equal(0, challenge[0]);
        DesktopCryptoProvider crypto = new(1);
        byte[] seedBytes = new byte[32];
        Array.Fill(seedBytes, seed);
        SecretKey key = SecretKey.FromSeed(seedBytes, 0, crypto);
        Id = key.PublicKey;
        byte[] frame = new byte[RelayHandshake.ClientAuthBytes];
        RelayHandshake.WriteClientAuth(crypto, key, challenge, 1, frame, 0);
        if (spoilSignature) frame[40] ^= 1;
        await SendAsync(frame);
    }

    public async Task SendTextAsync(string text) => await Stream.WriteAsync(Encoding.Latin1.GetBytes(text));

    public Task SendAsync(string hex) => SendAsync(Convert.FromHexString(hex));

    /// <summary>Sends one masked message.</summary>
    public Task SendAsync(byte[] payload, int opcode = WebSocketFrame.Binary) => SendFrameAsync(payload, 0x80 | opcode);

    /// <summary>Sends one masked frame with any first byte.</summary>
    public async Task SendFrameAsync(byte[] payload, int first)
    {
        byte[] frame = new byte[WebSocketFrame.HeaderBytes(payload.Length, true) + payload.Length];
        int header = WebSocketFrame.WriteHeader(frame, 0, 0, payload.Length, Mask);
        frame[0] = (byte)first;
        payload.CopyTo(frame, header);
        WebSocketFrame.ApplyMask(frame, header, payload.Length, Mask, 0);
        await Stream.WriteAsync(frame);
    }

    /// <summary>Sends a datagram frame (04) to somebody.</summary>
    public Task SendToAsync(RawClient other, params byte[] data) => SendAsync([4, .. other.Id, 0, .. data]);

    /// <summary>The head of an HTTP answer; empty when the connection ends before one.</summary>
    public async Task<string> ReadHeadAsync()
    {
        for (;;)
        {
            string text = Encoding.Latin1.GetString(_unread.ToArray());
            int end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end >= 0)
            {
                _unread.RemoveRange(0, end + 4);
                return text[..(end + 4)];
            }

            if (!await FillAsync()) return "";
        }
    }

    /// <summary>Everything to the end of the connection, as text.</summary>
    public async Task<string> ReadToEndAsync()
    {
        while (await FillAsync())
        {
        }

        return Encoding.Latin1.GetString(_unread.ToArray());
    }

    /// <summary>The next message.</summary>
    public async Task<string> ReadAsync()
    {
        for (;;)
        {
            if (TryTakeFrame(out int opcode, out byte[] payload))
            {
                string hex = Convert.ToHexStringLower(payload);
                return opcode switch
                {
                    WebSocketFrame.Binary => hex,
                    WebSocketFrame.Pong => "pong " + hex,
                    WebSocketFrame.Close => "close " + hex,
                    _ => throw new InvalidDataException("opcode " + opcode),
                };
            }

            if (!await FillAsync()) return "end";
        }
    }

    /// <summary>Everything that has come before the answer to a ping sent now: what is not there by then will not come by itself.</summary>
    public async Task<List<string>> ReadPendingAsync()
    {
        await SendAsync("09ffeeddccbbaa9988");
        List<string> messages = [];
        for (;;)
        {
            string message = await ReadAsync();
            if (message is "0affeeddccbbaa9988" or "end") return messages;
            messages.Add(message);
        }
    }

    public ValueTask DisposeAsync()
    {
        _tcp.Dispose();
        return ValueTask.CompletedTask;
    }

    private bool TryTakeFrame(out int opcode, out byte[] payload)
    {
        opcode = 0;
        payload = [];
        if (_unread.Count < 2) return false;
        int length = _unread[1];
        int header = 2;
        if (length == 126)
        {
            if (_unread.Count < 4) return false;
            length = (_unread[2] << 8) | _unread[3];
            header = 4;
        }
        else if (length == 127)
        {
            if (_unread.Count < 10) return false;
            length = (_unread[7] << 16) | (_unread[8] << 8) | _unread[9];
            header = 10;
        }

        Assert.InRange(_unread[1], 0, 127);
        Assert.Equal(0x80, _unread[0] & 0xF0);
        if (_unread.Count < header + length) return false;
        opcode = _unread[0] & 15;
        payload = _unread.GetRange(header, length).ToArray();
        _unread.RemoveRange(0, header + length);
        return true;
    }

    private async Task<bool> FillAsync()
    {
        try
        {
            int count = await Stream.ReadAsync(_buffer).AsTask().Soon();
            _unread.AddRange(_buffer.AsSpan(0, count));
            return count > 0;
        }
        catch (IOException)
        {
            // The relay reset the connection.
            return false;
        }
    }
}
