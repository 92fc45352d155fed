using System;
using System.Linq;
using IrohLite.Diagnostics;
using IrohLite.Quic;
using IrohLite.Tests.Sim;
using IrohLite.Tests.Tls;
using Xunit;

namespace IrohLite.Tests.Conformance;

/// <summary>
/// h3spec's list for QUIC servers, in its order; the names hold the clause it cites. What the negative table shows already runs here
/// through the same steps.
/// </summary>
public class H3specTests
{
    [Fact]
    public void H01_FLOW_CONTROL_ERROR_for_a_STREAM_with_a_large_offset_4_1() =>
        Stage.Breach(true, "0e 00 85f5e100 01 61", TransportErrorCode.FlowControlError, 0x0E);

    [Fact]
    public void H02_STREAM_LIMIT_ERROR_for_an_id_above_the_limit() =>
        Stage.Breach(true, "0a 80001000 01 61", TransportErrorCode.StreamLimitError, 0x0A);

    [Fact]
    public void H03_no_initial_source_connection_id_7_3() => Parameters(p => p.Take(p.Length - 10).ToArray());

    [Fact]
    public void H04_original_destination_connection_id_of_a_client_18_2() => Parameters(p => Wire.Cat(p, HandQuicClient.Parameter(0, new byte[8])));

    [Fact]
    public void H05_preferred_address_of_a_client_18_2() => Parameters(p => Wire.Cat(p, HandQuicClient.Parameter(13, new byte[49])));

    [Fact]
    public void H06_retry_source_connection_id_of_a_client_18_2() => Parameters(p => Wire.Cat(p, HandQuicClient.Parameter(16, new byte[8])));

    [Fact]
    public void H07_stateless_reset_token_of_a_client_18_2() => Parameters(p => Wire.Cat(p, HandQuicClient.Parameter(2, new byte[16])));

    [Fact]
    public void H08_max_udp_payload_size_below_1200_7_4() => Parameters(p => Wire.Hex(Convert.ToHexString(p).Replace("030244B0", "030244AF")));

    [Fact]
    public void H09_ack_delay_exponent_above_20_7_4() => Parameters(p => Wire.Cat(p, Wire.Hex("0a0115")));

    [Fact]
    public void H10_max_ack_delay_of_2_to_the_14_7_4() => Parameters(p => Wire.Cat(p, Wire.Hex("0b0480004000")));

    [Fact]
    public void H11_an_unknown_frame_type_12_4() => Stage.Breach(true, "3f", TransportErrorCode.FrameEncodingError, 0x3F);

    [Fact]
    public void H12_no_frames_12_4() => Stage.Breach(true, "", TransportErrorCode.ProtocolViolation, 0);

    [Fact]
    public void H13_reserved_bits_in_Handshake_17_2()
    {
        HandQuicClient client = new(new Pair());
        client.SendHello();
        client.FirstByteOr = 0x0C;
        client.Send(EncryptionLevel.Handshake, "01");
        client.AssertClosed(TransportErrorCode.ProtocolViolation, "reserved", 0);
    }

    [Fact]
    public void H14_PATH_CHALLENGE_in_Handshake_17_2_4()
    {
        HandQuicClient client = new(new Pair());
        client.SendHello();
        client.Send(EncryptionLevel.Handshake, "1a0102030405060708");
        client.AssertClosed(TransportErrorCode.ProtocolViolation, "challenge", 0x1A);
    }

    [Fact]
    public void H15_reserved_bits_in_a_short_header_17_2()
    {
        Stage stage = new(true);
        stage.Send("01", 0x18);
        stage.AssertClosed(TransportErrorCode.ProtocolViolation, 0);
    }

    [Fact]
    public void H16_RESET_STREAM_for_a_send_only_stream_19_4() => Stage.Breach(true, "04 03 00 00", TransportErrorCode.StreamStateError, 0x04);

    [Fact]
    public void H17_STOP_SENDING_for_a_stream_that_does_not_exist_19_5() => Stage.Breach(true, "05 01 00", TransportErrorCode.StreamStateError, 0x05);

    [Fact]
    public void H18_NEW_TOKEN_19_7() => Stage.Breach(true, "07 04 01020304", TransportErrorCode.ProtocolViolation, 0x07);

    [Fact]
    public void H19_STREAM_on_a_stream_of_ours_that_is_not_open_19_8() => Stage.Breach(true, "08 01", TransportErrorCode.StreamStateError, 0x08);

    [Fact]
    public void H20_STREAM_on_a_send_only_stream_19_8() => Stage.Breach(true, "08 03", TransportErrorCode.StreamStateError, 0x08);

    [Fact]
    public void H21_MAX_STREAM_DATA_for_a_stream_that_is_not_open_19_10() => Stage.Breach(true, "11 01 44ff", TransportErrorCode.StreamStateError, 0x11);

    [Fact]
    public void H22_MAX_STREAM_DATA_for_a_receive_only_stream_19_10() => Stage.Breach(true, "11 02 44ff", TransportErrorCode.StreamStateError, 0x11);

    [Fact]
    public void H23_MAX_STREAMS_above_2_to_the_60_19_11() => Stage.Breach(true, "12 d000000000000002", TransportErrorCode.FrameEncodingError, 0x12);

    [Fact]
    public void H24_STREAMS_BLOCKED_above_2_to_the_60_19_14() => Stage.Breach(true, "16 d000000000000002", TransportErrorCode.FrameEncodingError, 0x16);

    [Fact]
    public void H25_NEW_CONNECTION_ID_with_a_wrong_retire_prior_to_19_15() =>
        Stage.Breach(true, NegativeFrameTests.NewCid(5, 10, 8), TransportErrorCode.FrameEncodingError, 0x18);

    [Fact]
    public void H26_NEW_CONNECTION_ID_with_an_empty_id_19_15() =>
        Stage.Breach(true, NegativeFrameTests.NewCid(1, 0, 0), TransportErrorCode.FrameEncodingError, 0x18);

    [Fact]
    public void H27_HANDSHAKE_DONE_19_20() => Stage.Breach(true, "1e", TransportErrorCode.ProtocolViolation, 0x1E);

    [Fact]
    public void H28_KeyUpdate_in_Handshake_TLS_6()
    {
        HandQuicClient client = new(new Pair());
        client.SendHello();
        client.SendCrypto(EncryptionLevel.Handshake, Wire.Hex("1800000101"));
        client.AssertClosed(0x10A, "KeyUpdate");
    }

    [Fact]
    public void H29_KeyUpdate_in_1_RTT_TLS_6() => Stage.Breach(true, "06 00 05 1800000101", 0x10A, 0x06);

    [Fact]
    public void H30_no_protocol_in_common_TLS_8_1()
    {
        HandQuicClient client = new(new Pair());
        client.Tls.Edit = (_, m) => HelloParts.Parse(m).Set(16, Wire.V16(Wire.V8(Wire.Hex("64756d6d79")))).Build();
        client.SendHello();
        client.AssertClosed(0x178, "ALPN");
    }

    [Fact]
    public void H31_no_transport_parameters_TLS_8_2() => Hello(h => h.Remove(57), 0x16D);

    [Fact]
    public void H32_the_extension_number_of_a_draft_TLS_8_2() => Hello(h => h.Add(0xFFA5, h.Get(57)).Remove(57), 0x16D);

    [Fact]
    public void H33_EndOfEarlyData_TLS_8_3()
    {
        HandQuicClient client = new(new Pair());
        client.Tls.Edit = (type, m) => type == 11 ? Wire.Cat(Wire.Message(5), m) : m;
        client.Connect();
        client.AssertClosed(0x10A, "EndOfEarlyData");
    }

    [Fact]
    public void H34_CRYPTO_in_0_RTT_TLS_8_3()
    {
        // Without 0-RTT keys nobody can read what is in the packet: it is dropped, and the handshake goes on.
        HandQuicClient client = new(new Pair());
        client.SendHello();
        byte[] initial = client.Seal(EncryptionLevel.Initial, Wire.Hex("06000408000000"), 1200);

        // The same without a token field is a 0-RTT packet.
        byte[] early = [(byte)(initial[0] & 0xCF | 0x10), .. initial[1..23], .. initial[24..]];
        client.Deliver(early);
        Assert.Equal(1, client.Pair.Server.Demux.Drops.Get(DropReason.UnexpectedType));
        client.SendFlight();
        Assert.Contains("2 HANDSHAKE_DONE", client.Frames);
    }

    private static void Parameters(Func<byte[], byte[]> edit)
    {
        HandQuicClient client = new(new Pair());
        client.Tls.Parameters = edit(client.Tls.Parameters);
        client.SendHello();
        client.AssertClosed(TransportErrorCode.TransportParameterError, "parameters", 0);
    }

    private static void Hello(Func<HelloParts, HelloParts> edit, long code)
    {
        HandQuicClient client = new(new Pair());
        client.Tls.Edit = (type, m) => type == 1 ? edit(HelloParts.Parse(m)).Build() : m;
        client.SendHello();
        client.AssertClosed(code, "hello");
    }
}
