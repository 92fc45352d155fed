using System;
using System.Linq;
using IrohLite.Buffers;
using IrohLite.Diagnostics;
using IrohLite.Quic;
using IrohLite.Tests.Sim;
using Xunit;

namespace IrohLite.Tests.Scenarios;

/// <summary>What is answered, or not, without a connection: resets, versions, refusals, and packets that make no sense.</summary>
public class StatelessTests
{
    private static readonly byte[] ResetKey = Enumerable.Repeat((byte)9, 32).ToArray();

    [Fact]
    public void A_restarted_server_ends_the_clients_connection_with_21_bytes()
    {
        Pair pair = new Pair(1, null, new QuicConfig { ResetTokenKey = ResetKey }).Connect();
        pair.RunFor(100);
        pair.Server.Restart();
        long sent = pair.ToClient.SentBytes;
        long stream = pair.Dialed.OpenStream();
        pair.Dialed.Write(stream, new byte[50], 0, 50);
        Assert.True(pair.Run(() => pair.Dialed.IsClosed, 1000));
        Assert.Equal(QuicCloseKind.StatelessReset, pair.Dialed.CloseInfo.Kind);
        Assert.Equal(21, pair.ToClient.SentBytes - sent);
        Assert.Equal(0, pair.Client.Demux.ConnectionCount);
    }

    [Fact]
    public void A_wrong_reset_token_is_just_an_unauthentic_packet()
    {
        Pair pair = new Pair(1, null, new QuicConfig { ResetTokenKey = ResetKey }).Connect();
        pair.RunFor(100);
        byte[] reset = new byte[60];
        reset[0] = 0x41;
        Bytes.Copy(pair.Dialed.LocalCid.Bytes, 0, reset, 1, 8);
        pair.Client.Demux.ReceiveDatagram(reset, 0, reset.Length, pair.Server.Address, pair.NowMs);
        Assert.True(pair.Dialed.IsEstablished);
        Assert.Equal(1, pair.Client.Demux.Drops.Get(DropReason.NotAuthentic));
    }

    [Fact]
    public void Resets_are_shorter_than_what_provokes_them_and_not_more_than_one_in_20_ms()
    {
        Pair pair = new(1, null, new QuicConfig { ResetTokenKey = ResetKey });
        for (int size = 0; size <= 60; size++)
        {
            byte[] stray = new byte[size];
            if (size > 0) stray[0] = 0x40;
            int before = pair.ToClient.SentCount;
            pair.Server.Demux.ReceiveDatagram(stray, 0, size, pair.Client.Address, pair.NowMs);
            pair.Server.Demux.ReceiveDatagram(stray, 0, size, pair.Client.Address, pair.NowMs);
            pair.Drain();
            Assert.Equal(size >= 29 ? 1 : 0, pair.ToClient.SentCount - before);
            pair.RunFor(25);
        }

        Assert.Equal(0, pair.Server.Demux.ConnectionCount);
    }

    [Fact]
    public void Another_version_is_answered_with_ours_when_the_datagram_is_full()
    {
        foreach (int size in new[] { 23, 1199, 1200 })
        {
            Pair pair = new();
            byte[] datagram = new byte[size];
            byte[] head = Convert.FromHexString("c00a1a2a3a08010203040506070808a1a2a3a4a5a6a7a8");
            head.CopyTo(datagram, 0);
            byte[] answer = null;
            pair.Server.OnTransmit = (bytes, _) => answer = bytes;
            pair.Server.Demux.ReceiveDatagram(datagram, 0, size, pair.Client.Address, pair.NowMs);
            pair.Drain();
            Assert.Equal(1, pair.Server.Demux.Drops.Get(DropReason.UnknownVersion));
            if (size < 1200)
            {
                Assert.Null(answer);
                continue;
            }

            Assert.Equal("0000000008A1A2A3A4A5A6A7A8080102030405060708", Convert.ToHexString(answer, 1, 22));
            Assert.EndsWith("00000001", Convert.ToHexString(answer));
            Assert.Equal(0, pair.Server.Demux.ConnectionCount);
        }
    }

    [Theory]
    [InlineData("ff00001d", true)]
    [InlineData("ff00001d00000001", false)]
    public void A_dialer_gives_up_when_the_server_speaks_other_versions_only(string versions, bool ends)
    {
        Pair pair = new();
        pair.ToServer.IsCut = true;
        pair.Dial();
        pair.Drain();
        string packet = "8000000000" + "08" + pair.Dialed.LocalCid + "08" + pair.Dialed.OriginalDcid + versions;
        byte[] datagram = Convert.FromHexString(packet);
        pair.Client.Demux.ReceiveDatagram(datagram, 0, datagram.Length, pair.Server.Address, pair.NowMs);
        Assert.Equal(ends, pair.Dialed.IsClosed);
        if (ends) Assert.Equal(QuicCloseKind.VersionMismatch, pair.Dialed.CloseInfo.Kind);
        else Assert.Equal(1, pair.Client.Demux.Drops.Get(DropReason.UnexpectedType));
    }

    [Fact]
    public void Version_negotiation_after_the_first_answer_is_ignored()
    {
        Pair pair = new Pair().Connect();
        byte[] datagram = Convert.FromHexString("8000000000" + "08" + pair.Dialed.LocalCid + "08" + pair.Dialed.OriginalDcid + "ff00001d");
        pair.Client.Demux.ReceiveDatagram(datagram, 0, datagram.Length, pair.Server.Address, pair.NowMs);
        Assert.True(pair.Dialed.IsEstablished);
    }

    [Fact]
    public void A_full_server_refuses_a_further_dialer_at_once()
    {
        Pair pair = new(1, new QuicConfig { MaxConnections = 8 }, new QuicConfig { MaxConnections = 2 });
        pair.Connect();
        pair.Connect();
        pair.Dial();
        Assert.True(pair.Run(() => pair.Dialed.IsClosed, 2000));
        Assert.Equal(QuicCloseKind.RemoteTransport, pair.Dialed.CloseInfo.Kind);
        Assert.Equal(TransportErrorCode.ConnectionRefused, pair.Dialed.CloseInfo.Code);
        Assert.Equal(1, pair.Server.Demux.Drops.Get(DropReason.TooManyConnections));
        Assert.Equal(2, pair.Server.Demux.ConnectionCount);
    }

    [Fact]
    public void A_first_initial_that_is_short_has_a_short_id_or_is_forged_leaves_no_trace()
    {
        Pair pair = new();
        byte[] initial = null;
        pair.Client.OnTransmit = (bytes, _) => initial ??= bytes;
        pair.ToServer.IsCut = true;
        pair.Dial();
        pair.Drain();

        byte[] cut = initial.AsSpan(0, 1199).ToArray();
        pair.Server.Demux.ReceiveDatagram(cut, 0, cut.Length, pair.Client.Address, pair.NowMs);
        byte[] forged = (byte[])initial.Clone();
        forged[600] ^= 1;
        pair.Server.Demux.ReceiveDatagram(forged, 0, 1200, pair.Client.Address, pair.NowMs);
        byte[] shortId = new byte[1200];
        byte[] head = Convert.FromHexString("c0000000010701020304050607" + "08a1a2a3a4a5a6a7a8" + "00" + "4490");
        head.CopyTo(shortId, 0);
        pair.Server.Demux.ReceiveDatagram(shortId, 0, 1200, pair.Client.Address, pair.NowMs);
        pair.Drain();

        DropCounters drops = pair.Server.Demux.Drops;
        Assert.Equal(1, drops.Get(DropReason.Truncated));
        Assert.Equal(1, drops.Get(DropReason.NotAuthentic));
        Assert.Equal(1, drops.Get(DropReason.MalformedHeader));
        Assert.Equal(0, pair.Server.Demux.ConnectionCount);
        Assert.Equal(0, pair.ToClient.SentCount);
        pair.Server.Demux.ReceiveDatagram(initial, 0, 1200, pair.Client.Address, pair.NowMs);
        pair.Drain();
        Assert.Equal(1, pair.Server.Demux.ConnectionCount);
    }

    [Fact]
    public void An_initial_in_a_datagram_below_1200_bytes_is_dropped()
    {
        Pair pair = new();
        pair.Dial();
        byte[] small = Tamper.Seal(pair.Dialed, EncryptionLevel.Initial, new byte[] { 1, 0, 0 }, 0, 0, 1199);
        pair.Server.Demux.ReceiveDatagram(small, 0, small.Length, pair.Client.Address, pair.NowMs);
        Assert.Equal(1, pair.Server.Demux.Drops.Get(DropReason.InitialTooSmall));
        Assert.Equal(0, pair.Server.Demux.ConnectionCount);
    }

    [Fact]
    public void An_endpoint_without_protocols_accepts_nothing()
    {
        Pair pair = new();
        pair.Server.Demux.Alpns = new string[0];
        pair.Dial();
        pair.RunFor(500);
        Assert.Equal(1, pair.Server.Demux.Drops.Get(DropReason.NotAccepting));
        Assert.Equal(0, pair.ToClient.SentCount);
    }
}
