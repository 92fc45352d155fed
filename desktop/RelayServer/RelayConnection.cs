using System;
using System.Buffers;
using System.Buffers.Text;
using System.IO;
using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using IrohLite.Relay;
using IrohLite.RelayServer.Access;
using Microsoft.AspNetCore.Connections;

namespace IrohLite.RelayServer;

/// <summary>One client from its accepted upgrade request to its end: handshake, access control, forwarding.</summary>
internal sealed class RelayConnection
{
    // The text a client gets whose signature is wrong.
    private const string SignatureInvalid = "signature invalid";
    private const int HeaderAuthBytes = 113;
    private const int SignatureLengthAt = 32;

    private readonly RelayServices _services;
    private readonly ConnectionContext _connection;
    private readonly UpgradeRequest _request;
    private readonly PipeWriter _output;
    private readonly OutgoingQueue _outgoing;
    private readonly WebSocketInput _input;

    public RelayConnection(RelayServices services, ConnectionContext connection, UpgradeRequest request)
    {
        _services = services;
        _connection = connection;
        _request = request;
        _output = connection.Transport.Output;
        _outgoing = new OutgoingQueue(services.Metrics, services.Time);
        _input = new WebSocketInput(connection.Transport.Input, _outgoing);
    }

    /// <summary>Runs until the client is gone; <paramref name="establish"/> ends the handshake when it takes too long.</summary>
    public async Task RunAsync(CancellationToken establish)
    {
        try
        {
            EndpointKey? id = await AuthoriseAsync(establish);
            if (id == null) return;
            await ServeAsync(id.Value);
        }
        finally
        {
            _input.Release();
        }
    }

    private async Task<EndpointKey?> AuthoriseAsync(CancellationToken cancellation)
    {
        string head = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: upgrade\r\nSec-WebSocket-Accept: "
            + WebSocketUpgrade.AcceptFor(_request.Key) + $"\r\nSec-WebSocket-Protocol: iroh-relay-v{_request.Version}\r\n\r\n";
        await _output.WriteAsync(Encoding.ASCII.GetBytes(head), cancellation);
        _services.Metrics.Upgrades.Add(1);

        // Authentication without a challenge needs the TLS exporter, which is not available here: a well-formed attempt gets a challenge.
        if (_request.ClientAuth != null && !IsWellFormedClientAuth(_request.ClientAuth)) return Refuse("malformed client auth header");
        byte[] challenge = RandomNumberGenerator.GetBytes(RelayFrameType.ChallengeBytes);
        await SendAsync(RelayFrames.Challenge(challenge), cancellation);

        RelayMessage? frame = await _input.NextAsync(cancellation);
        if (frame == null) return Refuse(_input.Error ?? "gone during the handshake");
        try
        {
            byte[] bytes = frame.Frame.ToArray();
            if (RelayHandshake.MalformationOfClientAuth(bytes, 0, bytes.Length) is { } malformation) return Refuse(malformation);
            if (!_services.VerifyClientAuth(challenge, frame))
            {
                await SendAsync(RelayFrames.Denies(SignatureInvalid), cancellation);
                return Refuse(SignatureInvalid);
            }

            EndpointKey id = EndpointKey.Read(bytes.AsSpan(1));
            if (await _services.Options.Access.RefusalAsync(new RelayClientInfo(id.ToString(), _request.Token), cancellation) is { } refusal)
            {
                // Counted and told before the client hears of it, who may ask again at once.
                _services.Metrics.AccessDenied.Add(1);
                if (refusal.Trouble != null) _services.Metrics.AccessUndecided.Add(1);
                _services.Log($"{id} denied: {refusal.Reason}" + (refusal.Trouble == null ? "" : $" (the access service did not decide: {refusal.Trouble})"));
                await SendAsync(RelayFrames.Denies(refusal.Reason), cancellation);
                return null;
            }

            await SendAsync(RelayFrames.Confirms(), cancellation);
            return id;
        }
        finally
        {
            frame.Return();
        }
    }

    private async Task ServeAsync(EndpointKey id)
    {
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(_services.Stopping.Token, _connection.ConnectionClosed);
        RelayClient client = new(id, _request.Version, _outgoing, end);
        client.OnReceived(_services.NowMs);
        _services.Clients.Add(client);
        _services.Log($"{id} connected, version {_request.Version}");
        Task writing = WriteAsync(client, end.Token);
        string? reason = null;
        try
        {
            reason = await ReadAsync(client, end.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // Ended by us, or the connection broke.
        }
        finally
        {
            _services.Clients.Remove(client);
            _services.Log($"{id} disconnected: {client.EndReason ?? reason ?? "connection closed"}");
            if (reason != null) _services.Metrics.ProtocolErrors.Add(1);
            if (_input.CloseCode == 0 && reason == null) client.End("connection closed");
            else _outgoing.Complete(Close(_input.CloseCode == 0 ? WebSocketFrame.CloseProtocolError : _input.CloseCode), WebSocketFrame.Close);
            await writing;
            if (client.EndReason != null) _connection.Abort(new ConnectionAbortedException(client.EndReason));
        }
    }

    // Returns the rule the client broke, or null when it left.
    private async Task<string?> ReadAsync(RelayClient client, CancellationToken cancellation)
    {
        TokenBucket? bucket = _services.Options.BytesPerSecond is { } rate ? new(rate, _services.Options.BurstBytes, _services.NowMs) : null;
        _input.BytesRead = async (count, token) =>
        {
            _services.Metrics.BytesReceived.Add(count);
            long pauseMs = bucket?.Take(count, _services.NowMs) ?? 0;
            if (pauseMs <= 0) return;
            client.OnReadingPaused(_services.NowMs + pauseMs);
            _services.Metrics.RateLimited.Add(1);
            await Task.Delay(TimeSpan.FromMilliseconds(pauseMs), _services.Time, token);
        };
        while (await _input.NextAsync(cancellation) is { } message)
        {
            client.OnReceived(_services.NowMs);
            if (RelayForwarder.Handle(_services.Clients, client, message) is { } broken) return broken;
        }

        return _input.Error;
    }

    private async Task WriteAsync(RelayClient client, CancellationToken cancellation)
    {
        try
        {
            await _outgoing.RunAsync(_output, cancellation);
        }
        catch (TimeoutException)
        {
            _services.Metrics.WriteTimeouts.Add(1);
            client.End("write stuck");
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // The connection is over; the reading side says why.
        }
    }

    private async Task SendAsync(RelayMessage message, CancellationToken cancellation)
    {
        _output.Write(message.WithHeader(WebSocketFrame.Binary));
        message.Return();
        await OutgoingQueue.FlushAsync(_output, _services.Time, cancellation);
    }

    private EndpointKey? Refuse(string reason)
    {
        _services.Metrics.AuthFailed.Add(1);
        _services.Log($"handshake failed: {reason}");
        return null;
    }

    private static RelayMessage Close(int code) => RelayMessage.Of((byte)(code >> 8), (byte)code);

    // base64url without padding of id, LEB128 64, signature, 16 bytes of key material.
    private static bool IsWellFormedClientAuth(string text)
    {
        byte[] bytes = new byte[HeaderAuthBytes];
        return !text.Contains('=') && Base64Url.IsValid(text) && Base64Url.GetMaxDecodedLength(text.Length) <= HeaderAuthBytes
            && Base64Url.TryDecodeFromChars(text, bytes, out int count) && count == HeaderAuthBytes && bytes[SignatureLengthAt] == 64;
    }
}
