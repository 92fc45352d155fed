using System;
using System.Linq;
using IrohLite.Quic;
using IrohLite.Tests.Sim;
using IrohLite.Tests.Tls;
using Xunit;

namespace IrohLite.Tests.Conformance;

/// <summary>
/// Cases 18, 27, 49, 58 to 70 and 79 of the negative table: what goes wrong before a connection is established, by a peer that writes
/// its own handshake.
/// </summary>
public class NegativeHandshakeTests
{
    [Theory]
    [InlineData(EncryptionLevel.Initial, "08000161", 0x08)]
    [InlineData(EncryptionLevel.Initial, "1005", 0x10)]
    [InlineData(EncryptionLevel.Initial, "1e", 0x1E)]
    [InlineData(EncryptionLevel.Handshake, "08000161", 0x08)]
    [InlineData(EncryptionLevel.Handshake, "1005", 0x10)]
    [InlineData(EncryptionLevel.Handshake, "1a0102030405060708", 0x1A)]
    public void N18_frames_of_1_RTT_in_Initial_or_Handshake(int level, string frames, long frameType)
    {
        HandQuicClient client = new(new Pair());
        if (level == EncryptionLevel.Handshake) client.SendHello();
        client.Send(level, frames);
        client.AssertClosed(TransportErrorCode.ProtocolViolation, "server", frameType);

        HandQuicServer server = new(new Pair());
        server.Dial();
        if (level == EncryptionLevel.Handshake) server.SendHello();
        server.Send(level, frames);
        server.AssertClosed(TransportErrorCode.ProtocolViolation, "client", frameType);
    }

    [Fact]
    public void N27_new_handshake_bytes_at_a_finished_level()
    {
        // The server still has Initial keys after its hello, but no Initial byte is due any more.
        HandQuicClient client = new(new Pair());
        client.SendHello();
        client.SendCrypto(EncryptionLevel.Initial, [1]);
        client.AssertClosed(TransportErrorCode.ProtocolViolation, "server");

        HandQuicServer server = new(new Pair());
        server.Dial();
        server.SendHello();
        server.SendCrypto(EncryptionLevel.Initial, [1]);
        server.AssertClosed(TransportErrorCode.ProtocolViolation, "client");
    }

    [Fact]
    public void N49_NEW_CONNECTION_ID_by_a_peer_with_an_empty_id()
    {
        HandQuicClient client = new HandQuicClient(new Pair(), []).Connect();
        client.Send(EncryptionLevel.OneRtt, NegativeFrameTests.NewCid(1, 0, 8));
        client.AssertClosed(TransportErrorCode.ProtocolViolation, "server", 0x18);

        HandQuicServer server = new HandQuicServer(new Pair(), []).Connect();
        Assert.True(server.Dialed.IsEstablished);
        server.Send(EncryptionLevel.OneRtt, NegativeFrameTests.NewCid(1, 0, 8));
        server.AssertClosed(TransportErrorCode.ProtocolViolation, "client", 0x18);
    }

    [Theory]
    [InlineData("010480007530")]
    [InlineData("030244b0")]
    [InlineData("0c00 0c00")]
    public void N58_a_transport_parameter_twice(string hex) => RefusedByBoth(p => Wire.Cat(p, Wire.Hex(hex)));

    [Theory]
    [InlineData("ack_delay_exponent 21", "0a0115")]
    [InlineData("max_ack_delay 2^14", "0b0480004000")]
    [InlineData("active_connection_id_limit 1", "0e0101")]
    [InlineData("an integer that does not fill its parameter", "0b020101")]
    [InlineData("initial_max_streams_uni above 2^60", "0908d000000000000001")]
    [InlineData("a parameter cut short", "0b05")]
    public void N59_a_transport_parameter_out_of_range(string name, string hex)
    {
        Assert.NotEmpty(name);
        RefusedByBoth(p => Wire.Cat(p, Wire.Hex(hex)));
    }

    [Fact]
    public void N59_a_max_udp_payload_size_of_1199() => RefusedByBoth(p => Wire.Hex(Convert.ToHexString(p).Replace("030244B0", "030244AF")));

    [Fact]
    public void N60_initial_source_connection_id_missing_or_wrong()
    {
        RefusedByBoth(p => Without(p, 15));
        RefusedByBoth(p => Wire.Cat(Without(p, 15), HandQuicClient.Parameter(15, new byte[8])));
        RefusedByBoth(p => Wire.Cat(Without(p, 15), HandQuicClient.Parameter(15)));
    }

    [Fact]
    public void N61_original_destination_connection_id_missing_or_wrong()
    {
        RefusedByClient(p => Without(p, 0));
        RefusedByClient(p => Wire.Cat(Without(p, 0), HandQuicClient.Parameter(0, new byte[8])));
    }

    [Fact]
    public void N62_retry_source_connection_id_without_a_Retry() => RefusedByClient(p => Wire.Cat(p, HandQuicClient.Parameter(16, new byte[8])));

    [Theory]
    [InlineData(0, 8)]
    [InlineData(2, 16)]
    [InlineData(13, 49)]
    [InlineData(16, 8)]
    public void N63_a_parameter_of_servers_from_a_client(int id, int size)
    {
        byte[] value = new byte[size];
        if (id == 13) value[24] = 8;
        RefusedByServer(p => Wire.Cat(p, HandQuicClient.Parameter(id, value)));
    }

    [Fact]
    public void N64_no_transport_parameters() => RefusedHello(109, 8, h => h.Remove(57));

    [Fact]
    public void N65_no_ALPN_in_common_at_a_server()
    {
        HandQuicClient client = new(new Pair());
        client.Tls.Edit = (_, m) => HelloParts.Parse(m).Set(16, Wire.V16(Wire.V8(Wire.Hex("6833")))).Build();
        client.SendHello();
        client.AssertClosed(0x178, "server");
    }

    [Fact]
    public void N66_an_ALPN_that_was_not_offered()
    {
        HandQuicServer server = new(new Pair());
        server.Tls.Edit = (type, m) => type == 8 ? HelloParts.Parse(m).Set(16, Wire.V16(Wire.V8(Wire.Hex("6833")))).Build() : m;
        server.Connect();
        server.AssertClosed(0x12F, "client");
    }

    [Theory]
    [InlineData(19)]
    [InlineData(20)]
    public void N67_no_certificate_types(int extension) => RefusedHello(40, 8, h => h.Remove(extension));

    [Fact]
    public void N68_an_empty_certificate_of_a_client()
    {
        HandQuicClient client = new(new Pair());
        client.Tls.Edit = (type, m) => type == 11 ? Wire.Message(11, Wire.V8(), Wire.V24()) : m;
        client.Connect();
        client.AssertClosed(0x174, "server");
    }

    [Fact]
    public void N69_another_key_than_the_dialed_one_or_a_wrong_signature()
    {
        HandQuicServer other = new(new Pair());
        other.Tls.Edit = (type, m) => type == 11 ? Flipped(m, m.Length - 3) : m;
        other.Connect();
        other.AssertClosed(0x130, "another id");

        HandQuicServer wrong = new(new Pair());
        wrong.Tls.Edit = (type, m) => type == 15 ? Flipped(m, 20) : m;
        wrong.Connect();
        wrong.AssertClosed(0x133, "client");

        HandQuicClient client = new(new Pair());
        client.Tls.Edit = (type, m) => type == 15 ? Flipped(m, 20) : m;
        client.Connect();
        client.AssertClosed(0x133, "server");
    }

    [Fact]
    public void N70_a_wrong_Finished()
    {
        HandQuicClient client = new(new Pair());
        client.Tls.Edit = (type, m) => type == 20 ? Flipped(m, 9) : m;
        client.Connect();
        client.AssertClosed(0x133, "server");

        HandQuicServer server = new(new Pair());
        server.Tls.Edit = (type, m) => type == 20 ? Flipped(m, 9) : m;
        server.Connect();
        server.AssertClosed(0x133, "client");
    }

    [Theory]
    [InlineData(EncryptionLevel.Initial)]
    [InlineData(EncryptionLevel.Handshake)]
    public void N79_an_application_close_in_Initial_or_Handshake(int level)
    {
        HandQuicClient client = new(new Pair());
        if (level == EncryptionLevel.Handshake) client.SendHello();
        client.Send(level, "1d0000");
        client.AssertClosed(TransportErrorCode.ProtocolViolation, "server", 0x1D);

        HandQuicServer server = new(new Pair());
        server.Dial();
        if (level == EncryptionLevel.Handshake) server.SendHello();
        server.Send(level, "1d0000");
        server.AssertClosed(TransportErrorCode.ProtocolViolation, "client", 0x1D);
    }

    private static void RefusedByBoth(Func<byte[], byte[]> edit)
    {
        RefusedByServer(edit);
        RefusedByClient(edit);
    }

    private static void RefusedByServer(Func<byte[], byte[]> edit)
    {
        HandQuicClient client = new(new Pair());
        client.Tls.Parameters = edit(client.Tls.Parameters);
        client.SendHello();
        client.AssertClosed(TransportErrorCode.TransportParameterError, "server", 0);
        Assert.True(client.Pair.Run(() => client.Pair.Server.Demux.ConnectionCount == 0, 20_000));
    }

    private static void RefusedByClient(Func<byte[], byte[]> edit)
    {
        HandQuicServer server = new(new Pair()) { EditParameters = edit };
        server.Connect();
        server.AssertClosed(TransportErrorCode.TransportParameterError, "client", 0);
        Assert.False(server.Dialed.IsEstablished);
        Assert.True(server.Pair.Run(() => server.Pair.Client.Demux.ConnectionCount == 0, 20_000));
    }

    private static void RefusedHello(int alert, int serverMessage, Func<HelloParts, HelloParts> edit)
    {
        HandQuicClient client = new(new Pair());
        client.Tls.Edit = (type, m) => type == 1 ? edit(HelloParts.Parse(m)).Build() : m;
        client.SendHello();
        client.AssertClosed(TransportErrorCode.FromAlert(alert), "server");

        HandQuicServer server = new(new Pair());
        server.Tls.Edit = (type, m) => type == serverMessage ? edit(HelloParts.Parse(m)).Build() : m;
        server.Connect();
        server.AssertClosed(TransportErrorCode.FromAlert(alert), "client");
    }

    private static byte[] Without(byte[] parameters, int id)
    {
        for (int at = 0; at < parameters.Length; at += 2 + parameters[at + 1])
            if (parameters[at] == id) return [.. parameters.Take(at), .. parameters.Skip(at + 2 + parameters[at + 1])];
        throw new InvalidOperationException("no parameter " + id);
    }

    private static byte[] Flipped(byte[] bytes, int at)
    {
        byte[] copy = (byte[])bytes.Clone();
        copy[at] ^= 1;
        return copy;
    }
}
