using System;
using System.Linq;
using System.Text.Json;
using IrohLite.Buffers;
using IrohLite.Quic;
using Xunit;

namespace IrohLite.Tests.Quic.Wire;

public class TransportParametersTests
{
    private const long Error = TransportErrorCode.TransportParameterError;

    private static TransportParameters Read(string hex, bool sentByServer)
    {
        byte[] padded = Enumerable.Repeat((byte)0xEE, 9).Concat(Expectations.Hex(hex)).Concat(new byte[] { 0xEE, 0xEE }).ToArray();
        return TransportParametersReader.Read(padded, 9, padded.Length - 11, sentByServer);
    }

    private static TransportException Refused(string hex, bool sentByServer = true) =>
        Expectations.Closes(Error, 0, () => Read(hex, sentByServer));

    private static string Write(TransportParameters parameters, bool isServer)
    {
        byte[] buffer = new byte[300];
        ByteWriter writer = new(buffer, 0, 300);
        parameters.Write(writer, isServer);
        return Convert.ToHexStringLower(buffer, 0, writer.Written);
    }

    // Extension 57 of the recorded ClientHello of the real iroh.
    private static string ParametersOfIroh()
    {
        using JsonDocument file = Vectors.Open("iroh/iroh-wire.json");
        string payload = file.RootElement.GetProperty("quic_captured_real_client").GetProperty("packets")[0].GetProperty("payload").GetString();
        int at = payload.IndexOf("0039006d", StringComparison.Ordinal);
        Assert.True(at > 0);
        return payload.Substring(at + 8, 2 * 0x6d);
    }

    [Fact]
    public void The_parameters_of_the_real_iroh_client_are_understood()
    {
        TransportParameters p = Read(ParametersOfIroh(), sentByServer: false);

        Assert.Equal((30000, 1472), (p.MaxIdleTimeoutMs, p.MaxUdpPayloadBytes));
        Assert.Equal(VarInt.Max, p.InitialMaxData);
        Assert.Equal((1250000, 1250000, 1250000), (p.InitialMaxStreamDataBidiLocal, p.InitialMaxStreamDataBidiRemote, p.InitialMaxStreamDataUni));
        Assert.Equal((100, 100), (p.InitialMaxStreamsBidi, p.InitialMaxStreamsUni));
        Assert.Equal((3, 25, 5), (p.AckDelayExponent, p.MaxAckDelayMs, p.ActiveConnectionIdLimit));
        Assert.Equal((65535, 7, 1000), (p.MaxDatagramFrameBytes, p.InitialMaxPathId, p.MinAckDelayUs));
        Assert.Equal("c97b0bedb2b6e36c", p.InitialSourceConnectionId.ToString());
        Assert.Null(p.OriginalDestinationConnectionId);
        Assert.Null(p.StatelessResetToken);
        p.CheckConnectionIds(Expectations.Id("c97b0bedb2b6e36c"), null, null);
    }

    [Fact]
    public void Nothing_received_means_the_defaults_of_the_RFC()
    {
        TransportParameters p = Read("", sentByServer: true);

        Assert.Equal((0, 65527, 0), (p.MaxIdleTimeoutMs, p.MaxUdpPayloadBytes, p.InitialMaxData));
        Assert.Equal((3, 25, 2), (p.AckDelayExponent, p.MaxAckDelayMs, p.ActiveConnectionIdLimit));
        Assert.Equal((0, TransportParameters.Absent, TransportParameters.Absent), (p.MaxDatagramFrameBytes, p.InitialMaxPathId, p.MinAckDelayUs));
        Assert.False(p.DisableActiveMigration);
    }

    [Fact]
    public void A_device_sends_the_recommended_set_and_nothing_else()
    {
        TransportParameters p = new()
        {
            MaxIdleTimeoutMs = 30000, MaxUdpPayloadBytes = 1200, InitialMaxData = 16384,
            InitialMaxStreamDataBidiLocal = 8192, InitialMaxStreamDataBidiRemote = 8192, InitialMaxStreamsBidi = 4,
            InitialSourceConnectionId = Expectations.Id("d0d1d2d3d4d5d6d7"),
            OriginalDestinationConnectionId = Expectations.Id("8394c8f03e515708"),
            StatelessResetToken = Expectations.Hex("a0a1a2a3a4a5a6a7a8a9aaabacadaeaf"),
        };
        const string Common = "010480007530" + "030244b0" + "040480004000" + "05026000" + "06026000" + "080104" + "0f08d0d1d2d3d4d5d6d7";

        Assert.Equal(Common, Write(p, isServer: false));
        Assert.Equal(Common + "00088394c8f03e515708" + "0210a0a1a2a3a4a5a6a7a8a9aaabacadaeaf", Write(p, isServer: true));

        TransportParameters read = Read(Write(p, isServer: true), sentByServer: true);
        Assert.Equal(p.StatelessResetToken, read.StatelessResetToken);
        Assert.Equal((16384, 8192, 8192, 4), (read.InitialMaxData, read.InitialMaxStreamDataBidiLocal, read.InitialMaxStreamDataBidiRemote, read.InitialMaxStreamsBidi));
        read.CheckConnectionIds(p.InitialSourceConnectionId, p.OriginalDestinationConnectionId, null);
    }

    [Fact]
    public void The_recorded_set_of_the_fixed_handshake_is_read_and_written_alike()
    {
        using JsonDocument file = Vectors.Open("iroh/iroh-wire.json");
        string payload = file.RootElement.GetProperty("quic_handshake_self").GetProperty("client_view_packets")[0].GetProperty("payload").GetString();
        int at = payload.IndexOf("00390023", StringComparison.Ordinal);
        Assert.True(at > 0);
        string body = payload.Substring(at + 8, 2 * 0x23);

        Assert.Equal(body, Write(Read(body, sentByServer: false), isServer: false));
    }

    [Theory] // the known ones of table 2.1, each of its shape
    [InlineData("0001aa 0001bb")]
    [InlineData("010105 010105")]
    [InlineData("0210" + "00000000000000000000000000000000" + "0210" + "00000000000000000000000000000000")]
    [InlineData("030244b0 030244b0")]
    [InlineData("0c00 0c00")]
    [InlineData("0f00 0f00")]
    [InlineData("1000 1000")]
    [InlineData("200105 200105")]
    [InlineData("3e0107 3e0107")]
    [InlineData("6ab200 6ab200")]
    [InlineData("c0000000ff04de1b 01 05 c0000000ff04de1b 01 05")]
    [InlineData("c0003d7f91120401 01 20 c0003d7f91120401 01 20")]
    [InlineData("c00000009f81a176 01 01 c00000009f81a176 01 01")]
    public void A_duplicate_of_a_known_parameter_is_refused(string hex) => Assert.StartsWith("duplicate", Refused(hex).Reason);

    [Fact]
    public void Unknown_parameters_are_ignored_also_twice()
    {
        TransportParameters p = Read("1b 03 aabbcc 1b 00 405b 01 ff c0000000ffffffff 02 0102 010105 21 00", sentByServer: false);

        Assert.Equal(5, p.MaxIdleTimeoutMs);
    }

    [Theory]
    [InlineData("0a 01 14", "0a 01 15")] // ack_delay_exponent 20, 21
    [InlineData("0b 02 7fff", "0b 04 80004000")] // max_ack_delay 2^14 - 1, 2^14
    [InlineData("0e 01 02", "0e 01 01")] // active_connection_id_limit
    [InlineData("03 02 44b0", "03 02 44af")] // max_udp_payload_size 1200, 1199
    [InlineData("08 08 d000000000000000", "08 08 d000000000000001")] // 2^60 streams
    [InlineData("09 08 d000000000000000", "09 08 d000000000000001")]
    [InlineData("3e 08 c0000000ffffffff", "3e 08 c000000100000000")]
    [InlineData("c0000000ff04de1b 04 800061a8", "c0000000ff04de1b 04 800061a9")] // min_ack_delay 25 ms in us
    [InlineData("c0003d7f91120401 01 01", "c0003d7f91120401 01 00")]
    [InlineData("c0003d7f91120401 01 ff", "c0003d7f91120401 02 0101")]
    [InlineData("c00000009f81a176 01 02", "c00000009f81a176 01 03")]
    [InlineData("0c 00", "0c 01 00")] // flags have no body
    [InlineData("6ab2 00", "6ab2 01 00")]
    [InlineData("01 02 4005", "01 03 400500")] // the integer fills its parameter
    [InlineData("01 01 05", "01 00")]
    [InlineData("04 08 ffffffffffffffff", "04 07 ffffffffffffff")]
    public void Values_are_taken_up_to_their_limits(string last, string beyond)
    {
        Read(last, sentByServer: true);
        Refused(beyond);
        Refused(beyond, sentByServer: false);
    }

    [Fact]
    public void A_lower_max_ack_delay_also_limits_min_ack_delay_in_any_order()
    {
        Read("c0000000ff04de1b 02 43e8 0b 01 01", sentByServer: true);
        Refused("c0000000ff04de1b 02 43e9 0b 01 01");
        Refused("0b 01 01 c0000000ff04de1b 02 43e9");
    }

    [Theory]
    [InlineData("00 08 8394c8f03e515708", "00 15 000000000000000000000000000000000000000000")]
    [InlineData("02 10 a0a1a2a3a4a5a6a7a8a9aaabacadaeaf", "02 0f a0a1a2a3a4a5a6a7a8a9aaabacadae")]
    [InlineData("10 00", "10 15 000000000000000000000000000000000000000000")]
    [InlineData("0d 2a 000000000000 000000000000000000000000000000000000 01 aa 00000000000000000000000000000000",
        "0d 29 000000000000 000000000000000000000000000000000000 00 00000000000000000000000000000000")]
    [InlineData("0d 2a 000000000000 000000000000000000000000000000000000 01 aa 00000000000000000000000000000000",
        "0d 2a 000000000000 000000000000000000000000000000000000 02 aa 00000000000000000000000000000000")]
    [InlineData("0d 2a 000000000000 000000000000000000000000000000000000 01 aa 00000000000000000000000000000000", "0d 03 000000")]
    public void Server_parameters_are_checked_and_refused_from_a_client(string valid, string malformed)
    {
        Read(valid, sentByServer: true);
        Refused(malformed);
        Assert.Contains("client sent", Refused(valid, sentByServer: false).Reason);
    }

    [Fact]
    public void Every_truncation_is_refused()
    {
        byte[] whole = Expectations.Hex(ParametersOfIroh());
        int cut = 0, boundaries = 0;
        for (int length = 0; length < whole.Length; length++)
        {
            string hex = Convert.ToHexStringLower(whole, 0, length);
            if (EndsAtABoundary(whole, length)) { Read(hex, sentByServer: false); boundaries++; }
            else { Refused(hex, sentByServer: false); cut++; }
        }
        Assert.Equal(whole.Length, cut + boundaries);
        Assert.Equal(15, boundaries); // 15 parameters: in front of each
    }

    private static bool EndsAtABoundary(byte[] all, int length)
    {
        int at = 0;
        while (at < length)
        {
            at += 1 << (all[at] >> 6);
            at += 1 + all[at]; // lengths below 64
        }
        return at == length;
    }

    [Fact]
    public void Connection_ids_must_be_those_of_the_packets()
    {
        ConnectionId a = Expectations.Id("0a0a0a0a"), b = Expectations.Id("0b0b"), c = Expectations.Id("0c");
        Read("0f040a0a0a0a 00020b0b", true).CheckConnectionIds(a, b, null);
        Read("0f040a0a0a0a 00020b0b 10010c", true).CheckConnectionIds(a, b, c);
        Read("0f00", false).CheckConnectionIds(Expectations.Id(""), null, null);

        foreach ((string hex, ConnectionId source, ConnectionId original, ConnectionId retry) in new[]
        {
            ("00020b0b", a, b, null), // initial_source_connection_id missing
            ("0f040a0a0a0b 00020b0b", a, b, null), // and wrong
            ("0f030a0a0a 00020b0b", a, b, null),
            ("0f040a0a0a0a", a, b, null), // original_destination_connection_id missing
            ("0f040a0a0a0a 00020b0c", a, b, null),
            ("0f040a0a0a0a 00020b0b 10010c", a, b, (ConnectionId)null), // a Retry that never was
            ("0f040a0a0a0a 00020b0b", a, b, c), // a Retry left out
            ("0f040a0a0a0a 00020b0b 10010d", a, b, c),
        })
        {
            Expectations.Closes(Error, 0, () => Read(hex, true).CheckConnectionIds(source, original, retry));
        }
    }

    [Fact]
    public void Multipath_with_an_empty_connection_id_is_a_protocol_violation() =>
        Expectations.Closes(TransportErrorCode.ProtocolViolation, 0, () => Read("0f00 3e0107", false).CheckConnectionIds(Expectations.Id(""), null, null));
}
