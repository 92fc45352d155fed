using System;
using System.Collections.Generic;
using IrohLite.Quic;
using IrohLite.Tests.Sim;
using Xunit;

namespace IrohLite.Tests.Fuzz;

/// <summary>Seeded garbage at every stage: nothing throws, nothing is kept, and a connection beside it lives on.</summary>
public class ConnectionFuzzTests
{
    [Fact]
    public void Mutated_datagrams_before_authentication_do_no_harm()
    {
        int fed = 0;
        for (ulong seed = 1; seed <= 40; seed++)
        {
            SimRandom random = new(seed);
            Pair pair = new(seed);
            List<byte[]> seen = new();
            byte[] Mutate(int index, byte[] datagram)
            {
                seen.Add(datagram);
                return datagram;
            }

            pair.ToServer.Edit = Mutate;
            pair.ToClient.Edit = Mutate;
            pair.Connect();
            EchoClient echo = Scenarios.Echoes.Start(pair, 5000);
            Assert.True(pair.Run(() => echo.IsDone));
            for (int i = 0; i < 250; i++, fed += 2)
            {
                byte[] bytes = (byte[])seen[random.Below(seen.Count)].Clone();
                int flips = 1 + random.Below(6);
                for (int f = 0; f < flips; f++) bytes[random.Below(Math.Min(bytes.Length, random.Below(2) == 0 ? 60 : bytes.Length))] = (byte)random.Next();
                int count = random.Below(4) == 0 ? random.Below(bytes.Length + 1) : bytes.Length;
                pair.Server.Demux.ReceiveDatagram((byte[])bytes.Clone(), 0, count, pair.Client.Address, pair.NowMs);
                pair.Client.Demux.ReceiveDatagram(bytes, 0, count, pair.Server.Address, pair.NowMs);
            }

            EchoClient after = new(pair.Dialed, 1000);
            pair.Client.OnEvent = _ => after.Pump();
            after.Pump();
            Assert.True(pair.Run(() => after.IsDone), "seed " + seed + ": " + pair.Dialed.CloseInfo?.Reason);
            Assert.InRange(pair.Server.Demux.ConnectionCount, 1, 4);
        }

        Assert.Equal(20_000, fed);
    }

    [Fact]
    public void Random_frames_from_a_peer_with_keys_end_in_a_close_or_change_nothing_bad()
    {
        int closed = 0;
        int alive = 0;
        for (ulong seed = 1; seed <= 150; seed++)
        {
            SimRandom random = new(seed);
            Pair pair = new Pair(seed).Connect();
            _ = new EchoServer(pair.Server);
            pair.RunFor(50);
            for (int i = 0; i < 60 && pair.Accepted.IsEstablished; i++) Tamper.SendToServer(pair, RandomFrames(random));
            if (pair.Accepted.IsClosed)
            {
                closed++;
                Assert.True(pair.Accepted.CloseInfo.Kind is QuicCloseKind.LocalTransport or QuicCloseKind.RemoteApplication or QuicCloseKind.RemoteTransport);
                Assert.True(pair.Run(() => pair.Server.Demux.ConnectionCount == 0), "seed " + seed);
            }
            else
            {
                alive++;
            }

            Assert.InRange(pair.Accepted.Streams.Places, 0, 8);
        }

        Assert.True(closed > 20 && alive + closed == 150, closed + " closed");
    }

    [Fact]
    public void Random_bytes_as_frames_always_end_in_a_close_with_a_known_code()
    {
        for (ulong seed = 1; seed <= 150; seed++)
        {
            SimRandom random = new(seed);
            Pair pair = new Pair(seed).Connect();
            pair.RunFor(50);
            for (int i = 0; i < 200 && pair.Accepted.IsEstablished; i++)
            {
                byte[] bytes = new byte[1 + random.Below(60)];
                random.Fill(bytes, 0, bytes.Length);
                Tamper.SendToServer(pair, bytes);
            }

            Assert.True(pair.Accepted.IsClosed);
            if (pair.Accepted.CloseInfo.Kind == QuicCloseKind.LocalTransport)
                Assert.DoesNotContain("UNKNOWN", TransportErrorCode.Text(pair.Accepted.CloseInfo.Code));
        }
    }

    // Well-formed frames with small random fields: most are allowed, many are not.
    private static byte[] RandomFrames(SimRandom random)
    {
        long id = random.Below(6) * 4 + (random.Below(8) == 0 ? random.Below(4) : 0);
        long small = random.Below(200);
        switch (random.Below(16))
        {
            case 0: return Tamper.VarInts(FrameType.Ping);
            case 1: return Tamper.VarInts(FrameType.ResetStream, id, small, random.Below(50));
            case 2: return Tamper.VarInts(FrameType.StopSending, id, small);
            case 3: return Tamper.VarInts(FrameType.MaxData, random.Below(100_000));
            case 4: return Tamper.VarInts(FrameType.MaxStreamData, id, random.Below(100_000));
            case 5: return Tamper.VarInts(FrameType.MaxStreamsBidirectional, small);
            case 6: return Tamper.VarInts(FrameType.DataBlocked, small);
            case 7: return Tamper.VarInts(FrameType.StreamDataBlocked, id, small);
            case 8: return Tamper.VarInts(FrameType.StreamsBlockedBidirectional, small);
            case 9: return new byte[] { 0x1A, 1, 2, 3, 4, 5, 6, 7, (byte)random.Next() };
            case 10: return new byte[] { 0x1B, 1, 2, 3, 4, 5, 6, 7, (byte)random.Next() };
            case 11: return Tamper.VarInts(FrameType.Ack, random.Below(12), 0, 0, random.Below(12));
            default:
                byte[] head = Tamper.VarInts(FrameType.Stream | FrameType.StreamOff | FrameType.StreamLen | (random.Below(6) == 0 ? 1 : 0), id, random.Below(300), 20);
                byte[] frame = new byte[head.Length + 20];
                head.CopyTo(frame, 0);
                return frame;
        }
    }
}
