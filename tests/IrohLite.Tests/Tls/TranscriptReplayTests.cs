using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using IrohLite.Crypto;
using IrohLite.Identity;
using IrohLite.Tls;
using Xunit;

namespace IrohLite.Tests.Tls;

/// <summary>Recorded handshakes, with real iroh endpoints among them, played again with the recorded keys and randoms.</summary>
public class TranscriptReplayTests
{
    private static readonly string[] Events =
    {
        "server: parameters, send 0, secrets 1, send 1, secrets 2, complete",
        "client: send 0, secrets 1, parameters, send 1, secrets 2, complete",
    };

    [Fact]
    public void Every_transcript_yields_the_recorded_bytes_and_secrets_in_our_role()
    {
        int servers = 0;
        int clients = 0;
        foreach (ICryptoProvider crypto in TlsWorld.Providers())
        {
            foreach (Transcript transcript in Transcript.All())
            {
                RecordingSink sink = new RecordingSink();
                TlsHandshake played = transcript.IsServer ? PlayServer(transcript, crypto, sink) : PlayClient(transcript, crypto, sink);
                string at = crypto.Name + ", " + transcript.Name;
                Assert.True(played.IsComplete, at);
                Assert.True(transcript.PeerKey.SequenceEqual(played.PeerId.RawBytes), at);
                Assert.Equal(TlsWorld.Echo, played.Alpn);
                Assert.Equal(transcript.Secrets[0], sink.ClientSecrets[TlsLevel.Handshake]);
                Assert.Equal(transcript.Secrets[1], sink.ServerSecrets[TlsLevel.Handshake]);
                Assert.Equal(transcript.Secrets[2], sink.ClientSecrets[TlsLevel.Application]);
                Assert.Equal(transcript.Secrets[3], sink.ServerSecrets[TlsLevel.Application]);
                Assert.Equal(Events[transcript.IsServer ? 0 : 1], (transcript.IsServer ? "server: " : "client: ") + string.Join(", ", sink.Events));
                if (transcript.IsServer) servers++;
                else clients++;
            }
        }

        int providers = TlsWorld.Providers().Count();
        Assert.True(providers > 0);
        Assert.Equal(5 * providers, servers);
        Assert.Equal(3 * providers, clients);
    }

    [Fact]
    public void Our_ClientHello_is_that_of_the_transcript_and_the_server_name()
    {
        Transcript transcript = Transcript.All().Single(t => t.Name == "quic_handshake_self/client");
        foreach (TlsWorld world in TlsWorld.All())
        {
            (_, RecordingSink sink) = world.Client();
            HelloParts ours = HelloParts.Parse(sink.Sent(TlsLevel.Initial));
            byte[] name = Encoding.ASCII.GetBytes("35vmm8v1di2j5hlbp0sfljauku4rs33mma906d03jft8mf9mhlgg.iroh.invalid");
            Assert.Equal(Wire.V16(Wire.U8(0), Wire.V16(name)), ours.Get(0));
            Assert.Equal(transcript.Messages[0], ours.Remove(0).Build());
        }
    }

    [Fact]
    public void The_server_name_is_that_of_the_identity_vectors()
    {
        using JsonDocument document = Vectors.Open("iroh/iroh-wire.json");
        string text = document.RootElement.GetProperty("identity").GetRawText();
        byte[] id = Wire.Hex("3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29");
        string name = Encoding.ASCII.GetString(EndpointName.Encode(EndpointId.FromBytes(id, 0)));
        Assert.Equal("7dl2ff6emqi2qol3l382krodedij45bn3nh479hqo14a32qpr8kg.iroh.invalid", name);
        Assert.Contains("\"" + name + "\"", text);
    }

    [Fact]
    public void The_messages_of_the_tls_section_are_read_and_written()
    {
        using JsonDocument document = Vectors.Open("iroh/iroh-wire.json");
        JsonElement tls = document.RootElement.GetProperty("tls");
        JsonElement example = tls.GetProperty("certificate_message_example");
        byte[] id = Wire.Hex(example.GetProperty("id").GetString());
        Assert.Equal(example.GetProperty("hex").GetString(), Written(w => CertificateMessage.Write(w, id)));
        byte[] certificate = Wire.Hex(example.GetProperty("hex").GetString());
        Assert.Equal(certificate.Length - 34, CertificateMessage.Read(BodyOf(certificate), TlsAlert.DecodeError));
        Assert.StartsWith("00002c" + tls.GetProperty("spki_prefix").GetString(), Written(w => CertificateMessage.Write(w, id)).Substring(16));

        Assert.Equal(tls.GetProperty("certificate_request_real").GetString(), Written(CertificateRequest.Write));
        CertificateRequest.Read(BodyOf(Wire.Hex(tls.GetProperty("certificate_request_real").GetString())));

        byte[] serverHello = Wire.Hex(tls.GetProperty("server_hello_real").GetString());
        Assert.Equal(HelloParts.Parse(serverHello).Get(51).Skip(4), serverHello.Skip(ServerHello.Read(BodyOf(serverHello))).Take(32));

        byte[][] alpns = Alpn.Encode(new[] { "other", TlsWorld.Echo });
        byte[] encrypted = Wire.Hex(tls.GetProperty("encrypted_extensions_real").GetProperty("hex").GetString());
        EncryptedExtensions extensions = new EncryptedExtensions();
        extensions.Read(BodyOf(encrypted), alpns);
        Assert.Equal(1, extensions.AlpnIndex);
        Assert.Equal(HelloParts.Parse(encrypted).Get(57), encrypted.Skip(extensions.ParametersOffset).Take(extensions.ParametersCount));

        byte[] clientHello = Wire.Hex(tls.GetProperty("client_hello_real").GetProperty("hex").GetString());
        ClientHello hello = new ClientHello();
        hello.Read(BodyOf(clientHello), alpns);
        Assert.True(hello.OffersAes128 && hello.OffersTls13 && hello.OffersX25519 && hello.OffersEd25519);
        Assert.True(hello.AllowsRawClientKey && hello.AllowsRawServerKey && hello.HasPskModes && !hello.HasPreSharedKey);
        Assert.Equal(1, hello.AlpnIndex);
        Assert.Equal(HelloParts.Parse(clientHello).Get(51).Skip(6), clientHello.Skip(hello.ShareOffset).Take(32));
        Assert.Equal(HelloParts.Parse(clientHello).Get(57), clientHello.Skip(hello.ParametersOffset).Take(hello.ParametersCount));
    }

    private static TlsHandshake PlayServer(Transcript transcript, ICryptoProvider crypto, RecordingSink sink)
    {
        TlsConfig config = Config(transcript, crypto);
        config.Random = new ScriptedRandom(HelloParts.Parse(transcript.Messages[1]).Random, transcript.Share);
        sink.OnParameters = parameters =>
        {
            Assert.Equal(HelloParts.Parse(transcript.Messages[0]).Get(57), parameters);
            config.TransportParameters = HelloParts.Parse(transcript.Messages[2]).Get(57);
        };
        TlsServerHandshake server = new TlsServerHandshake(config, sink);
        server.Start();
        server.Receive(TlsLevel.Initial, transcript.Messages[0], 0, transcript.Messages[0].Length);
        Assert.Equal(transcript.Messages[1], sink.Sent(TlsLevel.Initial));
        Assert.Equal(transcript.ServerFlight, sink.Sent(TlsLevel.Handshake));
        Assert.False(server.IsComplete);
        Assert.Null(server.PeerId);
        server.Receive(TlsLevel.Handshake, transcript.ClientFlight, 0, transcript.ClientFlight.Length);
        return server;
    }

    private static TlsHandshake PlayClient(Transcript transcript, ICryptoProvider crypto, RecordingSink sink)
    {
        TlsConfig config = Config(transcript, crypto);
        config.Random = new ScriptedRandom(transcript.Share);
        config.ExpectedPeer = EndpointId.FromBytes(transcript.PeerKey, 0);
        TlsClientHandshake client = new TlsClientHandshake(config, sink);
        client.StartWith(transcript.Messages[0]);
        client.Receive(TlsLevel.Initial, transcript.Messages[1], 0, transcript.Messages[1].Length);
        client.Receive(TlsLevel.Handshake, transcript.ServerFlight, 0, transcript.ServerFlight.Length);
        Assert.Equal(transcript.ClientFlight, sink.Sent(TlsLevel.Handshake));
        Assert.Equal(HelloParts.Parse(transcript.Messages[2]).Get(57), sink.Parameters);
        return client;
    }

    private static TlsConfig Config(Transcript transcript, ICryptoProvider crypto) => new()
    {
        Crypto = crypto,
        Identity = SecretKey.FromSeed(transcript.Seed, 0, crypto),
        Alpns = new[] { TlsWorld.Echo },
    };

    private static string Written(Action<IrohLite.Buffers.ByteWriter> write)
    {
        byte[] buffer = new byte[300];
        IrohLite.Buffers.ByteWriter writer = new IrohLite.Buffers.ByteWriter(buffer, 0, buffer.Length);
        write(writer);
        return Convert.ToHexString(buffer, 0, writer.Position).ToLowerInvariant();
    }

    private static IrohLite.Buffers.ByteReader BodyOf(byte[] message) => new(message, 4, message.Length - 4);
}
