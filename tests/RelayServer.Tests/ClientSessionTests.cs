using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;
using System.Threading.Tasks;
using IrohLite.Crypto;
using IrohLite.Identity;
using IrohLite.Relay;
using IrohLite.RelayServer.Access;
using Xunit;

namespace IrohLite.RelayServer.Tests;

/// <summary>The client half of the library against the server, over real TCP.</summary>
public class ClientSessionTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Two_sessions_exchange_datagrams_plain_and_over_TLS(bool tls)
    {
        using X509Certificate2? certificate = tls ? SelfSigned() : null;
        await using RelayHost relay = await RelayHost.StartAsync(new RelayHostOptions { Time = new ManualTime(), Certificate = certificate });
        Assert.StartsWith(tls ? "https://127.0.0.1:" : "http://127.0.0.1:", relay.ListenUrl);
        await using Endpoint a = await Endpoint.ConnectAsync(relay, 1);
        await using Endpoint b = await Endpoint.ConnectAsync(relay, 2);
        await a.UntilOnline();
        await b.UntilOnline();
        Assert.Equal(2, a.Session.ProtocolVersion);
        for (int size = 1; size <= 1401; size += 200)
        {
            byte[] data = RandomNumberGenerator.GetBytes(size);
            await a.SendAsync(b, data);
            Assert.Equal((a.Id, Convert.ToHexStringLower(data)), await b.ReceiveAsync());
            await b.SendAsync(a, data);
            Assert.Equal((b.Id, Convert.ToHexStringLower(data)), await a.ReceiveAsync());
        }

        await Patience.Until(() => a.Session.SawPong, "the relay answers the ping");
    }

    [Fact]
    public async Task A_burst_of_datagrams_arrives_in_order()
    {
        await using RelayHost relay = await StillRelay.StartAsync();
        await using Endpoint a = await Endpoint.ConnectAsync(relay, 1);
        await using Endpoint b = await Endpoint.ConnectAsync(relay, 2);
        await a.UntilOnline();
        await b.UntilOnline();
        for (int i = 0; i < 400; i++) await a.SendAsync(b, [(byte)(i >> 8), (byte)i, .. new byte[1198]]);
        for (int i = 0; i < 400; i++) Assert.StartsWith(i.ToString("x4"), (await b.ReceiveAsync()).Data);
    }

    [Fact]
    public async Task A_batch_reaches_a_session_as_its_datagrams()
    {
        await using RelayHost relay = await StillRelay.StartAsync();
        await using RawClient stock = await RawClient.OnlineAsync(relay, 1);
        await using Endpoint b = await Endpoint.ConnectAsync(relay, 2);
        await b.UntilOnline();
        byte[] data = Enumerable.Range(0, 12000).Select(i => (byte)(i / 1200)).ToArray();
        await stock.SendAsync([5, .. b.IdBytes, 0, 4, 0xB0, .. data]);
        for (int i = 0; i < 10; i++) Assert.Equal(Convert.ToHexStringLower(data.AsSpan(1200 * i, 1200)), (await b.ReceiveAsync()).Data);
    }

    [Fact]
    public async Task A_denied_session_knows_why()
    {
        await using RelayHost relay = await RelayHost.StartAsync(new RelayHostOptions { Time = new ManualTime(), Access = new TokenAccess(["right"]) });
        await using Endpoint denied = await Endpoint.ConnectAsync(relay, 1, "wrong");
        await Patience.Until(() => denied.Session.State == RelayState.Failed, "the session fails");
        Assert.True(denied.Session.WasDenied);
        Assert.Equal("the relay denied access: not authorized", denied.Session.FailureReason);
        await using Endpoint good = await Endpoint.ConnectAsync(relay, 1, "right");
        await good.UntilOnline();
    }

    [Fact]
    public async Task A_relay_restarts_on_its_port_and_the_same_key_returns()
    {
        RelayHost relay = await StillRelay.OnKeptPortAsync(StillRelay.StartAsync);
        int port = relay.Port;
        for (int round = 0; round < 3; round++)
        {
            await using Endpoint client = await Endpoint.ConnectAsync(relay, 1);
            await client.UntilOnline();
            await relay.StopAsync();
            await Patience.Until(() => client.Session.State == RelayState.Failed, "the session notices");
            Assert.Equal("the stream ended", client.Session.FailureReason);
            relay = await StillRelay.StartAsync(port);
            Assert.Equal(port, relay.Port);
        }

        await relay.DisposeAsync();
    }

    [Fact]
    public async Task Leaving_with_a_close_frame_frees_the_id_at_once()
    {
        await using RelayHost relay = await StillRelay.StartAsync();
        await using Endpoint client = await Endpoint.ConnectAsync(relay, 1);
        await client.UntilOnline();
        await Patience.Until(() => RawClient.Metric(relay, "endpoints_online") == 1, "the session is registered");
        client.Session.BeginClose();
        await client.FlushAsync();
        await Patience.Until(() => RawClient.Metric(relay, "endpoints_online") == 0, "the id is free");
        Assert.Equal(0, RawClient.Metric(relay, "protocol_errors_total"));
    }

    [Fact]
    public async Task A_port_in_use_is_told()
    {
        await using RelayHost relay = await StillRelay.StartAsync();
        await Assert.ThrowsAsync<IOException>(() => StillRelay.StartAsync(relay.Port));
    }

    private static X509Certificate2 SelfSigned()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=localhost", key, HashAlgorithmName.SHA256);
        using X509Certificate2 made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }

    /// <summary>A session with its stream: a reading task, and writes under a lock.</summary>
    private sealed class Endpoint : IRelaySink, IAsyncDisposable
    {
        private readonly TcpClient _tcp = new() { NoDelay = true };
        private readonly System.Threading.SemaphoreSlim _turn = new(1);
        private readonly Channel<(string Source, string Data)> _received = Channel.CreateUnbounded<(string Source, string Data)>();
        private readonly byte[] _output = new byte[4096];
        private Stream _stream = Stream.Null;
        private Task _reading = Task.CompletedTask;
        private byte[] _seed = [];

        private Endpoint(RelayHost relay, byte seed, string? token)
        {
            DesktopCryptoProvider crypto = new(1);
            _seed = Enumerable.Repeat(seed, 32).ToArray();
            SecretKey key = SecretKey.FromSeed(_seed, 0, crypto);
            Assert.True(RelayUrl.TryParse(relay.ListenUrl, out RelayUrl url, out _));
            IdBytes = key.PublicKey;
            Session = new RelayClientSession(url, key, token, crypto, new SystemRandom(), this, 600_000, 0);
        }

        public RelayClientSession Session { get; }

        public byte[] IdBytes { get; }

        public string Id => Convert.ToHexStringLower(IdBytes);

        public static async Task<Endpoint> ConnectAsync(RelayHost relay, byte seed, string? token = null)
        {
            Endpoint endpoint = new(relay, seed, token);
            await endpoint._tcp.ConnectAsync(IPAddress.Loopback, relay.Port);
            endpoint._stream = endpoint._tcp.GetStream();
            if (relay.ListenUrl.StartsWith("https:", StringComparison.Ordinal))
            {
                SslStream tls = new(endpoint._stream, false, (_, _, _, _) => true);
                await tls.AuthenticateAsClientAsync("localhost");
                endpoint._stream = tls;
            }

            await endpoint.FlushAsync();
            endpoint._reading = endpoint.ReadAsync();
            return endpoint;
        }

        public Task UntilOnline() => Patience.Until(() => Session.State == RelayState.Online, "online, not: " + Session.FailureReason);

        public async Task SendAsync(Endpoint to, byte[] data)
        {
            await _turn.WaitAsync();
            bool sent = Session.TrySendDatagram(to.IdBytes, 0, data, 0, data.Length);
            _turn.Release();
            Assert.True(sent);
            await FlushAsync();
        }

        public Task<(string Source, string Data)> ReceiveAsync() => _received.Reader.ReadAsync().AsTask().Soon();

        public async Task FlushAsync()
        {
            await _turn.WaitAsync();
            try
            {
                for (int count = Next(); count > 0; count = Next()) await _stream.WriteAsync(_output.AsMemory(0, count));
            }
            finally
            {
                _turn.Release();
            }

            int Next() => Session.PollOutput(_output, 0, _output.Length, Environment.TickCount64);
        }

        public void OnDatagram(byte[] source, int sourceOffset, byte[] buffer, int offset, int count) =>
            _received.Writer.TryWrite((Convert.ToHexStringLower(source, sourceOffset, 32), Convert.ToHexStringLower(buffer, offset, count)));

        public void OnEndpointGone(byte[] id, int offset)
        {
        }

        public void OnStatus(int code)
        {
        }

        public async ValueTask DisposeAsync()
        {
            _tcp.Dispose();
            await _reading;
        }

        private async Task ReadAsync()
        {
            byte[] buffer = new byte[5000];
            try
            {
                for (;;)
                {
                    int count = await _stream.ReadAsync(buffer);
                    if (count == 0) break;
                    await _turn.WaitAsync();
                    Session.Receive(buffer, 0, count, Environment.TickCount64);
                    _turn.Release();
                    await FlushAsync();
                }
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException)
            {
                // Ended by one of the sides.
            }

            Session.OnStreamEnded("the stream ended");
        }
    }

    private sealed class SystemRandom : IRandomSource
    {
        public void Fill(byte[] buffer, int offset, int count) => RandomNumberGenerator.Fill(buffer.AsSpan(offset, count));
    }
}
