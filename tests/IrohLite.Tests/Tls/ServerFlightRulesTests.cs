using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using IrohLite.Tls;
using Xunit;

namespace IrohLite.Tests.Tls;

/// <summary>What a client refuses of a server, with which alert, and what it must not mind.</summary>
public class ServerFlightRulesTests
{
    private const string RetryRandom = "cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c";

    internal static readonly Dictionary<string, (int Alert, Func<HelloParts, HelloParts> Edit)> RefusedHello = new()
    {
        ["SSL 3.0 in legacy_version"] = (TlsAlert.ProtocolVersion, h => Do(h, () => h.Version = Wire.Hex("0300"))),
        ["another legacy_version"] = (TlsAlert.IllegalParameter, h => Do(h, () => h.Version = Wire.Hex("0304"))),
        ["a session id"] = (TlsAlert.IllegalParameter, h => Do(h, () => h.SessionId = Wire.V8(new byte[32]))),
        ["a session id over 32 bytes"] = (TlsAlert.DecodeError, h => Do(h, () => h.SessionId = Wire.V8(new byte[33]))),
        ["a suite that was not offered"] = (TlsAlert.IllegalParameter, h => Do(h, () => h.Suites = Wire.Hex("1302"))),
        ["compression"] = (TlsAlert.IllegalParameter, h => Do(h, () => h.Compression = Wire.Hex("01"))),
        ["no extension block"] = (TlsAlert.ProtocolVersion, h => Do(h, () => h.WithoutBlock = true)),
        ["no supported_versions"] = (TlsAlert.ProtocolVersion, h => h.Remove(43)),
        ["TLS 1.2 in supported_versions"] = (TlsAlert.IllegalParameter, h => h.Set(43, Wire.Hex("0303"))),
        ["a version list"] = (TlsAlert.DecodeError, h => h.Set(43, Wire.Hex("02 0304"))),
        ["the sentinel of TLS 1.2"] = (TlsAlert.IllegalParameter, h => Downgraded(h, 1).Remove(43)),
        ["the sentinel of TLS 1.1"] = (TlsAlert.IllegalParameter, h => Downgraded(h, 0).Remove(43)),
        ["almost a sentinel"] = (TlsAlert.ProtocolVersion, h => Downgraded(h, 2).Remove(43)),
        ["no key_share"] = (TlsAlert.MissingExtension, h => h.Remove(51)),
        ["a group that was not offered"] = (TlsAlert.IllegalParameter, h => h.Set(51, Wire.U16(0x17), Wire.V16(new byte[65]))),
        ["a share of 31 bytes"] = (TlsAlert.IllegalParameter, h => h.Set(51, Wire.U16(0x1d), Wire.V16(new byte[31]))),
        ["a share of order one"] = (TlsAlert.IllegalParameter, h => h.Set(51, Wire.U16(0x1d), Wire.V16(new byte[32]))),
        ["trailing bytes in key_share"] = (TlsAlert.DecodeError, h => h.Set(51, h.Get(51), Wire.U8(0))),
        ["an extension that was not offered"] = (TlsAlert.UnsupportedExtension, h => h.Add(0x7a7a)),
        ["pre_shared_key"] = (TlsAlert.UnsupportedExtension, h => h.Add(41, Wire.U16(0))),
        ["a cookie"] = (TlsAlert.UnsupportedExtension, h => h.Add(44, Wire.V16(new byte[1]))),
        ["ALPN in the wrong message"] = (TlsAlert.IllegalParameter, h => h.Add(16, Wire.V16(Wire.V8(new byte[1])))),
        ["supported_versions twice"] = (TlsAlert.IllegalParameter, h => h.Add(43, h.Get(43))),
        ["bytes behind the extension block"] = (TlsAlert.DecodeError, h => Do(h, () => h.Trailing = new byte[1])),
        ["a retry for the group that has its share"] = (TlsAlert.IllegalParameter, h => Retry(h).Set(51, Wire.U16(0x1d))),
        ["a retry for another group"] = (TlsAlert.IllegalParameter, h => Retry(h).Set(51, Wire.U16(0x17))),
        ["a retry that asks for nothing"] = (TlsAlert.IllegalParameter, h => Retry(h).Remove(51)),
        ["a retry with a cookie"] = (TlsAlert.HandshakeFailure, h => Retry(h).Remove(51).Add(44, Wire.V16(new byte[8]))),
        ["a retry of an older version"] = (TlsAlert.ProtocolVersion, h => Retry(h).Remove(51).Remove(43)),
    };

    internal static readonly Dictionary<string, (int Type, int Alert, Func<byte[], byte[]> Edit)> RefusedFlight = new()
    {
        ["no ALPN"] = (8, TlsAlert.NoApplicationProtocol, m => HelloParts.Parse(m).Remove(16).Build()),
        ["an ALPN that was not offered"] = (8, TlsAlert.IllegalParameter, m => HelloParts.Parse(m).Set(16, Wire.V16(Wire.V8(Wire.Hex("6833")))).Build()),
        ["two ALPNs"] = (8, TlsAlert.DecodeError, m => HelloParts.Parse(m).Set(16, Wire.V16(EchoName(), Wire.V8(Wire.Hex("6833")))).Build()),
        ["an empty ALPN list"] = (8, TlsAlert.DecodeError, m => HelloParts.Parse(m).Set(16, Wire.V16()).Build()),
        ["an empty ALPN"] = (8, TlsAlert.DecodeError, m => HelloParts.Parse(m).Set(16, Wire.V16(Wire.V8())).Build()),
        ["no client_certificate_type"] = (8, TlsAlert.HandshakeFailure, m => HelloParts.Parse(m).Remove(19).Build()),
        ["no server_certificate_type"] = (8, TlsAlert.HandshakeFailure, m => HelloParts.Parse(m).Remove(20).Build()),
        ["X.509 from the client"] = (8, TlsAlert.HandshakeFailure, m => HelloParts.Parse(m).Set(19, Wire.U8(0)).Build()),
        ["X.509 from the server"] = (8, TlsAlert.HandshakeFailure, m => HelloParts.Parse(m).Set(20, Wire.U8(0)).Build()),
        ["a list of certificate types"] = (8, TlsAlert.HandshakeFailure, m => HelloParts.Parse(m).Set(20, Wire.Hex("01 02")).Build()),
        ["trailing bytes in a certificate type"] = (8, TlsAlert.DecodeError, m => HelloParts.Parse(m).Set(20, Wire.Hex("02 00")).Build()),
        ["an empty certificate type"] = (8, TlsAlert.DecodeError, m => HelloParts.Parse(m).Set(20).Build()),
        ["no transport parameters"] = (8, TlsAlert.MissingExtension, m => HelloParts.Parse(m).Remove(57).Build()),
        ["a server name that is not empty"] = (8, TlsAlert.DecodeError, m => HelloParts.Parse(m).Add(0, new byte[1]).Build()),
        ["an extension that was not offered"] = (8, TlsAlert.UnsupportedExtension, m => HelloParts.Parse(m).Add(0x7a7a).Build()),
        ["early_data"] = (8, TlsAlert.UnsupportedExtension, m => HelloParts.Parse(m).Add(42).Build()),
        ["key_share in the wrong message"] = (8, TlsAlert.IllegalParameter, m => HelloParts.Parse(m).Add(51, new byte[36]).Build()),
        ["supported_versions in the wrong message"] = (8, TlsAlert.IllegalParameter, m => HelloParts.Parse(m).Add(43, Wire.Hex("0304")).Build()),
        ["signature_algorithms in the wrong message"] = (8, TlsAlert.IllegalParameter, m => HelloParts.Parse(m).Add(13, Wire.Hex("00020807")).Build()),
        ["an extension twice"] = (8, TlsAlert.IllegalParameter, m => HelloParts.Parse(m).Add(19, Wire.U8(2)).Build()),
        ["bytes behind EncryptedExtensions"] = (8, TlsAlert.DecodeError, m => Wire.Message(8, Wire.Body(m), new byte[1])),
        ["too large EncryptedExtensions"] = (8, TlsAlert.DecodeError, m => HelloParts.Parse(m).Set(57, new byte[2048]).Build()),
        ["a request with a context"] = (13, TlsAlert.IllegalParameter, _ => Wire.Message(13, Wire.V8(new byte[1]), Wire.V16(Wire.Extension(13, Wire.Hex("00020807"))))),
        ["a request without algorithms"] = (13, TlsAlert.MissingExtension, _ => Wire.Message(13, Wire.V8(), Wire.V16())),
        ["a request without ed25519"] = (13, TlsAlert.HandshakeFailure, _ => Wire.Message(13, Wire.V8(), Wire.V16(Wire.Extension(13, Wire.Hex("00020403"))))),
        ["a request with key_share"] = (13, TlsAlert.IllegalParameter, _ => Wire.Message(13, Wire.V8(), Wire.V16(Wire.Extension(51), Wire.Extension(13, Wire.Hex("00020807"))))),
        ["a request with algorithms twice"] = (13, TlsAlert.IllegalParameter,
            _ => Wire.Message(13, Wire.V8(), Wire.V16(Wire.Extension(13, Wire.Hex("00020807")), Wire.Extension(13, Wire.Hex("00020807"))))),
        ["bytes behind a request"] = (13, TlsAlert.DecodeError, m => Wire.Message(13, Wire.Body(m), new byte[1])),
        ["no certificate"] = (11, TlsAlert.DecodeError, _ => Wire.Message(11, Wire.V8(), Wire.V24())),
        ["another id"] = (11, TlsAlert.UnknownCa, m => Flip(m, m.Length - 3)),
        ["two requests"] = (13, TlsAlert.UnexpectedMessage, m => Wire.Cat(m, m)),
        ["EncryptedExtensions twice"] = (8, TlsAlert.UnexpectedMessage, m => Wire.Cat(m, m)),
        ["no EncryptedExtensions"] = (8, TlsAlert.UnexpectedMessage, _ => Array.Empty<byte>()),
        ["no Certificate"] = (11, TlsAlert.UnexpectedMessage, _ => Array.Empty<byte>()),
        ["Certificate twice"] = (11, TlsAlert.UnexpectedMessage, m => Wire.Cat(m, m)),
        ["no CertificateVerify"] = (15, TlsAlert.UnexpectedMessage, _ => Array.Empty<byte>()),
        ["CertificateVerify twice"] = (15, TlsAlert.UnexpectedMessage, m => Wire.Cat(m, m)),
        ["the request behind the certificate"] = (11, TlsAlert.UnexpectedMessage, m => Wire.Cat(m, Wire.Message(13, Wire.V8(), Wire.V16(Wire.Extension(13, Wire.Hex("00020807")))))),
        ["a ticket before Finished"] = (20, TlsAlert.UnexpectedMessage, m => Wire.Cat(PostHandshakeTests.Ticket(), m)),
        ["HelloRequest"] = (8, TlsAlert.UnexpectedMessage, m => Wire.Cat(Wire.Message(0), m)),
        ["ServerHelloDone"] = (20, TlsAlert.UnexpectedMessage, m => Wire.Cat(Wire.Message(14), m)),
        ["KeyUpdate before Finished"] = (20, TlsAlert.UnexpectedMessage, m => Wire.Cat(Wire.Message(24, Wire.U8(0)), m)),
        ["an unknown message"] = (8, TlsAlert.UnexpectedMessage, m => Wire.Cat(Wire.Message(99, new byte[3]), m)),
    };

    public static TheoryData<string> RefusedHelloNames() => new(RefusedHello.Keys);

    public static TheoryData<string> RefusedFlightNames() => new(RefusedFlight.Keys);

    [Theory]
    [MemberData(nameof(RefusedHelloNames))]
    public void A_client_refuses_a_ServerHello_with(string name)
    {
        foreach (TlsWorld world in TlsWorld.All())
        {
            (TlsClientHandshake client, RecordingSink sink) = world.Client();
            byte[] hello = RefusedHello[name].Edit(HelloParts.Parse(new HandServer(world.Crypto).Hello(sink))).Build();
            Refusal.Expect(RefusedHello[name].Alert, client, sink, TlsLevel.Initial, hello, name);
            Assert.DoesNotContain("secrets 1", sink.Events);
        }
    }

    [Theory]
    [MemberData(nameof(RefusedFlightNames))]
    public void A_client_refuses_a_flight_with(string name)
    {
        foreach (TlsWorld world in TlsWorld.All())
        {
            (TlsClientHandshake client, RecordingSink sink) = world.Client();
            HandServer server = new HandServer(world.Crypto) { Edit = (type, m) => type == RefusedFlight[name].Type ? RefusedFlight[name].Edit(m) : m };
            byte[] hello = server.Hello(sink);
            client.Receive(TlsLevel.Initial, hello, 0, hello.Length);
            Refusal.Expect(RefusedFlight[name].Alert, client, sink, TlsLevel.Handshake, server.Flight(), name);
            Assert.DoesNotContain("secrets 2", sink.Events);
        }
    }

    [Fact]
    public void A_client_does_not_mind_the_echoes_and_extras_a_server_may_send()
    {
        int runs = 0;
        foreach (TlsWorld world in TlsWorld.All())
        {
            foreach (Func<int, byte[], byte[]> edit in new Func<int, byte[], byte[]>[]
            {
                (type, m) => type == 8 ? HelloParts.Parse(m).Add(0).Build() : m,
                (type, m) => type == 8 ? HelloParts.Parse(m).Add(10, Wire.Hex("0004 001d 0017")).Build() : m,
                (type, m) => type == 8 ? HelloParts.Parse(m).Set(57, new byte[1500]).Build() : m,
                (type, m) => type == 2 ? Reversed(m) : m,
                (type, m) => type == 8 ? Reversed(m) : m,
                (type, m) => type == 13
                    ? Wire.Message(13, Wire.V8(), Wire.V16(Wire.Extension(0x7a7a, new byte[3]), Wire.Extension(5), Wire.Extension(13, Wire.Hex("0004 0403 0807"))))
                    : m,
            })
            {
                (TlsClientHandshake client, RecordingSink sink) = world.Client("other", TlsWorld.Echo);
                HandServer server = new HandServer(world.Crypto) { Edit = edit };
                server.Run(client, sink);
                Assert.True(client.IsComplete);
                Assert.Equal(TlsWorld.Echo, client.Alpn);
                Assert.Equal(world.ServerKey.PublicKey, client.PeerId.RawBytes);
                Assert.Equal(world.ClientKey.PublicKey, server.ClientKey);
                Assert.Equal(server.ClientSecret, sink.ClientSecrets[TlsLevel.Application]);
                Assert.Equal(server.ServerSecret, sink.ServerSecrets[TlsLevel.Application]);
                runs++;
            }
        }

        Assert.Equal(6 * TlsWorld.All().Count(), runs);
    }

    [Fact]
    public void A_client_that_is_not_asked_sends_Finished_alone()
    {
        foreach (TlsWorld world in TlsWorld.All())
        {
            (TlsClientHandshake client, RecordingSink sink) = world.Client();
            HandServer server = new HandServer(world.Crypto) { AsksForCertificate = false };
            server.Run(client, sink);
            Assert.True(client.IsComplete);
            Assert.Null(server.ClientKey);
            Assert.Equal(36, sink.Sent(TlsLevel.Handshake).Length);
        }
    }

    private static byte[] EchoName() => Wire.V8(Encoding.ASCII.GetBytes(TlsWorld.Echo));

    private static byte[] Reversed(byte[] message)
    {
        HelloParts parts = HelloParts.Parse(message);
        parts.Extensions.Reverse();
        return parts.Build();
    }

    private static byte[] Flip(byte[] bytes, int at)
    {
        byte[] copy = bytes.ToArray();
        copy[at] ^= 1;
        return copy;
    }

    private static HelloParts Downgraded(HelloParts parts, byte last)
    {
        Encoding.ASCII.GetBytes("DOWNGRD").CopyTo(parts.Random, 24);
        parts.Random[31] = last;
        return parts;
    }

    private static HelloParts Retry(HelloParts parts)
    {
        parts.Random = Wire.Hex(RetryRandom);
        return parts;
    }

    private static HelloParts Do(HelloParts parts, Action change)
    {
        change();
        return parts;
    }
}
