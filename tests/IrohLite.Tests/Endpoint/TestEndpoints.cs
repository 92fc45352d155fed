using System;
using System.Net;
using System.Threading;
using IrohLite.Crypto;
using IrohLite.Identity;
using IrohLite.Platform;
using IrohLite.Protocols;
using IrohLite.Quic;

namespace IrohLite.Tests.Endpoint;

/// <summary>Endpoints on loopback UDP, on a relay in memory, or on both; closed together at the end of a test.</summary>
internal sealed class TestEndpoints : IDisposable
{
    /// <summary>Nothing here waits so long unless it is broken.</summary>
    public const int LongMs = 60000;

    private readonly System.Collections.Generic.List<IrohEndpoint> _endpoints = new();
    private readonly System.Collections.Generic.List<DesktopUdpSocket> _silent = new();

    /// <summary>Options for an endpoint whose key is this byte 32 times.</summary>
    public static EndpointOptions Options(byte seed, bool udp, IStreamConnector connector, string relay)
    {
        ICryptoProvider crypto = CryptoProviders.Any(1024);
        byte[] key = new byte[32];
        Array.Fill(key, seed);
        EndpointOptions options = new()
        {
            Crypto = crypto,
            Random = new SystemRandomSource(),
            Clock = new DesktopClock(),
            SecretKey = SecretKey.FromSeed(key, 0, crypto),
            Connector = connector,
            Quic = QuicConfig.Desktop(),
            DatagramSlots = 256,
            RelayBufferBytes = 16384,
            RelayQueueBytes = 262144,
        };
        if (relay != null && RelayUrl.TryParse(relay, out RelayUrl url, out _)) options.Relay = url;
        if (!udp) return options;
        DesktopUdpSocket socket = new(IPAddress.Loopback, 0);
        options.Udp = socket;
        options.DirectAddresses = socket.ReachableAt();
        return options;
    }

    public IrohEndpoint Bind(EndpointOptions options)
    {
        IrohEndpoint endpoint = IrohEndpoint.Bind(options);
        lock (_endpoints) _endpoints.Add(endpoint);
        return endpoint;
    }

    public IrohEndpoint Bind(byte seed) => Bind(Options(seed, true, null, null));

    public IrohEndpoint BindRelayed(byte seed, MemoryRelay relay, string url = "http://relay.test/")
    {
        IrohEndpoint endpoint = Bind(Options(seed, false, relay, url));
        return endpoint;
    }

    /// <summary>An address at which nobody answers, nor any other test.</summary>
    public EndpointAddr Silence(byte seed)
    {
        byte[] key = new byte[32];
        Array.Fill(key, seed);
        EndpointAddr addr = new(SecretKey.FromSeed(key, 0, CryptoProviders.Any()).Id);
        DesktopUdpSocket socket = new(IPAddress.Loopback, 0);
        lock (_silent) _silent.Add(socket);
        addr.Add(socket.ReachableAt()[0]);
        return addr;
    }

    /// <summary>Makes an endpoint serve echo on both names.</summary>
    public static Router ServeEcho(IrohEndpoint endpoint)
    {
        Router router = new(endpoint);
        EchoProtocol echo = new(4096, null);
        router.Add(EchoProtocol.Alpn, echo);
        router.Add(EchoProtocol.ShortAlpn, echo);
        router.Start();
        return router;
    }

    /// <summary>Sends bytes on a new stream and returns what comes back.</summary>
    public static byte[] Echo(IrohConnection connection, byte[] payload)
    {
        IrohStream stream = connection.OpenStream(LongMs);
        Thread writer = new(() => stream.WriteLast(payload, 0, payload.Length, LongMs));
        writer.Start();
        byte[] received = ReadToEnd(stream, payload.Length + 1);
        writer.Join();
        return received;
    }

    public static byte[] ReadToEnd(IrohStream stream, int maxBytes)
    {
        byte[] buffer = new byte[maxBytes];
        int total = 0;
        while (total < maxBytes)
        {
            int count = stream.Read(buffer, total, maxBytes - total, LongMs);
            if (count == 0) break;
            total += count;
        }

        return buffer[..total];
    }

    public static byte[] Bytes(int count, int seed)
    {
        byte[] bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    public static IrohException Fails(Action action) => Xunit.Assert.Throws<IrohException>(action);

    /// <summary>Waits for a condition that another thread brings about.</summary>
    public static void Eventually(Func<bool> condition, string what)
    {
        long endMs = new DesktopClock().NowMs + LongMs;
        while (!condition())
        {
            Xunit.Assert.True(new DesktopClock().NowMs < endMs, "never: " + what);
            Thread.Sleep(2);
        }
    }

    public void Dispose()
    {
        foreach (IrohEndpoint endpoint in _endpoints) endpoint.Close();
        foreach (DesktopUdpSocket socket in _silent) socket.Close();
    }
}
