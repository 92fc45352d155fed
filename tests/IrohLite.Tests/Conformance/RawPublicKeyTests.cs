using System;
using System.Linq;
using IrohLite.Quic;
using IrohLite.Tests.Sim;
using IrohLite.Tests.Tls;
using Xunit;

namespace IrohLite.Tests.Conformance;

/// <summary>
/// BoringSSL's list of raw-public-key cases (RFC 7250), TLS 1.3, as far as an endpoint with one raw key and no X.509 can meet them.
/// What must end in a refusal names the code that the peer sees.
/// </summary>
public class RawPublicKeyTests
{
    private const int ClientType = 19;
    private const int ServerType = 20;
    private const long UnsupportedCertificate = 0x12B;
    private const long HandshakeFailure = 0x128;
    private const long DecodeError = 0x132;
    private const long UnexpectedMessage = 0x10A;
    private const long DecryptError = 0x133;

    // The client's side of server_certificate_type.
    [Fact]
    public void B01_a_client_asks_for_a_raw_key_only_and_gets_it()
    {
        HandQuicServer server = Server(null);
        HelloParts hello = HelloParts.Parse(server.CryptoStream(0));
        Assert.Equal([1, 2], hello.Get(ServerType));
        Assert.Equal([1, 2], hello.Get(ClientType));
        Assert.True(server.Dialed.IsEstablished);
    }

    [Fact]
    public void B02_the_server_picked_X509_although_only_raw_keys_were_asked_for() =>
        ServerRefused(8, m => HelloParts.Parse(m).Set(ServerType, [0]).Build(), HandshakeFailure);

    [Fact]
    public void B03_the_server_picked_X509_by_leaving_the_extension_out() =>
        ServerRefused(8, m => HelloParts.Parse(m).Remove(ServerType).Build(), HandshakeFailure);

    [Fact]
    public void B04_the_server_sent_X509_although_a_raw_key_was_agreed() => ServerRefused(11, _ => X509(), UnsupportedCertificate);

    [Fact]
    public void B05_the_server_sent_an_empty_raw_key() => ServerRefused(11, _ => EmptyKey(), DecodeError);

    [Fact]
    public void B06_the_server_sent_an_empty_certificate_list() => ServerRefused(11, _ => EmptyList(), DecodeError);

    [Fact]
    public void B07_the_server_left_CertificateVerify_out() => ServerRefused(15, _ => [], UnexpectedMessage);

    [Fact]
    public void B08_the_raw_key_of_the_server_is_not_the_trusted_one() =>
        ServerRefused(11, m => [.. m.Take(m.Length - 3), (byte)(m[^3] ^ 1), .. m.Skip(m.Length - 2)], 0x130);

    // The server's side of server_certificate_type.
    [Theory]
    [InlineData("only raw keys", "01 02")]
    [InlineData("raw keys before X.509", "02 02 00")]
    [InlineData("X.509 before raw keys", "02 00 02")]
    [InlineData("an unknown type before raw keys", "02 f0 02")]
    public void B09_a_server_sends_its_raw_key_whenever_one_is_asked_for(string name, string list)
    {
        Assert.NotEmpty(name);
        HandQuicClient client = Client(m => HelloParts.Parse(m).Set(ServerType, Wire.Hex(list)).Build());
        Assert.Contains("2 HANDSHAKE_DONE", client.Frames);
        byte[] extensions = Wire.Split(client.CryptoStream(1)).Single(m => m[0] == 8);
        Assert.Equal([2], HelloParts.Parse(extensions).Get(ServerType));
    }

    [Theory]
    [InlineData("01 00")]
    [InlineData("02 f0 00")]
    public void B10_a_client_that_takes_X509_only_is_refused(string list) =>
        ClientRefused(1, m => HelloParts.Parse(m).Set(ServerType, Wire.Hex(list)).Build(), HandshakeFailure);

    // The client's side of client_certificate_type.
    [Fact]
    public void B11_a_client_offers_its_raw_key_and_sends_it()
    {
        HandQuicServer server = Server(null);
        byte[] certificate = Wire.Split(server.CryptoStream(1)).First();
        Assert.Equal(11, certificate[0]);
        Assert.Equal(HandPeer.Spki(server.Pair.Client.Key.PublicKey), certificate.AsSpan(11, 44).ToArray());
    }

    [Fact]
    public void B12_the_server_asks_for_X509_although_only_a_raw_key_was_offered() =>
        ServerRefused(8, m => HelloParts.Parse(m).Set(ClientType, [0]).Build(), HandshakeFailure);

    [Fact]
    public void B13_the_server_leaves_the_client_type_out_and_so_asks_for_X509() =>
        ServerRefused(8, m => HelloParts.Parse(m).Remove(ClientType).Build(), HandshakeFailure);

    [Fact]
    public void B14_a_server_that_asks_for_no_certificate_gets_none()
    {
        HandQuicServer server = new(new Pair());
        server.Tls.AsksForCertificate = false;
        server.Connect();
        Assert.True(server.Dialed.IsEstablished);
        Assert.Equal([20], Wire.Split(server.CryptoStream(1)).Select(m => (int)m[0]));
    }

    // The server's side of client_certificate_type.
    [Theory]
    [InlineData("only raw keys", "01 02")]
    [InlineData("raw keys before X.509", "02 02 00")]
    [InlineData("X.509 before raw keys", "02 00 02")]
    [InlineData("an unknown type before raw keys", "02 f0 02")]
    public void B15_a_server_takes_a_raw_key_whenever_one_is_offered(string name, string list)
    {
        Assert.NotEmpty(name);
        HandQuicClient client = Client(m => HelloParts.Parse(m).Set(ClientType, Wire.Hex(list)).Build());
        Assert.Contains("2 HANDSHAKE_DONE", client.Frames);
        byte[] extensions = Wire.Split(client.CryptoStream(1)).Single(m => m[0] == 8);
        Assert.Equal([2], HelloParts.Parse(extensions).Get(ClientType));
    }

    [Fact]
    public void B16_an_empty_list_of_client_types() => ClientRefused(1, m => HelloParts.Parse(m).Set(ClientType, [0]).Build(), DecodeError);

    [Fact]
    public void B17_a_list_of_client_types_with_X509_only() =>
        ClientRefused(1, m => HelloParts.Parse(m).Set(ClientType, [1, 0]).Build(), HandshakeFailure);

    [Theory]
    [InlineData("01 f0")]
    [InlineData("02 f0 00")]
    public void B18_unknown_client_types_without_a_shared_one(string list) =>
        ClientRefused(1, m => HelloParts.Parse(m).Set(ClientType, Wire.Hex(list)).Build(), HandshakeFailure);

    [Fact]
    public void B19_no_client_types_at_all() => ClientRefused(1, m => HelloParts.Parse(m).Remove(ClientType).Build(), HandshakeFailure);

    [Fact]
    public void B20_the_client_sent_X509_although_a_raw_key_was_agreed() => ClientRefused(11, _ => X509(), UnsupportedCertificate);

    [Fact]
    public void B21_the_client_sent_an_empty_raw_key() => ClientRefused(11, _ => EmptyKey(), DecodeError);

    [Fact]
    public void B22_the_client_sent_an_empty_certificate_list() => ClientRefused(11, _ => EmptyList(), 0x174);

    [Fact]
    public void B23_the_client_left_CertificateVerify_out() => ClientRefused(15, _ => [], UnexpectedMessage);

    [Fact]
    public void B24_the_proof_of_the_clients_key_is_wrong() =>
        ClientRefused(15, m => [.. m.Take(m.Length - 3), (byte)(m[^3] ^ 1), .. m.Skip(m.Length - 2)], DecryptError);

    private static byte[] X509() => Wire.Message(11, Wire.V8(), Wire.V24(Wire.V24(Wire.Hex("30820100"), new byte[256]), Wire.V16()));

    private static byte[] EmptyKey() => Wire.Message(11, Wire.V8(), Wire.V24(Wire.V24(), Wire.V16()));

    private static byte[] EmptyList() => Wire.Message(11, Wire.V8(), Wire.V24());

    private static HandQuicServer Server(Func<int, byte[], byte[]> edit)
    {
        HandQuicServer server = new(new Pair());
        if (edit != null) server.Tls.Edit = edit;
        return server.Connect();
    }

    private static HandQuicClient Client(Func<byte[], byte[]> editHello)
    {
        HandQuicClient client = new(new Pair());
        client.Tls.Edit = (type, m) => type == 1 ? editHello(m) : m;
        return client.Connect();
    }

    private static void ServerRefused(int message, Func<byte[], byte[]> edit, long code)
    {
        HandQuicServer server = Server((type, m) => type == message ? edit(m) : m);
        server.AssertClosed(code, "client");
        Assert.False(server.Dialed.IsEstablished);
    }

    private static void ClientRefused(int message, Func<byte[], byte[]> edit, long code)
    {
        HandQuicClient client = new(new Pair());
        client.Tls.Edit = (type, m) => type == message ? edit(m) : m;
        client.SendHello();
        if (message != 1) client.SendFlight();
        client.AssertClosed(code, "server");
        Assert.DoesNotContain("2 HANDSHAKE_DONE", client.Frames);
    }
}
