using System;
using System.Collections.Generic;
using System.Linq;
using IrohLite.Tls;
using Xunit;

namespace IrohLite.Tests.Tls;

/// <summary>Certificate, CertificateVerify and Finished: refused alike by both roles, but for the empty certificate.</summary>
public class AuthenticationRulesTests
{
    internal static readonly Dictionary<string, (int Type, int Alert, Func<byte[], byte[]> Edit)> Refused = new()
    {
        ["a certificate context"] = (11, TlsAlert.IllegalParameter, m => Wire.Message(11, Wire.V8(new byte[1]), m.Skip(5).ToArray())),
        ["two entries"] = (11, TlsAlert.IllegalParameter, m => Wire.Message(11, Wire.V8(), Wire.V24(m.Skip(8).ToArray(), m.Skip(8).ToArray()))),
        ["an empty entry"] = (11, TlsAlert.DecodeError, _ => Wire.Message(11, Wire.V8(), Wire.V24(Wire.V24(), Wire.V16()))),
        ["bytes behind the certificate list"] = (11, TlsAlert.DecodeError, m => Wire.Message(11, Wire.Body(m), new byte[1])),
        ["an entry extension that was not offered"] = (11, TlsAlert.UnsupportedExtension, m => Entry(Spki(m), Wire.Extension(18))),
        ["a stapled OCSP response"] = (11, TlsAlert.UnsupportedExtension, m => Entry(Spki(m), Wire.Extension(5, new byte[4]))),
        ["an entry extension of another message"] = (11, TlsAlert.IllegalParameter, m => Entry(Spki(m), Wire.Extension(51))),
        ["an entry extension that is cut off"] = (11, TlsAlert.DecodeError, m => Entry(Spki(m), Wire.Hex("0005 0004 00"))),
        ["half an extension header"] = (11, TlsAlert.DecodeError, m => Entry(Spki(m), Wire.Hex("00"))),
        ["an X.509 certificate"] = (11, TlsAlert.UnsupportedCertificate, _ => Entry(Wire.Cat(Wire.Hex("30820100"), new byte[256]))),
        ["an X25519 key"] = (11, TlsAlert.UnsupportedCertificate, m => Entry(Changed(Spki(m), 8, 0x6e))),
        ["a bit string with unused bits"] = (11, TlsAlert.UnsupportedCertificate, m => Entry(Changed(Spki(m), 11, 1))),
        ["a key that is one byte short"] = (11, TlsAlert.UnsupportedCertificate, m => Entry(Spki(m).Take(43).ToArray())),
        ["a byte behind the key"] = (11, TlsAlert.UnsupportedCertificate, m => Entry(Wire.Cat(Spki(m), new byte[1]))),
        ["a raw key without its structure"] = (11, TlsAlert.UnsupportedCertificate, m => Entry(Spki(m).Skip(12).ToArray())),
        ["an RSA signature"] = (15, TlsAlert.IllegalParameter, m => Wire.Message(15, Wire.U16(0x0804), Wire.V16(new byte[256]))),
        ["an ECDSA signature"] = (15, TlsAlert.IllegalParameter, m => Wire.Message(15, Wire.U16(0x0403), Wire.V16(new byte[70]))),
        ["an ed448 signature"] = (15, TlsAlert.IllegalParameter, m => Wire.Message(15, Wire.U16(0x0808), Wire.V16(new byte[114]))),
        ["an empty signature"] = (15, TlsAlert.DecryptError, _ => Wire.Message(15, Wire.U16(0x0807), Wire.V16())),
        ["a signature of 63 bytes"] = (15, TlsAlert.DecryptError, m => Wire.Message(15, Wire.U16(0x0807), Wire.V16(m.Skip(8).Take(63).ToArray()))),
        ["a signature of 65 bytes"] = (15, TlsAlert.DecryptError, m => Wire.Message(15, Wire.U16(0x0807), Wire.V16(m.Skip(8).ToArray(), new byte[1]))),
        ["a wrong R"] = (15, TlsAlert.DecryptError, m => Changed(m, 8, (byte)(m[8] ^ 1))),
        ["a wrong S"] = (15, TlsAlert.DecryptError, m => Changed(m, 40, (byte)(m[40] ^ 1))),
        ["bytes behind the signature"] = (15, TlsAlert.DecodeError, m => Wire.Message(15, Wire.Body(m), new byte[1])),
        ["a Finished of 31 bytes"] = (20, TlsAlert.DecodeError, m => Wire.Message(20, m.Skip(4).Take(31).ToArray())),
        ["a Finished of 33 bytes"] = (20, TlsAlert.DecodeError, m => Wire.Message(20, Wire.Body(m), new byte[1])),
        ["the Finished of SHA-384"] = (20, TlsAlert.DecodeError, m => Wire.Message(20, new byte[48])),
        ["an empty Finished"] = (20, TlsAlert.DecodeError, _ => Wire.Message(20)),
        ["a Finished of zeros"] = (20, TlsAlert.DecryptError, _ => Wire.Message(20, new byte[32])),
    };

    public static TheoryData<string> RefusedNames() => new(Refused.Keys);

    [Theory]
    [MemberData(nameof(RefusedNames))]
    public void Both_roles_refuse(string name)
    {
        int runs = 0;
        Func<int, byte[], byte[]> edit = (type, m) => type == Refused[name].Type ? Refused[name].Edit(m) : m;
        foreach (TlsWorld world in TlsWorld.All())
        {
            RefuseAsClient(world, edit, Refused[name].Alert, "client: " + name);
            RefuseAsServer(world, edit, Refused[name].Alert, "server: " + name);
            runs++;
        }

        Assert.True(runs > 0);
    }

    [Fact]
    public void A_single_wrong_bit_anywhere_in_Finished_is_refused()
    {
        int runs = 0;
        foreach (TlsWorld world in TlsWorld.All())
        {
            for (int bit = 0; bit < 256; bit += 5)
            {
                Func<int, byte[], byte[]> edit = (type, m) => type == 20 ? Changed(m, 4 + (bit / 8), (byte)(m[4 + (bit / 8)] ^ (1 << (bit % 8)))) : m;
                RefuseAsClient(world, edit, TlsAlert.DecryptError, "client");
                RefuseAsServer(world, edit, TlsAlert.DecryptError, "server");
                runs++;
            }
        }

        Assert.Equal(52 * TlsWorld.All().Count(), runs);
    }

    [Fact]
    public void A_server_demands_a_certificate()
    {
        foreach (TlsWorld world in TlsWorld.All())
        {
            byte[] empty = Wire.Message(11, Wire.V8(), Wire.V24());
            RefuseAsServer(world, (type, m) => type == 11 ? empty : m, TlsAlert.CertificateRequired, "empty certificate");
            RefuseAsServer(world, (type, m) => type == 11 ? empty : type == 15 ? [] : m, TlsAlert.CertificateRequired, "empty certificate, Finished alone");
            RefuseAsServer(world, (type, m) => type is 11 or 15 ? [] : m, TlsAlert.UnexpectedMessage, "Finished alone");
            RefuseAsServer(world, (type, m) => type == 15 ? [] : m, TlsAlert.UnexpectedMessage, "no CertificateVerify");
            RefuseAsServer(world, (type, m) => type == 11 ? Wire.Cat(m, m) : m, TlsAlert.UnexpectedMessage, "two certificates");
            RefuseAsServer(world, (type, m) => type == 15 ? Wire.Cat(m, m) : m, TlsAlert.UnexpectedMessage, "two signatures");
            RefuseAsServer(world, (type, m) => type == 11 ? Wire.Message(8, Wire.V16()) : m, TlsAlert.UnexpectedMessage, "EncryptedExtensions from a client");
            RefuseAsServer(world, (type, m) => type == 11 ? Wire.Message(5) : m, TlsAlert.UnexpectedMessage, "EndOfEarlyData");
        }
    }

    [Fact]
    public void A_server_refuses_a_key_that_is_no_curve_point()
    {
        byte[] noPoint = new byte[32];
        noPoint[0] = 2;
        foreach (TlsWorld world in TlsWorld.All())
            RefuseAsServer(world, (type, m) => type == 11 ? Entry(HandPeer.Spki(noPoint)) : m, TlsAlert.BadCertificate, "no point");
    }

    [Fact]
    public void A_signature_of_one_side_is_no_signature_of_the_other()
    {
        // The server's own messages sent back to it: its CertificateVerify names another side and another transcript.
        foreach (TlsWorld world in TlsWorld.All())
        {
            (TlsServerHandshake server, RecordingSink sink) = world.Server();
            byte[] hello = new HandClient(world.Crypto).Hello();
            server.Receive(TlsLevel.Initial, hello, 0, hello.Length);
            List<byte[]> flight = Wire.Split(sink.Sent(TlsLevel.Handshake));
            Refusal.Expect(TlsAlert.DecryptError, server, sink, TlsLevel.Handshake, Wire.Cat(flight[2], flight[3]), "reflected");
        }
    }

    private static void RefuseAsClient(TlsWorld world, Func<int, byte[], byte[]> edit, int alert, string at)
    {
        (TlsClientHandshake client, RecordingSink sink) = world.Client();
        HandServer server = new HandServer(world.Crypto) { Edit = edit };
        byte[] hello = server.Hello(sink);
        client.Receive(TlsLevel.Initial, hello, 0, hello.Length);
        Refusal.Expect(alert, client, sink, TlsLevel.Handshake, server.Flight(), at);
    }

    private static void RefuseAsServer(TlsWorld world, Func<int, byte[], byte[]> edit, int alert, string at)
    {
        (TlsServerHandshake server, RecordingSink sink) = world.Server();
        HandClient client = new HandClient(world.Crypto) { Edit = edit };
        byte[] hello = client.Hello();
        server.Receive(TlsLevel.Initial, hello, 0, hello.Length);
        Refusal.Expect(alert, server, sink, TlsLevel.Handshake, client.Flight(sink), at);
    }

    private static byte[] Spki(byte[] certificate) => certificate.AsSpan(11, 44).ToArray();

    private static byte[] Entry(byte[] data, params byte[][] extensions) =>
        Wire.Message(11, Wire.V8(), Wire.V24(Wire.V24(data), Wire.V16(extensions)));

    private static byte[] Changed(byte[] bytes, int at, byte value)
    {
        byte[] copy = bytes.ToArray();
        copy[at] = value;
        return copy;
    }
}
