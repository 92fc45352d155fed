using System;
using System.Collections.Generic;
using System.Linq;
using IrohLite.Quic;
using IrohLite.Tests.Scenarios;
using IrohLite.Tests.Sim;
using IrohLite.Tests.Tls;
using Xunit;

namespace IrohLite.Tests.Conformance;

/// <summary>
/// Every alert that a peer can provoke, end to end: the same refusals that the TLS tests prove arrive at the peer as CONNECTION_CLOSE
/// 0x100 + alert in a CRYPTO frame's name, the connection leaves nothing, and another connection lives on.
/// </summary>
public class TlsOverQuicTests
{
    public static TheoryData<string> HelloNames() => ClientHelloRulesTests.RefusedNames();

    public static TheoryData<string> PeerFlightNames() => AuthenticationRulesTests.RefusedNames();

    public static TheoryData<string> ServerHelloNames() => ServerFlightRulesTests.RefusedHelloNames();

    public static TheoryData<string> ServerFlightNames() => ServerFlightRulesTests.RefusedFlightNames();

    [Theory]
    [MemberData(nameof(HelloNames))]
    public void A_server_closes_for_a_hello_with(string name)
    {
        (int alert, Func<HelloParts, HelloParts> edit) = ClientHelloRulesTests.Refused[name];
        HandQuicClient client = new(WithNeighbour());
        client.Tls.Edit = (type, m) => type == 1 ? edit(HelloParts.Parse(m)).Build() : m;
        client.SendHello();
        bool isQuicsOwn = name is "legacy session id" or "legacy session id of one byte";
        client.AssertClosed(isQuicsOwn ? TransportErrorCode.ProtocolViolation : TransportErrorCode.FromAlert(alert), name);
        Assert.Equal([0], client.Closes.Select(close => close.Level));
        AssertNeighbourAlone(client.Pair, name);
    }

    [Theory]
    [MemberData(nameof(PeerFlightNames))]
    public void A_server_closes_for_a_flight_with(string name)
    {
        (int changed, int alert, Func<byte[], byte[]> edit) = AuthenticationRulesTests.Refused[name];
        HandQuicClient client = new(WithNeighbour());
        client.Tls.Edit = (type, m) => type == changed ? edit(m) : m;
        client.Connect();
        client.AssertClosed(TransportErrorCode.FromAlert(alert), name);
        AssertNeighbourAlone(client.Pair, name);
    }

    [Theory]
    [MemberData(nameof(PeerFlightNames))]
    public void A_client_closes_for_authentication_with(string name)
    {
        (int changed, int alert, Func<byte[], byte[]> edit) = AuthenticationRulesTests.Refused[name];
        HandQuicServer server = new(WithNeighbour());
        server.Tls.Edit = (type, m) => type == changed ? edit(m) : m;
        server.Connect();
        AssertDialFailed(server, alert, name);
    }

    [Theory]
    [MemberData(nameof(ServerHelloNames))]
    public void A_client_closes_for_a_ServerHello_with(string name)
    {
        (int alert, Func<HelloParts, HelloParts> edit) = ServerFlightRulesTests.RefusedHello[name];
        HandQuicServer server = new(WithNeighbour());
        server.Dial();
        server.SendHello(hello => edit(HelloParts.Parse(hello)).Build());
        AssertDialFailed(server, alert, name);
        Assert.Equal([0], server.Closes.Select(close => close.Level));
    }

    [Theory]
    [MemberData(nameof(ServerFlightNames))]
    public void A_client_closes_for_a_server_flight_with(string name)
    {
        (int changed, int alert, Func<byte[], byte[]> edit) = ServerFlightRulesTests.RefusedFlight[name];
        HandQuicServer server = new(WithNeighbour());
        server.Tls.Edit = (type, m) => type == changed ? edit(m) : m;
        server.Connect();
        AssertDialFailed(server, alert, name);
    }

    [Fact]
    public void Both_hand_peers_complete_a_handshake_that_nobody_changes()
    {
        HandQuicClient client = new HandQuicClient(WithNeighbour()).Connect();
        Assert.Empty(client.Closes);
        Assert.Contains("2 HANDSHAKE_DONE", client.Frames);
        HandQuicServer server = new HandQuicServer(WithNeighbour()).Connect();
        Assert.Empty(server.Closes);
        Assert.True(server.Dialed.IsEstablished);
    }

    [Fact]
    public void A_hello_may_arrive_in_three_pieces_in_any_order_and_twice()
    {
        int runs = 0;
        foreach (int[] order in new[] { new[] { 0, 1, 2 }, [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0], [2, 2, 1, 1, 0, 0] })
        {
            HandQuicClient client = new(WithNeighbour());
            byte[] hello = client.Tls.Hello();
            foreach (int piece in order)
            {
                byte[] bytes = hello.Skip(piece * 90).Take(piece == 2 ? hello.Length : 90).ToArray();
                client.Deliver(client.Seal(EncryptionLevel.Initial, HandQuicPeer.CryptoFrameOf(piece * 90, bytes), 1200));
            }

            client.SendFlight();
            Assert.Contains("2 HANDSHAKE_DONE", client.Frames);
            runs++;
        }

        Assert.Equal(7, runs);
    }

    [Fact]
    public void A_message_cut_at_any_length_waits_and_one_said_to_be_shorter_is_refused()
    {
        // The cut itself is no error: the rest may follow. What ends inside its own fields is decode_error or fails another rule.
        int refused = 0;
        byte[] whole = new HandQuicClient(WithNeighbour()).Tls.Hello();
        for (int length = 0; length < whole.Length - 4; length += 7)
        {
            HandQuicClient client = new(new Pair());
            client.Tls.Edit = (_, m) => Wire.Message(1, Wire.Body(m).Take(length).ToArray());
            client.SendHello();
            Assert.True(client.Closes.Count > 0, "length " + length);
            Assert.All(client.Closes, close => Assert.InRange(close.Code, 0x100, 0x1FF));
            Assert.True(client.Pair.Run(() => client.Pair.Server.Demux.ConnectionCount == 0, 20_000));
            refused++;
        }

        Assert.True(refused > 25);
        HandQuicClient waiting = new(WithNeighbour());
        waiting.SendCrypto(EncryptionLevel.Initial, waiting.Tls.Hello().Take(100).ToArray());
        Assert.Empty(waiting.Closes);
        Assert.Empty(waiting.CryptoStream(0));
    }

    private static Pair WithNeighbour()
    {
        Pair pair = new();
        pair.Connect();
        pair.RunFor(100);
        pair.Server.Demux.Alpns = [TlsWorld.Echo];
        return pair;
    }

    private static void AssertDialFailed(HandQuicServer server, int alert, string name)
    {
        server.AssertClosed(TransportErrorCode.FromAlert(alert), name);
        Assert.Equal(QuicCloseKind.LocalTransport, server.Dialed.CloseInfo.Kind);
        Assert.Equal(TransportErrorCode.FromAlert(alert), server.Dialed.CloseInfo.Code);
        Assert.False(server.Dialed.IsEstablished);
        AssertNeighbourAlone(server.Pair, name);
    }

    // One connection is left at each side, and it works.
    private static void AssertNeighbourAlone(Pair pair, string at)
    {
        Assert.True(pair.Run(() => pair.Client.Demux.ConnectionCount == 1 && pair.Server.Demux.ConnectionCount == 1, 20_000), at + ": not freed");
        EchoClient echo = Echoes.Start(pair, 1000);
        Assert.True(pair.Run(() => echo.IsDone), at + ": the neighbour suffers");
    }
}
