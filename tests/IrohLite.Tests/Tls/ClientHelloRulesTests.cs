using System;
using System.Collections.Generic;
using System.Linq;
using IrohLite.Tls;
using Xunit;

namespace IrohLite.Tests.Tls;

/// <summary>What a server refuses in a ClientHello, with which alert, and what it must not mind.</summary>
public class ClientHelloRulesTests
{
    internal static readonly Dictionary<string, (int Alert, Func<HelloParts, HelloParts> Edit)> Refused = new()
    {
        ["legacy session id"] = (TlsAlert.IllegalParameter, h => Do(h, () => h.SessionId = Wire.V8(new byte[32]))),
        ["legacy session id of one byte"] = (TlsAlert.IllegalParameter, h => Do(h, () => h.SessionId = Wire.V8(new byte[1]))),
        ["legacy session id over 32 bytes"] = (TlsAlert.DecodeError, h => Do(h, () => h.SessionId = Wire.V8(new byte[33]))),
        ["SSL 3.0 in legacy_version"] = (TlsAlert.ProtocolVersion, h => Do(h, () => h.Version = Wire.Hex("0300"))),
        ["SSL 2.0 in legacy_version"] = (TlsAlert.ProtocolVersion, h => Do(h, () => h.Version = Wire.Hex("0002"))),
        ["no extension block"] = (TlsAlert.ProtocolVersion, h => Do(h, () => h.WithoutBlock = true)),
        ["no supported_versions"] = (TlsAlert.ProtocolVersion, h => h.Remove(43)),
        ["only TLS 1.2 in supported_versions"] = (TlsAlert.ProtocolVersion, h => h.Set(43, Wire.Hex("02 0303"))),
        ["empty supported_versions"] = (TlsAlert.DecodeError, h => h.Set(43, Wire.Hex("00"))),
        ["odd supported_versions"] = (TlsAlert.DecodeError, h => h.Set(43, Wire.Hex("03 030403"))),
        ["trailing bytes in supported_versions"] = (TlsAlert.DecodeError, h => h.Set(43, Wire.Hex("02 0304 00"))),
        ["no common cipher suite"] = (TlsAlert.HandshakeFailure, h => Do(h, () => h.Suites = Wire.V16(Wire.Hex("1302 1303")))),
        ["no cipher suites"] = (TlsAlert.DecodeError, h => Do(h, () => h.Suites = Wire.V16())),
        ["odd cipher suites"] = (TlsAlert.DecodeError, h => Do(h, () => h.Suites = Wire.V16(Wire.Hex("1301 13")))),
        ["compression offered"] = (TlsAlert.IllegalParameter, h => Do(h, () => h.Compression = Wire.Hex("02 01 00"))),
        ["null compression twice"] = (TlsAlert.IllegalParameter, h => Do(h, () => h.Compression = Wire.Hex("02 00 00"))),
        ["only deflate"] = (TlsAlert.IllegalParameter, h => Do(h, () => h.Compression = Wire.Hex("01 01"))),
        ["no compression methods"] = (TlsAlert.DecodeError, h => Do(h, () => h.Compression = Wire.Hex("00"))),
        ["no signature_algorithms"] = (TlsAlert.MissingExtension, h => h.Remove(13)),
        ["no ed25519"] = (TlsAlert.HandshakeFailure, h => h.Set(13, Wire.Hex("0004 0403 0804"))),
        ["empty signature_algorithms"] = (TlsAlert.DecodeError, h => h.Set(13, Wire.Hex("0000"))),
        ["odd signature_algorithms"] = (TlsAlert.DecodeError, h => h.Set(13, Wire.Hex("0003 080708"))),
        ["trailing bytes in signature_algorithms"] = (TlsAlert.DecodeError, h => h.Set(13, Wire.Hex("0002 0807 00"))),
        ["no supported_groups"] = (TlsAlert.MissingExtension, h => h.Remove(10)),
        ["x25519 share without the group"] = (TlsAlert.IllegalParameter, h => h.Set(10, Wire.Hex("0002 0017"))),
        ["empty supported_groups"] = (TlsAlert.DecodeError, h => h.Set(10, Wire.Hex("0000"))),
        ["no key_share"] = (TlsAlert.MissingExtension, h => h.Remove(51)),
        ["empty key_share list"] = (TlsAlert.HandshakeFailure, h => h.Set(51, Wire.Hex("0000"))),
        ["only a secp256r1 share"] = (TlsAlert.HandshakeFailure, h => h.Set(51, Wire.V16(Wire.U16(0x17), Wire.V16(new byte[65])))),
        ["two x25519 shares"] = (TlsAlert.IllegalParameter, h => h.Set(51, Wire.V16(h.Get(51).Skip(2).ToArray(), h.Get(51).Skip(2).ToArray()))),
        ["x25519 share of 31 bytes"] = (TlsAlert.IllegalParameter, h => h.Set(51, Wire.V16(Wire.U16(0x1d), Wire.V16(new byte[31])))),
        ["x25519 share of 33 bytes"] = (TlsAlert.IllegalParameter, h => h.Set(51, Wire.V16(Wire.U16(0x1d), Wire.V16(new byte[33])))),
        ["empty share"] = (TlsAlert.DecodeError, h => h.Set(51, Wire.V16(Wire.U16(0x17), Wire.V16()))),
        ["x25519 share of order one"] = (TlsAlert.IllegalParameter, h => h.Set(51, Wire.V16(Wire.U16(0x1d), Wire.V16(new byte[32])))),
        ["key_share list shorter than the extension"] = (TlsAlert.DecodeError, h => h.Set(51, h.Get(51), Wire.U8(0))),
        ["no client_certificate_type"] = (TlsAlert.HandshakeFailure, h => h.Remove(19)),
        ["no server_certificate_type"] = (TlsAlert.HandshakeFailure, h => h.Remove(20)),
        ["only X.509 from the client"] = (TlsAlert.HandshakeFailure, h => h.Set(19, Wire.Hex("01 00"))),
        ["only X.509 from the server"] = (TlsAlert.HandshakeFailure, h => h.Set(20, Wire.Hex("01 00"))),
        ["empty certificate type list"] = (TlsAlert.DecodeError, h => h.Set(19, Wire.Hex("00"))),
        ["trailing bytes in a certificate type"] = (TlsAlert.DecodeError, h => h.Set(20, Wire.Hex("01 02 00"))),
        ["no ALPN"] = (TlsAlert.NoApplicationProtocol, h => h.Remove(16)),
        ["no common ALPN"] = (TlsAlert.NoApplicationProtocol, h => h.Set(16, Wire.V16(Wire.V8(Wire.Hex("6833"))))),
        ["a prefix of our ALPN"] = (TlsAlert.NoApplicationProtocol, h => h.Set(16, Wire.V16(Wire.V8(h.Get(16).Skip(3).Take(18).ToArray())))),
        ["empty ALPN list"] = (TlsAlert.DecodeError, h => h.Set(16, Wire.Hex("0000"))),
        ["empty ALPN name"] = (TlsAlert.DecodeError, h => h.Set(16, Wire.V16(h.Get(16).Skip(2).ToArray(), Wire.V8()))),
        ["trailing bytes in ALPN"] = (TlsAlert.DecodeError, h => h.Set(16, h.Get(16), Wire.U8(0))),
        ["no transport parameters"] = (TlsAlert.MissingExtension, h => h.Remove(57)),
        ["pre_shared_key that is not last"] = (TlsAlert.IllegalParameter, h => Do(h, () => h.Extensions.Insert(0, (41, new byte[10])))),
        ["pre_shared_key without its modes"] = (TlsAlert.MissingExtension, h => h.Add(41, new byte[10])),
        ["bytes behind the extension block"] = (TlsAlert.DecodeError, h => Do(h, () => h.Trailing = new byte[1])),
        ["too many extensions"] = (TlsAlert.DecodeError, h => Do(h, () => h.Extensions.AddRange(Enumerable.Range(0x1a00, 57).Select(t => (t, Array.Empty<byte>()))))),
    };

    public static TheoryData<string> RefusedNames() => new(Refused.Keys);

    [Theory]
    [MemberData(nameof(RefusedNames))]
    public void A_server_refuses(string name)
    {
        int runs = 0;
        foreach (TlsWorld world in TlsWorld.All())
        {
            (TlsServerHandshake server, RecordingSink sink) = world.Server();
            byte[] hello = Refused[name].Edit(HelloParts.Parse(new HandClient(world.Crypto).Hello())).Build();
            Refusal.Expect(Refused[name].Alert, server, sink, TlsLevel.Initial, hello, name);
            runs++;
        }

        Assert.True(runs > 0);
    }

    [Fact]
    public void A_server_refuses_each_extension_that_appears_twice()
    {
        int count = 0;
        foreach (TlsWorld world in TlsWorld.All())
        {
            byte[] hello = new HandClient(world.Crypto) { Edit = (_, m) => HelloParts.Parse(m).Add(0x7a7a).Build() }.Hello();
            foreach ((int type, byte[] body) in HelloParts.Parse(hello).Extensions)
            {
                (TlsServerHandshake server, RecordingSink sink) = world.Server();
                Refusal.Expect(TlsAlert.IllegalParameter, server, sink, TlsLevel.Initial, HelloParts.Parse(hello).Add(type, body).Build(), "twice " + type);
                count++;
            }
        }

        Assert.Equal(9 * TlsWorld.All().Count(), count);
    }

    private static readonly Dictionary<string, Func<HelloParts, HelloParts>> Accepted = new()
    {
        ["unchanged"] = h => h,
        ["no server name"] = h => h,
        ["a server name"] = h => h.Add(0, Wire.V16(Wire.U8(0), Wire.V16(Wire.Hex("612e62")))),
        ["a server name that is nonsense"] = h => h.Add(0, Wire.Hex("ffff")),
        ["grease everywhere"] = h => Do(h, () =>
        {
            h.Suites = Wire.V16(Wire.Hex("0a0a 1302 1301 1303"));
            h.Set(10, Wire.Hex("0006 1a1a 001d 2a2a")).Set(13, Wire.Hex("0006 0403 0807 3a3a")).Set(43, Wire.Hex("04 4a4a 0304"));
            h.Set(19, Wire.Hex("03 00 02 f0")).Set(20, Wire.Hex("02 02 00"));
            h.Set(51, Wire.V16(Wire.U16(0x5a5a), Wire.V16(new byte[1]), h.Get(51).Skip(2).ToArray()));
            h.Set(16, Wire.V16(Wire.V8(Wire.Hex("6a6a")), h.Get(16).Skip(2).ToArray()));
            h.Extensions.Insert(0, (0x7a7a, Array.Empty<byte>()));
            h.Add(0x8a8a, new byte[1]);
        }),
        ["TLS 1.2 in supported_versions as well"] = h => h.Set(43, Wire.Hex("04 0303 0304")),
        ["another legacy_version"] = h => Do(h, () => h.Version = Wire.Hex("0301")),
        ["modes and a pre-shared key, which is ignored"] = h => h.Add(45, Wire.Hex("01 01")).Add(41, new byte[40]),
        ["empty transport parameters"] = h => h.Set(57),
        ["the extensions of a browser"] = h => h.Add(5, Wire.Hex("0100000000")).Add(11, Wire.Hex("0100")).Add(23).Add(35).Add(45, Wire.Hex("0101")).Add(21, new byte[200]),
        ["as many extensions as are allowed"] = h => Do(h, () => h.Extensions.AddRange(Enumerable.Range(0x1a00, 56).Select(t => (t, Array.Empty<byte>())))),
    };

    public static TheoryData<string> AcceptedNames() => new(Accepted.Keys);

    [Theory]
    [MemberData(nameof(AcceptedNames))]
    public void A_server_accepts(string name)
    {
        foreach (TlsWorld world in TlsWorld.All())
            AssertAccepted(world, m => Accepted[name](HelloParts.Parse(m)).Build());
    }

    [Fact]
    public void A_server_accepts_the_extensions_in_any_order()
    {
        Random random = new Random(8446);
        foreach (TlsWorld world in TlsWorld.All())
        {
            for (int round = 0; round < 40; round++)
            {
                AssertAccepted(world, m =>
                {
                    HelloParts parts = HelloParts.Parse(m);
                    (int, byte[])[] shuffled = parts.Extensions.ToArray();
                    random.Shuffle(shuffled);
                    parts.Extensions = shuffled.ToList();
                    return parts.Build();
                });
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_server_takes_the_x25519_share_beside_a_post_quantum_one(int place)
    {
        byte[] hybrid = Wire.Cat(Wire.U16(0x11ec), Wire.V16(new byte[1216]));
        foreach (TlsWorld world in TlsWorld.All())
        {
            AssertAccepted(world, m =>
            {
                HelloParts parts = HelloParts.Parse(m);
                byte[] own = parts.Get(51).Skip(2).ToArray();
                return parts.Set(10, Wire.Hex("0004 11ec 001d")).Set(51, place == 0 ? Wire.V16(own, hybrid) : Wire.V16(hybrid, own)).Build();
            });
        }
    }

    [Fact]
    public void A_server_accepts_a_hello_of_4096_bytes_and_refuses_4097()
    {
        foreach (TlsWorld world in TlsWorld.All())
        {
            byte[] Padded(byte[] m, int size) => HelloParts.Parse(m).Add(21, new byte[size - m.Length - 4]).Build();
            AssertAccepted(world, m =>
            {
                Assert.Equal(4096, Padded(m, 4096).Length);
                return Padded(m, 4096);
            });

            // The header alone is enough to refuse: nothing of the body is kept.
            (TlsServerHandshake server, RecordingSink sink) = world.Server();
            byte[] large = Padded(new HandClient(world.Crypto).Hello(), 4097);
            Refusal.Expect(TlsAlert.DecodeError, server, sink, TlsLevel.Initial, large.Take(4).ToArray(), "4097 bytes");
        }
    }

    [Theory]
    [InlineData("a,b,c", "c,b", "b")]
    [InlineData("c,b,a", "c,b", "c")]
    [InlineData("x,c", "a,b,c", "c")]
    [InlineData("längé", "a,längé", "längé")]
    public void A_server_chooses_the_protocol_it_likes_best(string ours, string theirs, string chosen)
    {
        foreach (TlsWorld world in TlsWorld.All())
        {
            (TlsServerHandshake server, RecordingSink serverSink) = world.Server(ours.Split(','));
            (TlsClientHandshake client, RecordingSink clientSink) = world.Client(theirs.Split(','));
            Assert.Null(server.Alpn);
            Couple.Run(client, clientSink, server, serverSink);
            Assert.Equal(chosen, server.Alpn);
            Assert.Equal(chosen, client.Alpn);
        }
    }

    [Fact]
    public void A_server_without_protocols_accepts_nobody()
    {
        foreach (TlsWorld world in TlsWorld.All())
        {
            RecordingSink sink = new RecordingSink();
            TlsConfig config = world.ServerConfig();
            config.Alpns = Array.Empty<string>();
            TlsServerHandshake server = new TlsServerHandshake(config, sink);
            server.Start();
            Refusal.Expect(TlsAlert.NoApplicationProtocol, server, sink, TlsLevel.Initial, new HandClient(world.Crypto).Hello(), "no protocols");
        }
    }

    private static void AssertAccepted(TlsWorld world, Func<byte[], byte[]> edit)
    {
        (TlsServerHandshake server, RecordingSink sink) = world.Server();
        HandClient client = new HandClient(world.Crypto) { Edit = (type, m) => type == 1 ? edit(m) : m };
        client.Run(server, sink);
        Assert.True(server.IsComplete);
        Assert.Equal(world.ClientKey.PublicKey, server.PeerId.RawBytes);
        Assert.Equal(world.ServerKey.PublicKey, client.ServerKey);
        Assert.Equal(client.ClientSecret, sink.ClientSecrets[TlsLevel.Application]);
        Assert.Equal(client.ServerSecret, sink.ServerSecrets[TlsLevel.Application]);
    }

    private static HelloParts Do(HelloParts parts, Action change)
    {
        change();
        return parts;
    }
}
