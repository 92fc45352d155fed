using System;
using System.Linq;
using IrohLite.Identity;
using IrohLite.Tls;
using Xunit;

namespace IrohLite.Tests.Tls;

/// <summary>Our client and our server with each other, and how both behave as objects.</summary>
public class HandshakeTests
{
    [Fact]
    public void Client_and_server_complete_and_agree_on_everything()
    {
        int runs = 0;
        foreach (TlsWorld world in TlsWorld.All())
        {
            (TlsClientHandshake client, RecordingSink clientSink) = world.Client("other", TlsWorld.Echo);
            (TlsServerHandshake server, RecordingSink serverSink) = world.Server();
            Couple.Run(client, clientSink, server, serverSink);

            Assert.True(client.IsComplete && server.IsComplete);
            Assert.True(world.ServerKey.Id.SameAs(client.PeerId));
            Assert.True(world.ClientKey.Id.SameAs(server.PeerId));
            Assert.Equal(TlsWorld.Echo, client.Alpn);
            Assert.Equal(TlsWorld.Echo, server.Alpn);
            Assert.Equal(TlsWorld.ClientParameters, serverSink.Parameters);
            Assert.Equal(TlsWorld.ServerParameters, clientSink.Parameters);
            foreach (int level in new[] { TlsLevel.Handshake, TlsLevel.Application })
            {
                Assert.Equal(clientSink.ClientSecrets[level], serverSink.ClientSecrets[level]);
                Assert.Equal(clientSink.ServerSecrets[level], serverSink.ServerSecrets[level]);
                Assert.NotEqual(clientSink.ClientSecrets[level], clientSink.ServerSecrets[level]);
            }

            Assert.Equal("send 0, secrets 1, parameters, send 1, secrets 2, complete", string.Join(", ", clientSink.Events));
            Assert.Equal("parameters, send 0, secrets 1, send 1, secrets 2, complete", string.Join(", ", serverSink.Events));
            Refusal.AssertWiped(client);
            Refusal.AssertWiped(server);
            runs++;
        }

        Assert.True(runs > 0, "no crypto provider ran");
    }

    [Fact]
    public void Every_pair_of_providers_agrees()
    {
        int pairs = 0;
        foreach (TlsWorld clientWorld in TlsWorld.All())
        {
            foreach (TlsWorld serverWorld in TlsWorld.All())
            {
                (TlsClientHandshake client, RecordingSink clientSink) = clientWorld.Client();
                (TlsServerHandshake server, RecordingSink serverSink) = serverWorld.Server();
                Couple.Run(client, clientSink, server, serverSink);
                Assert.True(client.IsComplete && server.IsComplete);
                Assert.Equal(clientSink.ClientSecrets[TlsLevel.Application], serverSink.ClientSecrets[TlsLevel.Application]);
                pairs++;
            }
        }

        Assert.True(pairs > 0);
    }

    [Fact]
    public void A_client_that_dialed_another_id_refuses_the_server()
    {
        foreach (TlsWorld world in TlsWorld.All())
        {
            RecordingSink sink = new RecordingSink();
            TlsConfig config = world.ClientConfig();
            config.ExpectedPeer = world.ClientKey.Id;
            TlsClientHandshake client = new TlsClientHandshake(config, sink);
            client.Start();
            (TlsServerHandshake server, RecordingSink serverSink) = world.Server();
            Couple.Pass(sink, TlsLevel.Initial, server);
            Couple.Pass(serverSink, TlsLevel.Initial, client);
            Refusal.Expect(TlsAlert.UnknownCa, client, sink, TlsLevel.Handshake, serverSink.Sent(TlsLevel.Handshake), "another id");
        }
    }

    [Fact]
    public void What_the_sink_throws_passes_through_and_ends_the_handshake()
    {
        foreach (TlsWorld world in TlsWorld.All())
        {
            (TlsServerHandshake server, RecordingSink sink) = world.Server();
            FormatException thrown = new FormatException("bad parameters");
            sink.OnParameters = _ => throw thrown;
            byte[] hello = new HandClient(world.Crypto).Hello();
            Assert.Same(thrown, Assert.Throws<FormatException>(() => server.Receive(TlsLevel.Initial, hello, 0, hello.Length)));
            Assert.DoesNotContain("send 0", sink.Events);
            Refusal.AssertWiped(server);
            Assert.Equal(TlsAlert.InternalError, Assert.Throws<TlsAlertException>(() => server.Receive(TlsLevel.Initial, hello, 0, 1)).Alert);
        }
    }

    [Fact]
    public void A_server_takes_its_parameters_as_late_as_in_the_sink()
    {
        foreach (TlsWorld world in TlsWorld.All())
        {
            RecordingSink serverSink = new RecordingSink();
            TlsConfig config = world.ServerConfig();
            config.TransportParameters = null;
            serverSink.OnParameters = _ => config.TransportParameters = new byte[] { 1, 2, 3 };
            TlsServerHandshake server = new TlsServerHandshake(config, serverSink);
            server.Start();
            (TlsClientHandshake client, RecordingSink clientSink) = world.Client();
            Couple.Run(client, clientSink, server, serverSink);
            Assert.Equal(new byte[] { 1, 2, 3 }, clientSink.Parameters);
        }
    }

    [Fact]
    public void Large_parameters_and_many_protocols_fit()
    {
        foreach (TlsWorld world in TlsWorld.All())
        {
            string[] alpns = Enumerable.Range(0, 4).Select(i => new string((char)('a' + i), 255)).ToArray();
            RecordingSink clientSink = new RecordingSink();
            TlsConfig config = world.ClientConfig(alpns);
            config.TransportParameters = new byte[1700];
            TlsClientHandshake client = new TlsClientHandshake(config, clientSink);
            client.Start();
            Assert.True(clientSink.Sent(TlsLevel.Initial).Length > 2900);
            (TlsServerHandshake server, RecordingSink serverSink) = world.Server(alpns[3]);
            Couple.Run(client, clientSink, server, serverSink);
            Assert.Equal(alpns[3], client.Alpn);
        }
    }

    [Fact]
    public void Wiping_ends_an_unfinished_handshake_and_spares_a_finished_one()
    {
        foreach (TlsWorld world in TlsWorld.All())
        {
            (TlsServerHandshake server, RecordingSink sink) = world.Server();
            HandClient peer = new HandClient(world.Crypto);
            byte[] hello = peer.Hello();
            server.Receive(TlsLevel.Initial, hello, 0, hello.Length);
            byte[] flight = peer.Flight(sink);
            server.Wipe();
            Refusal.AssertWiped(server);
            Assert.Equal(TlsAlert.InternalError, Assert.Throws<TlsAlertException>(() => server.Receive(TlsLevel.Handshake, flight, 0, flight.Length)).Alert);

            (TlsClientHandshake client, RecordingSink clientSink) = world.Client();
            new HandServer(world.Crypto).Run(client, clientSink);
            client.Wipe();
            Assert.True(client.IsComplete);
            byte[] ticket = PostHandshakeTests.Ticket();
            client.Receive(TlsLevel.Application, ticket, 0, ticket.Length);
        }
    }

    [Fact]
    public void Mistakes_of_the_caller_are_InvalidOperation()
    {
        TlsWorld world = TlsWorld.All().First();
        RecordingSink sink = new RecordingSink();

        TlsConfig nobody = world.ClientConfig();
        nobody.ExpectedPeer = null;
        Assert.Throws<InvalidOperationException>(() => new TlsClientHandshake(nobody, sink));
        Assert.Throws<InvalidOperationException>(() => new TlsClientHandshake(world.ClientConfig(""), sink));
        Assert.Throws<InvalidOperationException>(() => new TlsClientHandshake(world.ClientConfig(new string('a', 256)), sink));
        Assert.Throws<InvalidOperationException>(() => new TlsServerHandshake(world.ServerConfig(new string('é', 128)), sink));
        Assert.Throws<InvalidOperationException>(() => new TlsClientHandshake(world.ClientConfig(Enumerable.Repeat(new string('a', 200), 6).ToArray()), sink));

        TlsConfig bare = world.ClientConfig();
        bare.TransportParameters = null;
        Assert.Throws<InvalidOperationException>(new TlsClientHandshake(bare, sink).Start);

        TlsServerHandshake server = new TlsServerHandshake(world.ServerConfig(), sink);
        Assert.Throws<InvalidOperationException>(() => server.Receive(TlsLevel.Initial, new byte[1], 0, 1));
        server.Start();
        Assert.Throws<InvalidOperationException>(server.Start);
        TlsClientHandshake client = new TlsClientHandshake(world.ClientConfig(), sink);
        Assert.Throws<InvalidOperationException>(() => client.Receive(TlsLevel.Initial, new byte[1], 0, 1));
        client.Start();
        Assert.Throws<InvalidOperationException>(client.Start);
        Assert.Equal(new[] { "send 0" }, sink.Events);
    }

    [Fact]
    public void Keys_of_any_kind_are_accepted_from_a_client_and_known_by_its_signature()
    {
        foreach (TlsWorld world in TlsWorld.All())
        {
            for (byte seed = 1; seed < 6; seed++)
            {
                SecretKey key = SecretKey.FromSeed(TlsWorld.Filled(seed), 0, world.Crypto);
                TlsConfig config = world.ClientConfig();
                config.Identity = key;
                RecordingSink clientSink = new RecordingSink();
                TlsClientHandshake client = new TlsClientHandshake(config, clientSink);
                client.Start();
                (TlsServerHandshake server, RecordingSink serverSink) = world.Server();
                Couple.Run(client, clientSink, server, serverSink);
                Assert.True(key.Id.SameAs(server.PeerId));
            }
        }
    }
}
