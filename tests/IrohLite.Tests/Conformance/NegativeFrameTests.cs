using System;
using System.Linq;
using IrohLite.Buffers;
using IrohLite.Quic;
using IrohLite.Tests.Scenarios;
using IrohLite.Tests.Sim;
using Xunit;

namespace IrohLite.Tests.Conformance;

/// <summary>Cases 13 to 57 of the negative table: frames that a peer with valid keys may not send, received in both roles.</summary>
public class NegativeFrameTests
{
    private const string LargestVarInt = "ffffffffffffffff";

    [Theory]
    [InlineData(true, 0x08)]
    [InlineData(true, 0x10)]
    [InlineData(false, 0x18)]
    public void N13_reserved_bits_under_a_valid_tag(bool atServer, int bits)
    {
        Stage stage = new(atServer);
        stage.Send("01", bits);
        stage.AssertClosed(TransportErrorCode.ProtocolViolation, 0);
    }

    [Theory, BothRoles]
    public void N14_a_packet_without_frames(bool atServer) => Stage.Breach(atServer, "", TransportErrorCode.ProtocolViolation, 0);

    [Theory, BothRoles]
    public void N15_an_unknown_frame_type(bool atServer) => Stage.Breach(atServer, "80004242", TransportErrorCode.FrameEncodingError, 0x4242);

    [Theory, BothRoles]
    public void N16_a_truncated_frame(bool atServer) => Stage.Breach(atServer, "1080", TransportErrorCode.FrameEncodingError, 0x10);

    [Theory, BothRoles]
    public void N17_a_frame_type_that_is_not_in_its_shortest_form(bool atServer) =>
        Stage.Breach(atServer, "4001", TransportErrorCode.ProtocolViolation, 0x01);

    [Fact]
    public void N19_HANDSHAKE_DONE_from_a_client() => Stage.Breach(true, "1e", TransportErrorCode.ProtocolViolation, 0x1E);

    [Fact]
    public void N20_NEW_TOKEN_from_a_client() => Stage.Breach(true, "070101", TransportErrorCode.ProtocolViolation, 0x07);

    [Fact]
    public void N21_an_empty_NEW_TOKEN() => Stage.Breach(false, "0700", TransportErrorCode.FrameEncodingError, 0x07);

    [Theory, BothRoles]
    public void N22_ACK_of_a_packet_never_sent(bool atServer) => Stage.Breach(atServer, "02 7fff 00 00 00", TransportErrorCode.ProtocolViolation, 0x02);

    [Theory, BothRoles]
    public void N23_ACK_of_a_number_that_was_skipped(bool atServer)
    {
        // An honest peer leaves it out; one that acknowledges what it cannot have seen is found.
        Stage stage = new(atServer);
        EchoClient echo = Echoes.Start(stage.Pair, 400_000);
        Assert.True(stage.Pair.Run(() => echo.IsDone));
        stage.Pair.RunFor(200);
        PacketSpace space = stage.Victim.Space(EncryptionLevel.OneRtt);
        Assert.InRange(space.SkippedNumber, 128, space.NextNumber - 1);
        string largest = Convert.ToHexString(Tamper.VarInts(space.NextNumber - 1));
        string down = Convert.ToHexString(Tamper.VarInts(space.NextNumber - 1 - space.SkippedNumber));
        stage.Send("02" + largest + "0000" + down);
        stage.AssertClosed(TransportErrorCode.ProtocolViolation, 0x02);
    }

    [Theory, BothRoles]
    public void N24_ACK_ranges_below_zero(bool atServer)
    {
        Stage.Breach(atServer, "02 00 00 00 05", TransportErrorCode.FrameEncodingError, 0x02);
        Stage.Breach(atServer, "02 01 00 01 00 05 00", TransportErrorCode.FrameEncodingError, 0x02);
    }

    [Theory, BothRoles]
    public void N25_CRYPTO_far_ahead(bool atServer) => Stage.Breach(atServer, "06 80004e20 01 01", TransportErrorCode.CryptoBufferExceeded, 0x06);

    [Theory, BothRoles]
    public void N26_CRYPTO_beyond_the_largest_offset(bool atServer) =>
        Stage.Breach(atServer, "06 " + LargestVarInt + " 01 01", TransportErrorCode.FrameEncodingError, 0x06);

    [Theory, BothRoles]
    public void N28_a_TLS_KeyUpdate(bool atServer) =>
        Stage.Breach(atServer, "06 00 05 1800000100", TransportErrorCode.FromAlert(10), 0x06);

    [Theory, BothRoles]
    public void N29_STREAM_on_our_send_only_stream(bool atServer) =>
        Stage.Breach(atServer, "0a {our-one-way} 01 61", TransportErrorCode.StreamStateError, 0x0A);

    [Theory, BothRoles]
    public void N30_STREAM_on_a_stream_of_ours_that_is_not_open(bool atServer) =>
        Stage.Breach(atServer, "0a {ours} 01 61", TransportErrorCode.StreamStateError, 0x0A);

    [Theory, BothRoles]
    public void N31_STREAM_above_the_stream_limit(bool atServer)
    {
        Stage.Breach(atServer, atServer ? "0a 10 01 61" : "0a 11 01 61", TransportErrorCode.StreamLimitError, 0x0A);
        Stage.Breach(atServer, "0a {their-one-way} 01 61", TransportErrorCode.StreamLimitError, 0x0A);
    }

    [Theory, BothRoles]
    public void N32_STREAM_beyond_the_window_of_the_stream(bool atServer) =>
        Stage.Breach(atServer, "0e {theirs} 6000 01 61", TransportErrorCode.FlowControlError, 0x0E);

    [Theory, BothRoles]
    public void N33_STREAM_beyond_the_window_of_the_connection(bool atServer)
    {
        // Three streams that each keep to 8192 bytes are together above 16384.
        Stage stage = new(atServer, new QuicConfig { InitialMaxData = 16384 }, new QuicConfig { InitialMaxData = 16384 });
        stage.Send("0e {theirs} 5fff 01 61");
        stage.Send(atServer ? "0e 04 5fff 01 61" : "0e 05 5fff 01 61");
        Assert.True(stage.Victim.IsEstablished);
        stage.Send(atServer ? "0e 08 00 01 61" : "0e 09 00 01 61");
        stage.AssertClosed(TransportErrorCode.FlowControlError, 0x0E);
    }

    [Theory, BothRoles]
    public void N34_STREAM_beyond_the_largest_offset(bool atServer) =>
        Stage.Breach(atServer, "0e {theirs} " + LargestVarInt + " 01 61", TransportErrorCode.FrameEncodingError, 0x0E);

    [Theory, BothRoles]
    public void N35_STREAM_after_the_end(bool atServer) =>
        Stage.Breach(atServer, "0b {theirs} 01 61 0e {theirs} 05 01 61", TransportErrorCode.FinalSizeError, 0x0E);

    [Theory, BothRoles]
    public void N36_two_different_ends(bool atServer) =>
        Stage.Breach(atServer, "0b {theirs} 01 61 0f {theirs} 05 01 61", TransportErrorCode.FinalSizeError, 0x0F);

    [Theory, BothRoles]
    public void N37_RESET_STREAM_below_what_was_received(bool atServer) =>
        Stage.Breach(atServer, "0e {theirs} 05 01 61 04 {theirs} 00 03", TransportErrorCode.FinalSizeError, 0x04);

    [Theory, BothRoles]
    public void N38_RESET_STREAM_above_the_window(bool atServer) =>
        Stage.Breach(atServer, "04 {theirs} 00 80010000", TransportErrorCode.FlowControlError, 0x04);

    [Theory, BothRoles]
    public void N39_MAX_STREAM_DATA_on_our_receive_only_stream(bool atServer) =>
        Stage.Breach(atServer, "11 {their-one-way} 05", TransportErrorCode.StreamStateError, 0x11);

    [Theory, BothRoles]
    public void N40_MAX_STREAM_DATA_on_a_stream_of_ours_that_is_not_open(bool atServer) =>
        Stage.Breach(atServer, "11 {ours} 05", TransportErrorCode.StreamStateError, 0x11);

    [Theory, BothRoles]
    public void N41_STOP_SENDING_on_our_receive_only_stream(bool atServer)
    {
        Stage.Breach(atServer, "05 {their-one-way} 00", TransportErrorCode.StreamStateError, 0x05);
        Stage.Breach(atServer, "05 {ours} 00", TransportErrorCode.StreamStateError, 0x05);
    }

    [Theory, BothRoles]
    public void N42_STREAM_DATA_BLOCKED_for_our_send_only_stream(bool atServer)
    {
        Stage.Breach(atServer, "15 {our-one-way} 00", TransportErrorCode.StreamStateError, 0x15);
        Stage.Breach(atServer, "04 {our-one-way} 00 00", TransportErrorCode.StreamStateError, 0x04);
    }

    [Theory, BothRoles]
    public void N43_MAX_STREAMS_above_2_to_the_60(bool atServer)
    {
        Stage.Breach(atServer, "12 d000000000000001", TransportErrorCode.FrameEncodingError, 0x12);
        Stage.Breach(atServer, "13 d000000000000001", TransportErrorCode.FrameEncodingError, 0x13);
    }

    [Theory, BothRoles]
    public void N44_STREAMS_BLOCKED_above_2_to_the_60(bool atServer)
    {
        Stage.Breach(atServer, "16 d000000000000001", TransportErrorCode.FrameEncodingError, 0x16);
        Stage.Breach(atServer, "17 d000000000000001", TransportErrorCode.FrameEncodingError, 0x17);
    }

    [Theory, BothRoles]
    public void N45_limits_lower_than_before(bool atServer)
    {
        Stage stage = new(atServer);
        QuicConnection victim = stage.Victim;
        long id = victim.OpenStream();
        victim.Write(id, new byte[] { 1 }, 0, 1);
        stage.Pair.RunFor(100);
        string stream = id.ToString("x2");
        stage.Send("1000 11" + stream + "00 1200");
        Assert.True(victim.IsEstablished);
        Assert.Equal(100, victim.Write(id, new byte[100], 0, 100));
        victim.Finish(id);
        stage.Pair.RunFor(1000);
        Assert.Equal(101, stage.Attacker.Read(id, new byte[200], 0, 200));
        Assert.NotEqual(StreamId.None, victim.OpenStream());
    }

    [Theory, BothRoles]
    public void N46_NEW_CONNECTION_ID_that_retires_itself(bool atServer) => Stage.Breach(atServer, NewCid(1, 2, 8), TransportErrorCode.FrameEncodingError, 0x18);

    [Theory, BothRoles]
    public void N47_NEW_CONNECTION_ID_of_length_0_or_21(bool atServer)
    {
        Stage.Breach(atServer, NewCid(1, 0, 0), TransportErrorCode.FrameEncodingError, 0x18);
        Stage.Breach(atServer, NewCid(1, 0, 21), TransportErrorCode.FrameEncodingError, 0x18);
    }

    [Theory, BothRoles]
    public void N48_NEW_CONNECTION_ID_above_our_limit(bool atServer) =>
        Stage.Breach(atServer, NewCid(1, 0, 8) + NewCid(2, 0, 8), TransportErrorCode.ConnectionIdLimitError, 0x18);

    [Theory, BothRoles]
    public void N50_RETIRE_CONNECTION_ID_never_issued(bool atServer) => Stage.Breach(atServer, "1905", TransportErrorCode.ProtocolViolation, 0x19);

    [Theory, BothRoles]
    public void N51_RETIRE_CONNECTION_ID_of_the_id_in_use(bool atServer) => Stage.Breach(atServer, "1900", TransportErrorCode.ProtocolViolation, 0x19);

    [Theory, BothRoles]
    public void N52_PATH_CHALLENGE_is_answered_in_a_full_datagram(bool atServer)
    {
        Stage stage = new(atServer);
        byte[] answer = null;
        stage.VictimSide.OnTransmit = (datagram, _) => answer ??= datagram;
        stage.Send("1a 0102030405060708");
        Assert.Equal(1200, answer.Length);
        byte[] payload = OpenedBy(stage.Attacker, answer);
        Assert.Contains("1b0102030405060708", Convert.ToHexStringLower(payload));
        stage.AssertUnharmed();
    }

    [Theory, BothRoles]
    public void N53_PATH_RESPONSE_that_nobody_asked_for(bool atServer) => Stage.Ignored(atServer, "1b 0102030405060708");

    [Theory, BothRoles]
    public void N54_DATAGRAM_never_offered(bool atServer)
    {
        Stage.Breach(atServer, "31 01 61", TransportErrorCode.ProtocolViolation, 0x31);
        Stage.Breach(atServer, "30 61", TransportErrorCode.ProtocolViolation, 0x30);
    }

    [Theory, BothRoles]
    public void N55_multipath_frames_without_multipath(bool atServer)
    {
        Stage.Breach(atServer, "3e 00 00 00 00 00", TransportErrorCode.FrameEncodingError, 0x3E);
        Stage.Breach(atServer, "7e7a 05", TransportErrorCode.FrameEncodingError, 0x3E7A);
    }

    [Theory, BothRoles]
    public void N56_NAT_traversal_frames_without_it(bool atServer)
    {
        Stage.Breach(atServer, "803d7f90 00 7f000001 04d2", TransportErrorCode.FrameEncodingError, 0x3D7F90);
        Stage.Breach(atServer, "803d7f92 00 00 7f000001 04d2", TransportErrorCode.FrameEncodingError, 0x3D7F92);
    }

    [Theory, BothRoles]
    public void N57_OBSERVED_ADDRESS_without_address_discovery(bool atServer)
    {
        Stage.Breach(atServer, "809f81a6 00 7f000001 04d2", TransportErrorCode.FrameEncodingError, 0x9F81A6);
        Stage.Breach(atServer, "809f81a7 00 00000000000000000000000000000001 04d2", TransportErrorCode.FrameEncodingError, 0x9F81A7);
    }

    internal static string NewCid(int sequence, int retirePriorTo, int length, string token = "aa") =>
        "18" + sequence.ToString("x2") + retirePriorTo.ToString("x2") + length.ToString("x2")
        + string.Concat(Enumerable.Repeat((0x11 + sequence).ToString("x2"), length)) + string.Concat(Enumerable.Repeat(token, 16));

    /// <summary>The payload of a 1-RTT packet, as its receiver opens it.</summary>
    internal static byte[] OpenedBy(QuicConnection receiver, byte[] datagram)
    {
        byte[] copy = (byte[])datagram.Clone();
        PacketHeader header = new();
        Assert.True(PacketHeaderReader.TryRead(copy, 0, copy.Length, 8, header, out _));
        PacketProtector protector = new(receiver.Shared.Crypto);
        PacketSpace space = receiver.Space(EncryptionLevel.OneRtt);
        int count = protector.Open(space.Keys, header, space.Acks.Largest);
        Assert.True(count >= 0);
        return copy.AsSpan(protector.PayloadOffset, count).ToArray();
    }
}
