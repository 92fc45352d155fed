using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using IrohLite.Diagnostics;
using IrohLite.Quic;
using IrohLite.Tests.Scenarios;
using IrohLite.Tests.Sim;
using IrohLite.Tests.Tls;
using Xunit;

namespace IrohLite.Tests.Conformance;

/// <summary>What the negative table says of single packets, said of thousands: nothing is allocated for them and nothing stays.</summary>
public class UntouchedTests
{
    [Fact]
    public void Ten_thousand_packets_that_are_dropped_allocate_nothing()
    {
        Pair pair = new Pair().Connect();
        pair.RunFor(100);
        ConnectionId own = pair.Accepted.LocalCid;

        // A wrong tag is not among them: the computer's AES makes an exception of it, the device's module does not.
        byte[][] kinds =
        [
            Short(own, 60, 0x00), // fixed bit 0
            Short(own, 20, 0x40), // too short for the sample
            Changed(Short(own, 60, 0x40)), // unknown id
            Changed(Long(own, PacketType.Handshake, 100)),
            Long(own, PacketType.ZeroRtt, 100),
            Long(own, PacketType.Handshake, 100).Take(60).ToArray(),
            Long(own, PacketType.Retry, 100),
            Convert.FromHexString("c00000000115" + string.Concat(Enumerable.Repeat("00", 60))), // an id of 21 bytes
            Convert.FromHexString("c00a1a2a3a08010203040506070808a1a2a3a4a5a6a7a8"), // another version, short
            [],
            [0x40],
        ];
        byte[] buffer = new byte[1500];
        void Feed(int rounds)
        {
            for (int i = 0; i < rounds; i++)
            {
                byte[] datagram = kinds[i % kinds.Length];
                datagram.CopyTo(buffer, 0);
                pair.Server.Demux.ReceiveDatagram(buffer, 0, datagram.Length, pair.Client.Address, pair.NowMs);
            }
        }

        Feed(550);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Feed(11_000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        long dropped = Enumerable.Range(0, DropReason.Count).Sum(reason => pair.Server.Demux.Drops.Get(reason));
        Assert.Equal(11_550, dropped);
        Assert.Equal(1, pair.Server.Demux.ConnectionCount);
        EchoClient echo = Echoes.Start(pair, 1000);
        Assert.True(pair.Run(() => echo.IsDone));
    }

    [Fact]
    public void Connections_that_end_in_a_breach_leave_no_memory_and_no_keys()
    {
        string[] breaches = ["1e", "0a010161", "0e0060000161", "0b0001610e00050161", "06800800000101", "0600051800000100", "1905", "", "80004242"];
        Pair pair = new();
        List<WeakReference> victims = [];
        for (int i = 0; i < 150; i++)
        {
            // Two keys each, and the endpoint has 256: a forgotten one would end the test.
            victims.Add(BreachOnce(pair, breaches[i % breaches.Length]));
            Assert.True(pair.Run(() => pair.Client.Demux.ConnectionCount + pair.Server.Demux.ConnectionCount == 0, 20_000));
            pair.Client.Events.Clear();
            pair.Server.Events.Clear();
        }

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.InRange(victims.Count(v => v.IsAlive), 0, 2);
    }

    [Fact]
    public void Handshakes_that_are_refused_leave_no_keys()
    {
        Pair pair = new();
        for (int i = 0; i < 150; i++)
        {
            HandQuicClient client = new(pair);
            client.Remote.Bytes[0] = (byte)i;
            client.InstallInitial(client.Remote);
            client.Tls.Edit = (type, m) => type == (i % 2 == 0 ? 1 : 11) ? [m[0], 0, 0, 1, 0] : m;
            client.SendHello();
            if (i % 2 == 1) client.SendFlight();
            client.AssertClosed(TransportErrorCode.FromAlert(50), "round " + i);
            client.Release();
            Assert.True(pair.Run(() => pair.Server.Demux.ConnectionCount == 0, 20_000));
        }
    }

    [Fact]
    public void Handshakes_that_never_finish_keep_nobody_out_for_long()
    {
        // A stranger who invents addresses can begin handshakes, as many as there are places, but cannot finish one.
        Pair pair = new();
        pair.Server.Demux.Alpns = [TlsWorld.Echo];
        for (int i = 0; i < 4; i++)
        {
            HandQuicClient stranger = new(pair);
            stranger.Remote.Bytes[0] = (byte)i;
            stranger.InstallInitial(stranger.Remote);
            stranger.SendHello();
            Assert.Equal(i + 1, pair.Server.Demux.ConnectionCount);
        }

        pair.Server.OnTransmit = null;
        pair.ToClient.Edit = null;
        pair.Dial();
        Assert.True(pair.Run(() => pair.Dialed.IsClosed, 1000));
        Assert.Equal(TransportErrorCode.ConnectionRefused, pair.Dialed.CloseInfo.Code);
        pair.RunFor(3000);
        pair.Connect();
        Assert.Equal(4, pair.Server.Demux.ConnectionCount);
        EchoClient echo = Echoes.Start(pair, 3000);
        Assert.True(pair.Run(() => echo.IsDone));

        // The others go, an established connection never does.
        for (int i = 0; i < 8; i++)
        {
            HandQuicClient stranger = new(pair);
            stranger.Remote.Bytes[0] = (byte)(10 + i);
            stranger.InstallInitial(stranger.Remote);
            stranger.SendHello();
            pair.RunFor(3100);
        }

        Assert.True(pair.Accepted.IsEstablished);
        Assert.InRange(pair.Server.Demux.ConnectionCount, 2, 4);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference BreachOnce(Pair pair, string frames)
    {
        pair.Connect();
        pair.RunFor(50);
        QuicConnection victim = pair.Accepted;
        Tamper.SendToServer(pair, Convert.FromHexString(frames));
        Assert.Equal(QuicCloseKind.LocalTransport, victim.CloseInfo.Kind);
        return new WeakReference(victim);
    }

    private static byte[] Short(ConnectionId id, int size, int first)
    {
        byte[] datagram = new byte[size];
        datagram[0] = (byte)first;
        Array.Copy(id.Bytes, 0, datagram, 1, 8);
        return datagram;
    }

    private static byte[] Long(ConnectionId id, int type, int size)
    {
        byte[] datagram = new byte[size];
        int payload = PacketHeaderWriter.WriteLong(datagram, 0, type, id, id, null, 0, 0, 0, 4);
        PacketHeaderWriter.PatchLength(datagram, payload - 4, size);
        return datagram;
    }

    private static byte[] Changed(byte[] datagram)
    {
        datagram[8] ^= 1;
        return datagram;
    }
}
