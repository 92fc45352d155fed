using System;
using System.Linq;
using IrohLite.Buffers;
using IrohLite.Diagnostics;
using IrohLite.Quic;
using IrohLite.Tests.Sim;
using Xunit;

namespace IrohLite.Tests.Conformance;

/// <summary>
/// Cases 1 to 12, 74 to 78 and 80 to 83 of the negative table: packets that nobody may take for a connection's, and what is sent
/// without one.
/// </summary>
public class NegativePacketTests
{
    private static readonly byte[] ResetKey = Enumerable.Repeat((byte)9, 32).ToArray();

    [Fact]
    public void N01_an_unknown_version_in_a_full_datagram_is_answered_without_state() => Assert.Equal(1, AnswersToVersion(1200));

    [Theory]
    [InlineData(23)]
    [InlineData(1199)]
    public void N02_an_unknown_version_in_a_short_datagram_is_dropped(int size) => Assert.Equal(0, AnswersToVersion(size));

    [Theory, BothRoles]
    public void N03_a_fixed_bit_of_zero(bool atServer)
    {
        Stage.Dropped(atServer, DropReason.MalformedHeader, stage => Changed(Ping(stage), 0, b => b & ~0x40));
        Stage.Dropped(atServer, DropReason.MalformedHeader, stage => Changed(Long(stage, PacketType.Handshake, 8), 0, b => b & ~0x40));
    }

    [Fact]
    public void N04_a_first_Initial_in_1199_bytes()
    {
        HandQuicClient client = new(new Pair());
        AssertNoTrace(client, client.Seal(EncryptionLevel.Initial, HandQuicPeer.CryptoFrameOf(0, client.Tls.Hello()), 1199), DropReason.InitialTooSmall);
    }

    [Fact]
    public void N05_a_first_Initial_to_an_id_of_7_bytes()
    {
        HandQuicClient client = new(new Pair());
        client.Remote.Set(new byte[7], 0, 7);
        client.InstallInitial(client.Remote);
        AssertNoTrace(client, client.Seal(EncryptionLevel.Initial, HandQuicPeer.CryptoFrameOf(0, client.Tls.Hello()), 1200), DropReason.MalformedHeader);
    }

    [Theory]
    [InlineData(21, 8)]
    [InlineData(8, 21)]
    [InlineData(8, 255)]
    public void N06_ids_above_20_bytes(int dcid, int scid)
    {
        byte[] datagram = new byte[1200];
        datagram[0] = 0xC0;
        datagram[4] = 1;
        datagram[5] = (byte)dcid;
        datagram[6 + dcid] = (byte)scid;
        datagram[7 + dcid + scid] = 0;
        datagram[8 + dcid + scid] = 0x44;
        AssertNoTrace(new HandQuicClient(new Pair()), datagram, DropReason.MalformedHeader);
    }

    [Theory, BothRoles]
    public void N07_a_Length_beyond_the_datagram(bool atServer) =>
        Stage.Dropped(atServer, DropReason.Truncated, stage => Long(stage, PacketType.Handshake, 8).Take(50).ToArray());

    [Fact]
    public void N08_a_token_beyond_the_packet()
    {
        HandQuicClient client = new(new Pair());
        byte[] datagram = client.Seal(EncryptionLevel.Initial, HandQuicPeer.CryptoFrameOf(0, client.Tls.Hello()), 1200);
        int token = 1 + 4 + 1 + 8 + 1 + 8;
        Assert.Equal(0, datagram[token]);
        datagram[token] = 0x7F;
        datagram[token + 1] = 0xFF;
        AssertNoTrace(client, datagram, DropReason.Truncated);
    }

    [Theory, BothRoles]
    public void N09_too_short_for_the_sample(bool atServer)
    {
        Stage.Dropped(atServer, DropReason.Truncated, stage => Ping(stage).Take(1 + 8 + 19).ToArray());
        Stage.Dropped(atServer, DropReason.Truncated, stage => Long(stage, PacketType.Handshake, 19 - 16 - 4));
    }

    [Theory, BothRoles]
    public void N10_a_wrong_tag(bool atServer)
    {
        Stage.Dropped(atServer, DropReason.NotAuthentic, stage => Changed(Ping(stage), ^1, b => b ^ 1));
        Stage.Dropped(atServer, DropReason.NotAuthentic, stage => Changed(Ping(stage), 12, b => b ^ 0x80));
    }

    [Theory, BothRoles]
    public void N11_a_Handshake_packet_of_no_connection(bool atServer) =>
        Stage.Dropped(atServer, DropReason.UnknownConnection, stage => Changed(Long(stage, PacketType.Handshake, 40), 8, b => b ^ 1));

    [Theory, BothRoles]
    public void N12_a_short_packet_of_no_connection(bool atServer) =>
        Stage.Dropped(atServer, DropReason.UnknownConnection, stage => Changed(Ping(stage), 3, b => b ^ 1));

    [Fact]
    public void N74_a_Retry_to_a_server()
    {
        Stage.Dropped(true, DropReason.UnexpectedType, stage => RetryTo(stage, stage.Victim.LocalCid));
        Stage.Dropped(true, DropReason.UnknownConnection, stage => RetryTo(stage, stage.Victim.RemoteCids.Active));
    }

    [Theory, BothRoles]
    public void N75_a_0_RTT_packet(bool atServer)
    {
        Stage.Dropped(atServer, DropReason.UnexpectedType, stage => Long(stage, PacketType.ZeroRtt, 40));
        Stage.Dropped(atServer, DropReason.UnknownConnection, stage => Changed(Long(stage, PacketType.ZeroRtt, 40), 8, b => b ^ 1));
    }

    [Theory, BothRoles]
    public void N76_a_packet_number_twice(bool atServer)
    {
        Stage.Dropped(atServer, DropReason.Duplicate, stage =>
        {
            byte[] ping = Ping(stage);
            stage.Deliver(ping);
            stage.Pair.RunFor(100);
            return ping;
        });
    }

    [Fact]
    public void N77_an_Initial_from_another_source_id()
    {
        HandQuicClient client = new(new Pair());
        client.SendHello();
        client.Own.Bytes[0] ^= 1;
        AssertUnheard(client, DropReason.UnknownConnection);
        client.Own.Bytes[0] ^= 1;
        client.SendFlight();
        Assert.Contains("2 HANDSHAKE_DONE", client.Frames);
    }

    [Fact]
    public void N78_an_Initial_with_another_token_than_the_first()
    {
        HandQuicClient client = new(new Pair()) { Token = [1, 2, 3] };
        client.SendHello();
        foreach (byte[] token in new byte[][] { [], [1, 2], [1, 2, 4], [1, 2, 3, 4] })
        {
            client.Token = token;
            AssertUnheard(client, DropReason.UnexpectedToken);
        }

        client.Token = [1, 2, 3];
        client.SendFlight();
        Assert.Contains("2 HANDSHAKE_DONE", client.Frames);

        HandQuicClient without = new(new Pair());
        without.SendHello();
        without.Token = [7];
        AssertUnheard(without, DropReason.UnexpectedToken);
    }

    [Theory, BothRoles]
    public void N80_a_stateless_reset_with_the_right_token(bool atServer)
    {
        Stage stage = WithToken(atServer);
        long sent = stage.Pair.ToClient.SentCount + stage.Pair.ToServer.SentCount;
        stage.Deliver(Reset("bb"));
        Assert.Equal(QuicCloseKind.StatelessReset, stage.Victim.CloseInfo.Kind);
        Assert.Equal(sent, stage.Pair.ToClient.SentCount + stage.Pair.ToServer.SentCount);
        Assert.Equal(1, stage.VictimSide.Demux.ConnectionCount);
        stage.Pair.ToClient.IsCut = stage.Pair.ToServer.IsCut = false;
        stage.Attacker.Close(0, "", stage.Pair.NowMs);
        stage.AssertNeighbourAlone();
    }

    [Theory, BothRoles]
    public void N81_a_stateless_reset_with_a_wrong_token(bool atServer)
    {
        foreach (string wrong in new[] { "bc", "aa", "00" })
        {
            Stage stage = WithToken(atServer);
            long before = stage.Drops(DropReason.Truncated);
            long packets = stage.Victim.PacketsReceived;
            stage.Deliver(Reset(wrong));
            Assert.Equal(before + 1, stage.Drops(DropReason.Truncated));
            Assert.True(stage.Victim.IsEstablished);
            stage.Deliver(Ping(stage));
            Assert.Equal(packets + 1, stage.Victim.PacketsReceived);
        }
    }

    [Fact]
    public void N82_a_server_sends_three_times_what_it_received_and_no_more()
    {
        for (int pieces = 1; pieces <= 3; pieces++)
        {
            HandQuicClient client = new(new Pair());
            byte[] hello = client.Tls.Hello();
            int received = 0;
            for (int i = 0; i < pieces; i++)
            {
                byte[] part = hello.Skip(i * 50).Take(i == pieces - 1 ? hello.Length : 50).ToArray();
                byte[] datagram = client.Seal(EncryptionLevel.Initial, HandQuicPeer.CryptoFrameOf(i * 50, part), 1200);
                received += datagram.Length;
                client.Deliver(datagram);
                Assert.InRange(client.Received.Sum(d => d.Length), 0, 3 * received);
            }

            // Every probe of half a minute included.
            client.Pair.RunFor(29_000);
            Assert.InRange(client.Received.Sum(d => d.Length), 2400, 3 * received);
        }
    }

    [Fact]
    public void N83_a_peer_that_refuses()
    {
        HandQuicServer server = new(new Pair());
        server.Dial();
        server.Send(EncryptionLevel.Initial, "1c020000");
        Assert.Equal(QuicCloseKind.RemoteTransport, server.Dialed.CloseInfo.Kind);
        Assert.Equal(TransportErrorCode.ConnectionRefused, server.Dialed.CloseInfo.Code);
        Assert.True(server.Pair.Run(() => server.Pair.Client.Demux.ConnectionCount == 0, 20_000));
    }

    private static int AnswersToVersion(int size)
    {
        HandQuicClient client = new(new Pair());
        byte[] datagram = new byte[size];
        Convert.FromHexString("c00a1a2a3a08010203040506070808a1a2a3a4a5a6a7a8").CopyTo(datagram, 0);
        client.Deliver(datagram);
        Assert.Equal(1, client.Pair.Server.Demux.Drops.Get(DropReason.UnknownVersion));
        Assert.Equal(0, client.Pair.Server.Demux.ConnectionCount);
        Assert.All(client.Received, d => Assert.EndsWith("00000001", Convert.ToHexString(d)));
        return client.Received.Count;
    }

    private static void AssertNoTrace(HandQuicClient client, byte[] datagram, int reason)
    {
        QuicDemux demux = client.Pair.Server.Demux;
        client.Deliver(datagram);
        Assert.Equal(1, demux.Drops.Get(reason));
        Assert.Equal(0, demux.ConnectionCount);
        Assert.Empty(client.Received);
        Assert.Equal(long.MaxValue, demux.NextDeadlineMs);

        // Nothing of it is kept: a good connection follows.
        client.Pair.Connect();
    }

    // A PING that breaks the rule is not even acknowledged.
    private static void AssertUnheard(HandQuicClient client, int reason)
    {
        int received = client.Received.Count;
        long before = client.Pair.Server.Demux.Drops.Get(reason);
        client.Send(EncryptionLevel.Initial, "01");
        Assert.Equal((before + 1, received), (client.Pair.Server.Demux.Drops.Get(reason), client.Received.Count));
        Assert.Equal(1, client.Pair.Server.Demux.ConnectionCount);
    }

    // The victim addresses the attacker by a new id, whose reset token is bb..bb. The attacker does not hear that its old ids are
    // retired, because it never gave the new ones out.
    private static Stage WithToken(bool atServer)
    {
        Stage stage = new(atServer, null, new QuicConfig { ResetTokenKey = ResetKey });
        (atServer ? stage.Pair.ToClient : stage.Pair.ToServer).IsCut = true;
        stage.Send("18 01 00 08 " + stage.Attacker.LocalCid + string.Concat(Enumerable.Repeat("aa", 16)));
        stage.Send("18 02 02 08 " + stage.Attacker.LocalCid + string.Concat(Enumerable.Repeat("bb", 16)));
        stage.Pair.RunFor(200);
        Assert.True(stage.Victim.IsEstablished, stage.Victim.CloseInfo?.Reason);
        return stage;
    }

    private static byte[] Reset(string token) => Convert.FromHexString("4102030405" + string.Concat(Enumerable.Repeat(token, 16)));

    private static byte[] Ping(Stage stage) => Tamper.Seal(stage.Attacker, EncryptionLevel.OneRtt, [1]);

    // A long header to the victim, with this many bytes of number and payload before the tag; nobody has keys for it.
    private static byte[] Long(Stage stage, int type, int payloadBytes)
    {
        byte[] datagram = new byte[1 + 4 + 9 + 9 + 2 + 4 + payloadBytes + 16];
        int payload = PacketHeaderWriter.WriteLong(datagram, 0, type, stage.Victim.LocalCid, stage.Attacker.LocalCid, null, 0, 0, 0, 4);
        PacketHeaderWriter.PatchLength(datagram, payload - 4, datagram.Length);
        return datagram;
    }

    private static byte[] RetryTo(Stage stage, ConnectionId dcid)
    {
        byte[] buffer = new byte[100];
        int end = PacketHeaderWriter.WriteRetry(buffer, 0, dcid, stage.Attacker.LocalCid, [1, 2, 3], 0, 3);
        return buffer.AsSpan(0, RetryIntegrity.WriteTag(stage.Pair.Client.Crypto, stage.Victim.OriginalDcid, buffer, 0, end)).ToArray();
    }

    private static byte[] Changed(byte[] bytes, Index at, Func<int, int> change)
    {
        bytes[at] = (byte)change(bytes[at]);
        return bytes;
    }
}
