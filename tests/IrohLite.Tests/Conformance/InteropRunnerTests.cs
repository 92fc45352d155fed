using System;
using System.Collections.Generic;
using System.Linq;
using IrohLite.Quic;
using IrohLite.Tests.Quic;
using IrohLite.Tests.Scenarios;
using IrohLite.Tests.Sim;
using IrohLite.Tests.Tls;
using Xunit;

namespace IrohLite.Tests.Conformance;

/// <summary>
/// The cases of quic-interop-runner that have a meaning for this profile, on the virtual network: its bandwidth-free link of 15 ms, its
/// loss and corruption rates, its outages. Files are echoes here.
/// </summary>
public class InteropRunnerTests
{
    private const int Seeds = 10;

    [Fact]
    public void Handshake()
    {
        Pair pair = Network();
        PacketTrace trace = new(pair);
        Echoes.RunAll(pair, 1024, "handshake");
        Assert.DoesNotContain(trace.Lines, line => line.Contains("Retry") || line.Contains("other"));
    }

    [Fact]
    public void Transfer()
    {
        // Three files at once, each larger than every window.
        Pair pair = Network(device: false);
        TransferAtOnce(pair, [2_000_000, 3_000_000, 5_000_000]);
        Pair device = Network();
        TransferAtOnce(device, [20_000, 30_000, 50_000]);
    }

    [Fact]
    public void LongRtt()
    {
        Pair pair = Network();
        pair.ToServer.LatencyMs = pair.ToClient.LatencyMs = 375;
        int initials = 0;
        pair.Client.OnTransmit = (datagram, _) => initials += (datagram[0] & 0xF0) == 0xC0 ? 1 : 0;
        Echoes.RunAll(pair, 1024, "longrtt");

        // The first probe comes after 999 ms, later than the answer.
        Assert.InRange(initials, 1, 2);
    }

    [Fact]
    public void Multiplexing()
    {
        // 1999 small files on one connection with few streams at a time; as the runner demands, never more than the limit.
        Pair pair = Network().Connect();
        _ = new EchoServer(pair.Server);
        List<EchoClient> running = [];
        int done = 0;
        int started = 0;
        Action pump = () =>
        {
            for (int i = running.Count - 1; i >= 0; i--)
            {
                running[i].Pump();
                if (!running[i].IsDone) continue;
                running.RemoveAt(i);
                done++;
            }

            while (running.Count < 4 && started < 1999)
            {
                running.Add(new EchoClient(pair.Dialed, 32));
                started++;
            }
        };
        pair.Client.OnEvent = _ => pump();
        Assert.True(pair.Run(() =>
        {
            pump();
            return done == 1999;
        }, 600_000, 2_000_000), done + " done");
        Assert.InRange(pair.Accepted.Streams.Places, 1, 4);
    }

    [Fact]
    public void Retry()
    {
        HandQuicServer server = new(Network());
        server.Dial();
        byte[] hello = server.CryptoStream(0);
        byte[] retryId = Wire.Hex("b1b2b3b4b5b6b7b8");
        int before = server.Received.Count;
        server.Deliver(NegativeKeyAndRetryTests.Retry(server, "00112233445566778899", Convert.ToHexString(retryId)));

        // The hello once more, to the Retry's id, with its token, under new keys.
        byte[] second = server.Received[before];
        Assert.Equal(1200, second.Length);
        Assert.Equal("B1B2B3B4B5B6B7B8", Convert.ToHexString(second, 6, 8));
        Assert.Equal("0A00112233445566778899", Convert.ToHexString(second, 23, 11));
        server.Tls.Parameters = Wire.Cat(server.Tls.Parameters, HandQuicClient.Parameter(16, retryId));
        ConnectionId id = new();
        id.Set(retryId, 0, 8);
        server.InstallInitial(id);
        server.SendHello();
        server.SendFlight();
        Assert.True(server.Dialed.IsEstablished, server.Dialed.CloseInfo?.Reason);
        Assert.Equal(hello, server.CryptoStream(0));
    }

    [Fact]
    public void Blackhole()
    {
        // 5 s of link, 2 s of nothing, again and again.
        Pair pair = Network().Connect();
        EchoClient echo = Echoes.Start(pair, 3_000_000);
        for (int round = 0; round < 40 && !echo.IsDone; round++)
        {
            pair.RunFor(5000);
            pair.ToServer.IsCut = pair.ToClient.IsCut = true;
            pair.RunFor(2000);
            pair.ToServer.IsCut = pair.ToClient.IsCut = false;
        }

        Assert.True(echo.IsDone, echo.Received + " bytes");
        Assert.True(pair.Dialed.PacketsLost > 0);
    }

    [Theory, BothRoles]
    public void KeyUpdate(bool byServer)
    {
        Pair pair = Network().Connect();
        EchoClient echo = Echoes.Start(pair, 300_000);
        Assert.True(pair.Run(() => echo.Received > 100_000, 600_000));
        (byServer ? pair.Accepted : pair.Dialed).InitiateKeyUpdate();
        Assert.True(pair.Run(() => echo.IsDone, 600_000));
        Assert.Equal(1, pair.Dialed.KeyUpdates);
        Assert.Equal(1, pair.Accepted.KeyUpdates);
    }

    [Fact]
    public void AmplificationLimit()
    {
        // The second to the seventh datagram of the client are lost; until one arrives the server keeps to three times the first.
        Pair pair = Network();
        pair.ToServer.LossMask = 0b1111110;
        long received = 0;
        long sent = 0;
        bool isValidated = false;
        pair.ToServer.Edit = (index, datagram) =>
        {
            if (index is 0 or > 6)
            {
                received += datagram.Length;
                isValidated |= index > 6;
            }

            return datagram;
        };
        pair.Server.OnTransmit = (datagram, _) =>
        {
            sent += datagram.Length;
            if (!isValidated) Assert.True(sent <= 3 * received, sent + " bytes for " + received);
        };
        Echoes.RunAll(pair, 5000, "amplificationlimit");
        Assert.True(isValidated);
    }

    [Fact]
    public void HandshakeLoss()
    {
        // 50 handshakes one after another over a link that loses 30 %, three in a row at most.
        for (ulong seed = 1; seed <= 5 * Seeds; seed++)
        {
            Pair pair = Network(seed);
            pair.ToServer.Edit = Burst(seed, 0.3, 3);
            pair.ToClient.Edit = Burst(seed + 1000, 0.3, 3);
            Echoes.RunAll(pair, 1024, "handshakeloss seed " + seed, 300_000);
        }
    }

    [Fact]
    public void TransferLoss()
    {
        for (ulong seed = 1; seed <= Seeds; seed++)
        {
            Pair pair = Network(seed);
            pair.ToServer.Edit = Burst(seed, 0.02, 3);
            pair.ToClient.Edit = Burst(seed + 1000, 0.02, 3);
            Echoes.RunAll(pair, 200_000, "transferloss seed " + seed, 600_000);
        }
    }

    [Fact]
    public void HandshakeCorruption()
    {
        for (ulong seed = 1; seed <= 5 * Seeds; seed++)
        {
            Pair pair = Network(seed);
            pair.ToServer.Edit = Corrupt(seed, 0.3, 3);
            pair.ToClient.Edit = Corrupt(seed + 1000, 0.3, 3);
            Echoes.RunAll(pair, 1024, "handshakecorruption seed " + seed, 300_000);
        }
    }

    [Fact]
    public void TransferCorruption()
    {
        for (ulong seed = 1; seed <= Seeds; seed++)
        {
            Pair pair = Network(seed);
            pair.ToServer.Edit = Corrupt(seed, 0.02, 3);
            pair.ToClient.Edit = Corrupt(seed + 1000, 0.02, 3);
            Echoes.RunAll(pair, 200_000, "transfercorruption seed " + seed, 600_000);
        }
    }

    [Fact]
    public void RebindPort() => Rebind(i => new SimAddress("client:" + (4000 + i)));

    [Fact]
    public void RebindAddress() => Rebind(i => new SimAddress("client at network " + i));

    // A NAT gives the client another address every second, once before the first byte.
    private static void Rebind(Func<int, SimAddress> address)
    {
        Pair pair = Network().Connect();
        int challenges = 0;
        List<string> seen = [];
        pair.Server.OnTransmit = (datagram, transmit) =>
        {
            if (transmit.Paths[0].ToString() == seen.LastOrDefault()) return;
            seen.Add(transmit.Paths[0].ToString());
            challenges++;

            // The first datagram to a new address holds a PATH_CHALLENGE.
            if (challenges > 1) Assert.Contains(FramesOf(pair.Dialed, datagram), frame => frame.StartsWith("PATH_CHALLENGE", StringComparison.Ordinal));
        };
        EchoClient echo = Echoes.Start(pair, 1_500_000);
        int moves = 0;
        while (!echo.IsDone && moves < 60)
        {
            pair.Client.Address = address(++moves);
            pair.RunFor(1000);
        }

        Assert.True(echo.IsDone, echo.Received + " bytes");
        Assert.True(moves >= 5 && challenges >= moves, moves + " moves, " + challenges + " changes seen");
        Assert.True(pair.Accepted.Path.SameAs(pair.Client.Address));
        Assert.True(pair.Accepted.Paths.IsValidated);
    }

    private static List<string> FramesOf(QuicConnection receiver, byte[] datagram)
    {
        byte[] payload = NegativeFrameTests.OpenedBy(receiver, datagram);
        FrameWalker walker = new();
        walker.Walk(payload, 0, payload.Length, EncryptionLevel.OneRtt, true);
        return walker.Frames;
    }

    private static void TransferAtOnce(Pair pair, int[] sizes)
    {
        pair.Connect();
        _ = new EchoServer(pair.Server);
        EchoClient[] echoes = sizes.Select(size => new EchoClient(pair.Dialed, size)).ToArray();
        pair.Client.OnEvent = _ => Array.ForEach(echoes, e => e.Pump());
        Array.ForEach(echoes, e => e.Pump());
        Assert.True(pair.Run(() => Array.TrueForAll(echoes, e => e.IsDone), 600_000, 2_000_000));
    }

    private static Pair Network(ulong seed = 1, bool device = true)
    {
        Pair pair = device ? new Pair(seed) : new Pair(seed, QuicConfig.Desktop(), QuicConfig.Desktop());
        pair.ToServer.LatencyMs = pair.ToClient.LatencyMs = 15;
        return pair;
    }

    // As the runner's simulator: each datagram is hit with the rate, but never more than so many in a row.
    private static Func<int, byte[], byte[]> Hit(ulong seed, double rate, int most, Func<SimRandom, byte[], byte[]> harm)
    {
        SimRandom random = new(seed);
        int row = 0;
        return (_, datagram) =>
        {
            bool hit = random.NextDouble() < rate && row < most;
            row = hit ? row + 1 : 0;
            return hit ? harm(random, datagram) : datagram;
        };
    }

    private static Func<int, byte[], byte[]> Burst(ulong seed, double rate, int most) => Hit(seed, rate, most, (_, _) => null);

    private static Func<int, byte[], byte[]> Corrupt(ulong seed, double rate, int most) => Hit(seed, rate, most, (random, datagram) =>
    {
        byte[] changed = (byte[])datagram.Clone();
        changed[random.Below(changed.Length)] ^= (byte)(1 + random.Below(255));
        return changed;
    });
}
