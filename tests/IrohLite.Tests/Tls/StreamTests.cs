using System;
using System.Collections.Generic;
using System.Linq;
using IrohLite.Tls;
using Xunit;

namespace IrohLite.Tests.Tls;

/// <summary>The bytes arrive in any pieces, at the right level, in the right order, or not at all.</summary>
public class StreamTests
{
    [Fact]
    public void Every_cut_of_every_stream_in_two_changes_nothing()
    {
        int cuts = 0;
        foreach (TlsWorld world in TlsWorld.All())
        {
            (byte[] hello, byte[] clientFlight, RecordingSink serverSink) = AsServer(world);
            for (int cut = 0; cut <= hello.Length; cut++)
                cuts += CheckServer(world, serverSink, Pieces(hello, cut), Pieces(clientFlight, 0));
            for (int cut = 0; cut <= clientFlight.Length; cut++)
                cuts += CheckServer(world, serverSink, Pieces(hello, 0), Pieces(clientFlight, cut));

            (byte[] serverHello, byte[] serverFlight, RecordingSink clientSink) = AsClient(world);
            for (int cut = 0; cut <= serverHello.Length; cut++)
                cuts += CheckClient(world, clientSink, Pieces(serverHello, cut), Pieces(serverFlight, 0));
            for (int cut = 0; cut <= serverFlight.Length; cut++)
                cuts += CheckClient(world, clientSink, Pieces(serverHello, 0), Pieces(serverFlight, cut));
        }

        Assert.True(cuts > 700 * TlsWorld.All().Count(), "only " + cuts + " cuts");
    }

    [Fact]
    public void Byte_by_byte_changes_nothing()
    {
        foreach (TlsWorld world in TlsWorld.All())
        {
            (byte[] hello, byte[] clientFlight, RecordingSink serverSink) = AsServer(world);
            CheckServer(world, serverSink, hello.Select(b => new[] { b }), clientFlight.Select(b => new[] { b }));
            (byte[] serverHello, byte[] serverFlight, RecordingSink clientSink) = AsClient(world);
            CheckClient(world, clientSink, serverHello.Select(b => new[] { b }), serverFlight.Select(b => new[] { b }));
        }
    }

    [Fact]
    public void A_stream_that_stops_anywhere_neither_fails_nor_completes()
    {
        int runs = 0;
        foreach (TlsWorld world in TlsWorld.All())
        {
            (byte[] hello, byte[] clientFlight, _) = AsServer(world);
            for (int cut = 0; cut < clientFlight.Length; cut++)
            {
                (TlsServerHandshake server, RecordingSink sink) = world.Server();
                server.Receive(TlsLevel.Initial, hello, 0, hello.Length);
                server.Receive(TlsLevel.Handshake, clientFlight, 0, cut);
                Assert.False(server.IsComplete);
                Assert.Null(server.PeerId);
                Assert.DoesNotContain("complete", sink.Events);
                runs++;
            }

            (byte[] serverHello, byte[] serverFlight, _) = AsClient(world);
            for (int cut = 0; cut < serverFlight.Length; cut++)
            {
                (TlsClientHandshake client, RecordingSink sink) = world.Client();
                client.Receive(TlsLevel.Initial, serverHello, 0, serverHello.Length);
                client.Receive(TlsLevel.Handshake, serverFlight, 0, cut);
                Assert.False(client.IsComplete);
                Assert.Null(client.PeerId);
                Assert.DoesNotContain("secrets 2", sink.Events);
                runs++;
            }

            for (int cut = 0; cut < hello.Length; cut++)
            {
                (TlsServerHandshake server, RecordingSink sink) = world.Server();
                server.Receive(TlsLevel.Initial, hello, 0, cut);
                Assert.Empty(sink.Events);
                runs++;
            }
        }

        Assert.True(runs > 600 * TlsWorld.All().Count());
    }

    [Fact]
    public void Every_message_cut_at_every_length_with_a_fitting_header_is_refused()
    {
        Dictionary<int, int> cuts = new();
        foreach (TlsWorld world in TlsWorld.All())
        {
            foreach (int type in new[] { 1, 11, 15, 20 })
            {
                byte[] Whole(int cut)
                {
                    (TlsServerHandshake server, RecordingSink sink) = world.Server();
                    byte[] original = null;
                    HandClient client = new HandClient(world.Crypto) { Edit = (t, m) => t == type ? Cut(original = m, cut) : m };
                    byte[] hello = client.Hello();
                    if (type == 1)
                    {
                        if (cut >= 0) Check(server, sink, TlsLevel.Initial, hello, type, cut);
                        return original;
                    }

                    server.Receive(TlsLevel.Initial, hello, 0, hello.Length);
                    byte[] flight = client.Flight(sink);
                    if (cut >= 0) Check(server, sink, TlsLevel.Handshake, flight, type, cut);
                    return original;
                }

                int size = Whole(-1).Length - 4;
                for (int cut = 0; cut < size; cut++) Whole(cut);
                cuts[type] = size;
            }

            foreach (int type in new[] { 2, 8, 13, 11, 15, 20 })
            {
                byte[] Whole(int cut)
                {
                    (TlsClientHandshake client, RecordingSink sink) = world.Client();
                    byte[] original = null;
                    HandServer server = new HandServer(world.Crypto);
                    server.Edit = (t, m) => t == type && t != 2 ? Cut(original = m, cut) : m;
                    byte[] hello = server.Hello(sink);
                    if (type == 2)
                    {
                        if (cut >= 0) Check(client, sink, TlsLevel.Initial, Cut(hello, cut), type, cut);
                        return hello;
                    }

                    client.Receive(TlsLevel.Initial, hello, 0, hello.Length);
                    byte[] flight = server.Flight();
                    if (cut >= 0) Check(client, sink, TlsLevel.Handshake, flight, type, cut);
                    return original;
                }

                int size = Whole(-1).Length - 4;
                for (int cut = 0; cut < size; cut++) Whole(cut);
                cuts[type] = size;
            }
        }

        Assert.Equal(new[] { 1, 2, 8, 11, 13, 15, 20 }, cuts.Keys.OrderBy(t => t));
        Assert.All(cuts.Values, size => Assert.True(size > 10));
    }

    [Fact]
    public void Bytes_at_another_level_than_the_expected_one_are_unexpected()
    {
        foreach (TlsWorld world in TlsWorld.All())
        {
            (byte[] hello, byte[] clientFlight, _) = AsServer(world);
            (byte[] serverHello, byte[] serverFlight, _) = AsClient(world);
            foreach (int level in new[] { TlsLevel.Handshake, TlsLevel.Application })
            {
                (TlsServerHandshake early, RecordingSink earlySink) = world.Server();
                Refusal.Expect(TlsAlert.UnexpectedMessage, early, earlySink, level, hello, "ClientHello at level " + level);
                (TlsClientHandshake client, RecordingSink sink) = world.Client();
                Refusal.Expect(TlsAlert.UnexpectedMessage, client, sink, level, serverHello, "ServerHello at level " + level);
            }

            foreach (int level in new[] { TlsLevel.Initial, TlsLevel.Application })
            {
                (TlsServerHandshake server, RecordingSink sink) = world.Server();
                server.Receive(TlsLevel.Initial, hello, 0, hello.Length);
                Refusal.Expect(TlsAlert.UnexpectedMessage, server, sink, level, clientFlight, "client flight at level " + level);
                (TlsClientHandshake client, RecordingSink clientSink) = world.Client();
                client.Receive(TlsLevel.Initial, serverHello, 0, serverHello.Length);
                Refusal.Expect(TlsAlert.UnexpectedMessage, client, clientSink, level, serverFlight, "server flight at level " + level);
            }
        }
    }

    [Fact]
    public void A_message_that_spans_two_levels_is_unexpected()
    {
        foreach (TlsWorld world in TlsWorld.All())
        {
            (byte[] hello, _, _) = AsServer(world);
            (byte[] serverHello, byte[] serverFlight, _) = AsClient(world);
            (TlsServerHandshake server, RecordingSink sink) = world.Server();
            server.Receive(TlsLevel.Initial, hello, 0, 100);
            Refusal.Expect(TlsAlert.UnexpectedMessage, server, sink, TlsLevel.Handshake, hello.Skip(100).ToArray(), "ClientHello over two levels");

            (server, sink) = world.Server();
            TlsAlertException behind = Refusal.Refused(server, TlsLevel.Initial, Wire.Cat(hello, Wire.Message(1)), "two ClientHellos");
            Assert.Equal(TlsAlert.UnexpectedMessage, behind.Alert);

            (TlsClientHandshake client, RecordingSink clientSink) = world.Client();
            Refusal.Expect(TlsAlert.UnexpectedMessage, client, clientSink, TlsLevel.Initial, Wire.Cat(serverHello, serverFlight.Take(1).ToArray()),
                "EncryptedExtensions begun at Initial");

            (client, clientSink) = world.Client();
            client.Receive(TlsLevel.Initial, serverHello, 0, serverHello.Length);
            byte[] overfull = Wire.Cat(serverFlight, Wire.U8(4));
            Assert.Equal(TlsAlert.UnexpectedMessage, Refusal.Refused(client, TlsLevel.Handshake, overfull, "ticket begun at Handshake").Alert);
        }
    }

    [Fact]
    public void Each_role_refuses_to_begin_with_any_other_message()
    {
        foreach (TlsWorld world in TlsWorld.All())
        {
            for (int type = 0; type < 256; type++)
            {
                if (type != 1)
                {
                    (TlsServerHandshake server, RecordingSink sink) = world.Server();
                    Refusal.Expect(TlsAlert.UnexpectedMessage, server, sink, TlsLevel.Initial, Wire.Cat(Wire.U8(type), Wire.U24(0xffffff)), "type " + type);
                }

                if (type != 2)
                {
                    (TlsClientHandshake client, RecordingSink sink) = world.Client();
                    Refusal.Expect(TlsAlert.UnexpectedMessage, client, sink, TlsLevel.Initial, Wire.Cat(Wire.U8(type), Wire.U24(0xffffff)), "type " + type);
                }
            }
        }
    }

    [Fact]
    public void Messages_beyond_the_limit_are_refused_by_their_header()
    {
        foreach (TlsWorld world in TlsWorld.All())
        {
            (TlsClientHandshake client, RecordingSink sink) = world.Client();
            Refusal.Expect(TlsAlert.DecodeError, client, sink, TlsLevel.Initial, Wire.Cat(Wire.U8(2), Wire.U24(2045)), "ServerHello");
            foreach (int type in new[] { 8, 13, 11, 15, 20 })
            {
                (client, sink) = world.Client();
                HandServer server = new HandServer(world.Crypto) { Edit = (t, m) => t == type ? Wire.Cat(Wire.U8(type), Wire.U24(2045)) : m };
                byte[] hello = server.Hello(sink);
                client.Receive(TlsLevel.Initial, hello, 0, hello.Length);
                Refusal.Expect(TlsAlert.DecodeError, client, sink, TlsLevel.Handshake, server.Flight(), "type " + type);
            }
        }
    }

    private static void Check(TlsHandshake handshake, RecordingSink sink, int level, byte[] bytes, int type, int cut)
    {
        // A hello that ends before its extension block is one of an older version, not a malformed one.
        bool isOldHello = (type == 1 && cut == 41) || (type == 2 && cut == 38);
        Refusal.Expect(isOldHello ? TlsAlert.ProtocolVersion : TlsAlert.DecodeError, handshake, sink, level, bytes, "type " + type + " cut at " + cut);
    }

    private static byte[] Cut(byte[] message, int cut) => cut < 0 ? message : Wire.Message(message[0], Wire.Body(message).Take(cut).ToArray());

    private static IEnumerable<byte[]> Pieces(byte[] bytes, int cut) => new[] { bytes.Take(cut).ToArray(), bytes.Skip(cut).ToArray() };

    private static (byte[] Hello, byte[] Flight, RecordingSink Sink) AsServer(TlsWorld world)
    {
        (TlsServerHandshake server, RecordingSink sink) = world.Server();
        HandClient client = new HandClient(world.Crypto);
        byte[] hello = client.Hello();
        server.Receive(TlsLevel.Initial, hello, 0, hello.Length);
        byte[] flight = client.Flight(sink);
        server.Receive(TlsLevel.Handshake, flight, 0, flight.Length);
        return (hello, flight, sink);
    }

    private static (byte[] Hello, byte[] Flight, RecordingSink Sink) AsClient(TlsWorld world)
    {
        (TlsClientHandshake client, RecordingSink sink) = world.Client();
        HandServer server = new HandServer(world.Crypto);
        byte[] hello = server.Hello(sink);
        client.Receive(TlsLevel.Initial, hello, 0, hello.Length);
        byte[] flight = server.Flight();
        client.Receive(TlsLevel.Handshake, flight, 0, flight.Length);
        return (hello, flight, sink);
    }

    private static int CheckServer(TlsWorld world, RecordingSink expected, IEnumerable<byte[]> hello, IEnumerable<byte[]> flight)
    {
        (TlsServerHandshake server, RecordingSink sink) = world.Server();
        return Play(server, sink, expected, hello, flight);
    }

    private static int CheckClient(TlsWorld world, RecordingSink expected, IEnumerable<byte[]> hello, IEnumerable<byte[]> flight)
    {
        (TlsClientHandshake client, RecordingSink sink) = world.Client();
        return Play(client, sink, expected, hello, flight);
    }

    private static int Play(TlsHandshake handshake, RecordingSink sink, RecordingSink expected, IEnumerable<byte[]> hello, IEnumerable<byte[]> flight)
    {
        foreach (byte[] piece in hello) handshake.Receive(TlsLevel.Initial, piece, 0, piece.Length);
        foreach (byte[] piece in flight) handshake.Receive(TlsLevel.Handshake, piece, 0, piece.Length);
        Assert.True(handshake.IsComplete);
        Assert.Equal(expected.Events, sink.Events);
        for (int level = 0; level <= 2; level++) Assert.True(expected.Sent(level).SequenceEqual(sink.Sent(level)));
        Assert.Equal(expected.ClientSecrets[TlsLevel.Application], sink.ClientSecrets[TlsLevel.Application]);
        return 1;
    }
}
