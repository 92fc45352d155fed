using System;
using System.Collections.Generic;
using System.Linq;
using IrohLite.Tls;
using Xunit;

namespace IrohLite.Tests.Tls;

/// <summary>What may come behind the handshake: tickets to a client, nothing else.</summary>
public class PostHandshakeTests
{
    private static readonly Dictionary<string, (int Alert, byte[] Bytes)> RefusedByClient = new()
    {
        ["KeyUpdate"] = (TlsAlert.UnexpectedMessage, Wire.Message(24, Wire.U8(0))),
        ["KeyUpdate with a request"] = (TlsAlert.UnexpectedMessage, Wire.Message(24, Wire.U8(1))),
        ["CertificateRequest"] = (TlsAlert.UnexpectedMessage, Wire.Message(13, Wire.V8(new byte[4]), Wire.V16(Wire.Extension(13, Wire.Hex("00020807"))))),
        ["HelloRequest"] = (TlsAlert.UnexpectedMessage, Wire.Message(0)),
        ["Finished"] = (TlsAlert.UnexpectedMessage, Wire.Message(20, new byte[32])),
        ["ServerHello"] = (TlsAlert.UnexpectedMessage, Wire.Message(2, new byte[70])),
        ["a ticket that is too large"] = (TlsAlert.DecodeError, Wire.Cat(Wire.U8(4), Wire.U24(2045))),
        ["an empty ticket"] = (TlsAlert.DecodeError, Wire.Message(4, new byte[8], Wire.V8(), Wire.V16(), Wire.V16())),
        ["bytes behind a ticket"] = (TlsAlert.DecodeError, Wire.Message(4, Wire.Body(Ticket()), new byte[1])),
        ["an extension twice"] = (TlsAlert.IllegalParameter,
            Wire.Message(4, new byte[8], Wire.V8(), Wire.V16(new byte[4]), Wire.V16(Wire.Extension(42, new byte[4]), Wire.Extension(42, new byte[4])))),
        ["key_share in a ticket"] = (TlsAlert.IllegalParameter,
            Wire.Message(4, new byte[8], Wire.V8(), Wire.V16(new byte[4]), Wire.V16(Wire.Extension(51)))),
    };

    public static TheoryData<string> RefusedNames() => new(RefusedByClient.Keys);

    /// <summary>A ticket as a real server sends it: 89 bytes with the early_data extension.</summary>
    public static byte[] Ticket() => Wire.Message(4, Wire.Hex("00015180 01020304"), Wire.V8(new byte[32]), Wire.V16(new byte[32]),
        Wire.V16(Wire.Extension(42, Wire.Hex("ffffffff"))));

    [Fact]
    public void A_client_reads_tickets_and_forgets_them()
    {
        foreach (TlsWorld world in TlsWorld.All())
        {
            (TlsClientHandshake client, RecordingSink sink) = Connected(world);
            Assert.Equal(89, Ticket().Length);
            byte[] two = Wire.Cat(Ticket(), Ticket());
            int events = sink.Events.Count;
            for (int cut = 0; cut <= two.Length; cut++)
            {
                client.Receive(TlsLevel.Application, two, 0, cut);
                client.Receive(TlsLevel.Application, two, cut, two.Length - cut);
                Assert.Empty(client.Transcript.Buffer);
            }

            byte[] largest = Wire.Message(4, new byte[8], Wire.V8(), Wire.V16(new byte[2048 - 17]), Wire.V16());
            Assert.Equal(2048, largest.Length);
            client.Receive(TlsLevel.Application, largest, 0, largest.Length);
            Assert.Equal(events, sink.Events.Count);
            Assert.True(client.IsComplete);
        }
    }

    [Theory]
    [MemberData(nameof(RefusedNames))]
    public void A_connected_client_refuses(string name)
    {
        foreach (TlsWorld world in TlsWorld.All())
        {
            (TlsClientHandshake client, _) = Connected(world);
            TlsAlertException refused = Refusal.Refused(client, TlsLevel.Application, RefusedByClient[name].Bytes, name);
            Assert.Equal(RefusedByClient[name].Alert, refused.Alert);
            if (name.StartsWith("KeyUpdate", StringComparison.Ordinal)) Assert.Contains("KeyUpdate is forbidden in QUIC", refused.Message);
        }
    }

    [Fact]
    public void A_ticket_cut_anywhere_with_a_fitting_length_is_a_decode_error()
    {
        foreach (TlsWorld world in TlsWorld.All())
        {
            for (int cut = 0; cut < 85; cut++)
            {
                (TlsClientHandshake client, _) = Connected(world);
                TlsAlertException refused = Refusal.Refused(client, TlsLevel.Application, Wire.Message(4, Wire.Body(Ticket()).Take(cut).ToArray()), "cut " + cut);
                Assert.Equal(TlsAlert.DecodeError, refused.Alert);
            }
        }
    }

    [Fact]
    public void A_connected_server_refuses_every_message()
    {
        foreach (TlsWorld world in TlsWorld.All())
        {
            for (int type = 0; type < 256; type++)
            {
                (TlsServerHandshake server, RecordingSink sink) = world.Server();
                new HandClient(world.Crypto).Run(server, sink);
                TlsAlertException refused = Refusal.Refused(server, TlsLevel.Application, Wire.Message(type, new byte[1]), "type " + type);
                Assert.Equal(TlsAlert.UnexpectedMessage, refused.Alert);
            }
        }
    }

    private static (TlsClientHandshake Client, RecordingSink Sink) Connected(TlsWorld world)
    {
        (TlsClientHandshake client, RecordingSink sink) = world.Client();
        new HandServer(world.Crypto).Run(client, sink);
        return (client, sink);
    }
}
