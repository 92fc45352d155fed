using IrohLite.Crypto;
using IrohLite.Identity;
using IrohLite.Tls;
using nanoFramework.TestFramework;

namespace IrohLite.Portable;

/// <summary>Our TLS client against our TLS server.</summary>
[TestClass]
public class TlsHandshakeTests
{
    private const string Alpn = "iroh-example/echo/0";

    /// <summary>Both reach the same secrets, the same protocol and the proof of both ids, whole and byte by byte.</summary>
    [TestMethod]
    public void Both_sides_agree_however_the_bytes_are_cut()
    {
        Run(1024);
        Run(7);
        Run(1);
    }

    /// <summary>A client that dialed another id ends the handshake with an alert.</summary>
    [TestMethod]
    public void A_server_with_another_id_is_refused()
    {
        ICryptoProvider crypto = TestCrypto.New();
        SecretKey clientKey = SecretKey.Generate(new TestRandom(1), crypto);
        SecretKey serverKey = SecretKey.Generate(new TestRandom(2), crypto);
        TestSink clientSink = new TestSink();
        TestSink serverSink = new TestSink();
        TlsClientHandshake client = new TlsClientHandshake(Config(crypto, clientKey, 3, clientKey.Id), clientSink);
        TlsServerHandshake server = new TlsServerHandshake(Config(crypto, serverKey, 4, null), serverSink);
        client.Start();
        server.Start();
        clientSink.Deliver(TlsLevel.Initial, server, 1024);
        serverSink.Deliver(TlsLevel.Initial, client, 1024);
        int alert = -1;
        try
        {
            serverSink.Deliver(TlsLevel.Handshake, client, 1024);
        }
        catch (TlsAlertException e)
        {
            alert = e.Alert;
        }

        Expect.Equal(TlsAlert.UnknownCa, alert, "alert");
        Expect.True(!client.IsComplete && client.PeerId == null, "nothing is proven");
    }

    private static void Run(int pieceBytes)
    {
        ICryptoProvider crypto = TestCrypto.New();
        SecretKey clientKey = SecretKey.Generate(new TestRandom(1), crypto);
        SecretKey serverKey = SecretKey.Generate(new TestRandom(2), crypto);
        TestSink clientSink = new TestSink();
        TestSink serverSink = new TestSink();
        TlsClientHandshake client = new TlsClientHandshake(Config(crypto, clientKey, 3, serverKey.Id), clientSink);
        TlsServerHandshake server = new TlsServerHandshake(Config(crypto, serverKey, 4, null), serverSink);
        client.Start();
        server.Start();
        clientSink.Deliver(TlsLevel.Initial, server, pieceBytes);
        serverSink.Deliver(TlsLevel.Initial, client, pieceBytes);
        serverSink.Deliver(TlsLevel.Handshake, client, pieceBytes);
        Expect.True(client.IsComplete && clientSink.IsComplete && !server.IsComplete, "the client is done first");
        clientSink.Deliver(TlsLevel.Handshake, server, pieceBytes);
        Expect.True(server.IsComplete && serverSink.IsComplete, "the server is done");

        Expect.True(client.PeerId.SameAs(serverKey.Id) && server.PeerId.SameAs(clientKey.Id), "both ids are proven");
        Expect.Equal(Alpn, client.Alpn, "protocol at the client");
        Expect.Equal(Alpn, server.Alpn, "protocol at the server");
        Expect.Bytes(new byte[] { 3, 3, 3 }, serverSink.Parameters, 0, "parameters of the client");
        Expect.Bytes(new byte[] { 4, 4, 4 }, clientSink.Parameters, 0, "parameters of the server");
        Expect.Bytes(clientSink.Secrets, serverSink.Secrets, 0, "secrets");
        int zeros = 0;
        for (int i = 64; i < 192; i++) if (clientSink.Secrets[i] == 0) zeros++;
        Expect.True(zeros < 20, "the secrets are filled");
        client.Wipe();
        server.Wipe();
    }

    private static TlsConfig Config(ICryptoProvider crypto, SecretKey key, int seed, EndpointId peer)
    {
        TlsConfig config = new TlsConfig();
        config.Crypto = crypto;
        config.Random = new TestRandom(seed);
        config.Identity = key;
        config.Alpns = new[] { Alpn };
        config.TransportParameters = new[] { (byte)seed, (byte)seed, (byte)seed };
        config.ExpectedPeer = peer;
        return config;
    }
}
