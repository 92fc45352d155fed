using System;
using System.Linq;
using IrohLite.Diagnostics;
using IrohLite.Quic;
using IrohLite.Tests.Sim;
using IrohLite.Tests.Tls;
using Xunit;

namespace IrohLite.Tests.Conformance;

/// <summary>Cases 71 to 73 of the negative table: key updates out of order, and Retry packets that must not be followed.</summary>
public class NegativeKeyAndRetryTests
{
    [Theory, BothRoles]
    public void N71_a_key_update_before_the_last_was_acknowledged(bool atServer)
    {
        Stage stage = new(atServer);
        // The victim does not get to acknowledge between the two: both packets arrive before anything is sent.
        for (int i = 0; i < 2; i++)
        {
            Rotate(stage);
            byte[] datagram = Tamper.Seal(stage.Attacker, EncryptionLevel.OneRtt, [1], 0, i == 0 ? 4 : 0);
            stage.VictimSide.Demux.ReceiveDatagram(datagram, 0, datagram.Length, stage.AttackerSide.Address, stage.Pair.NowMs);
        }

        stage.Pair.Drain();
        AssertKeyUpdateError(stage);
    }

    [Theory, BothRoles]
    public void N72_a_new_key_phase_for_an_old_packet_number(bool atServer)
    {
        Stage stage = new(atServer);
        byte[] later = Tamper.Seal(stage.Attacker, EncryptionLevel.OneRtt, [1], 3);
        stage.Deliver(later);
        Rotate(stage);
        stage.Attacker.Space(EncryptionLevel.OneRtt).NextNumber -= 2;
        stage.Deliver(Tamper.Seal(stage.Attacker, EncryptionLevel.OneRtt, [1], 0, 4));
        AssertKeyUpdateError(stage);
    }

    [Fact]
    public void N73_a_Retry_with_a_wrong_tag_is_dropped()
    {
        HandQuicServer server = Dialed();
        byte[] retry = Retry(server, "cafe", "b1b2b3b4b5b6b7b8");
        retry[^1] ^= 1;
        AssertNotFollowed(server, retry, DropReason.NotAuthentic);
    }

    [Fact]
    public void N73_a_Retry_without_a_token_is_dropped()
    {
        HandQuicServer server = Dialed();
        AssertNotFollowed(server, Retry(server, "", "b1b2b3b4b5b6b7b8"), DropReason.Truncated);
    }

    [Fact]
    public void N73_a_Retry_that_keeps_the_id_is_dropped()
    {
        HandQuicServer server = Dialed();
        AssertNotFollowed(server, Retry(server, "cafe", Convert.ToHexString(server.Original)), DropReason.MalformedHeader);
    }

    [Fact]
    public void N73_a_second_Retry_is_dropped()
    {
        HandQuicServer server = Dialed();
        server.Deliver(Retry(server, "cafe", "b1b2b3b4b5b6b7b8"));
        Assert.NotNull(server.Dialed.RetryScid);
        int received = server.Received.Count;
        server.Deliver(Retry(server, "beef", "c1b2b3b4b5b6b7b8"));
        Assert.Equal(1, server.Pair.Client.Demux.Drops.Get(DropReason.UnexpectedType));
        Assert.Equal(received, server.Received.Count);
    }

    [Fact]
    public void N73_a_Retry_after_the_server_has_answered_is_dropped()
    {
        HandQuicServer server = Dialed();
        server.SendHello();
        server.Deliver(Retry(server, "cafe", "b1b2b3b4b5b6b7b8"));
        Assert.Equal(1, server.Pair.Client.Demux.Drops.Get(DropReason.UnexpectedType));
        Assert.Null(server.Dialed.RetryScid);
        server.SendFlight();
        Assert.True(server.Dialed.IsEstablished);
    }

    internal static byte[] Retry(HandQuicServer server, string token, string scid)
    {
        ConnectionId source = new();
        source.Set(Wire.Hex(scid), 0, scid.Length / 2);
        ConnectionId original = new();
        original.Set(server.Original, 0, server.Original.Length);
        byte[] buffer = new byte[100];
        int end = PacketHeaderWriter.WriteRetry(buffer, 0, server.Dialed.LocalCid, source, Wire.Hex(token), 0, token.Length / 2);
        end = RetryIntegrity.WriteTag(server.Pair.Client.Crypto, original, buffer, 0, end);
        return buffer.AsSpan(0, end).ToArray();
    }

    private static HandQuicServer Dialed()
    {
        HandQuicServer server = new(new Pair());
        server.Dial();
        return server;
    }

    private static void AssertNotFollowed(HandQuicServer server, byte[] retry, int reason)
    {
        int received = server.Received.Count;
        server.Deliver(retry);
        Assert.Equal(1, server.Pair.Client.Demux.Drops.Get(reason));
        Assert.Null(server.Dialed.RetryScid);
        Assert.Equal(received, server.Received.Count);
        server.SendHello();
        server.SendFlight();
        Assert.True(server.Dialed.IsEstablished);
    }

    private static void Rotate(Stage stage) =>
        stage.AttackerSide.Crypto.RotatePacketKeys(stage.Attacker.Space(EncryptionLevel.OneRtt).Keys.SendKeys, 0);

    // The attacker has changed its own keys by force and cannot read the answer; what the victim knows counts.
    private static void AssertKeyUpdateError(Stage stage)
    {
        Assert.Equal(QuicCloseKind.LocalTransport, stage.Victim.CloseInfo.Kind);
        Assert.Equal(TransportErrorCode.KeyUpdateError, stage.Victim.CloseInfo.Code);
        if (!stage.Attacker.IsClosed) stage.Attacker.Close(0, "", stage.Pair.NowMs);
        stage.AssertNeighbourAlone();
    }
}
