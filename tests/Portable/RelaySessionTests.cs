using IrohLite.Buffers;
using IrohLite.Crypto;
using IrohLite.Identity;
using IrohLite.Relay;
using IrohLite.Text;
using nanoFramework.TestFramework;

namespace IrohLite.Portable;

/// <summary>A relay session from the upgrade to datagrams, with the relay's side played by hand.</summary>
[TestClass]
public class RelaySessionTests
{
    /// <summary>RFC 6455 section 1.3.</summary>
    [TestMethod]
    public void The_accept_key_is_that_of_the_rfc()
    {
        Expect.Equal("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", WebSocketUpgrade.AcceptFor("dGhlIHNhbXBsZSBub25jZQ=="), "accept key");
    }

    /// <summary>Upgrade, proof of the key, a datagram out under a mask, one in, and a ping; bytes to the session come one by one.</summary>
    [TestMethod]
    public void A_session_gets_online_and_carries_datagrams()
    {
        ICryptoProvider crypto = TestCrypto.New();
        SecretKey key = SecretKey.Generate(new TestRandom(8), crypto);
        Expect.True(RelayUrl.TryParse("http://relay.test:3340/", out RelayUrl url, out string error), "the URL reads: " + error);
        TestRelaySink sink = new TestRelaySink();
        RelayClientSession session = new RelayClientSession(url, key, null, crypto, new TestRandom(9), sink, 4096, 1000);
        byte[] buffer = new byte[1024];

        int count = Poll(session, buffer);
        Expect.True(Utf8.TryDecode(buffer, 0, count, out string request), "the request is text");
        Expect.Equal("GET /relay HTTP/1.1\r\nHost: relay.test:3340\r\n", request.Substring(0, 44), "start of the request");
        const string KeyHeader = "Sec-WebSocket-Key: ";
        string nonce = request.Substring(request.IndexOf(KeyHeader) + KeyHeader.Length, 24);
        Send(session, Utf8.Encode("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
            + WebSocketUpgrade.AcceptFor(nonce) + "\r\nSec-WebSocket-Protocol: iroh-relay-v2\r\n\r\n"));
        Expect.Equal(RelayState.Authenticating, session.State, "state after the upgrade");

        byte[] challenge = new byte[19];
        challenge[0] = 0x82;
        challenge[1] = 17;
        challenge[2] = RelayFrameType.ServerChallenge;
        new TestRandom(10).Fill(challenge, 3, 16);
        Send(session, challenge);
        WebSocketReader relay = new WebSocketReader(true, 4096);
        count = ReadMessage(session, relay, buffer);
        Expect.Equal(RelayHandshake.ClientAuthBytes, count, "length of the answer");
        Expect.True(RelayHandshake.VerifyClientAuth(crypto, challenge, 3, buffer, relay.DataOffset), "the signature is right");
        Expect.True(key.Id.SameAs(buffer, relay.DataOffset + 1), "it names our id");
        Send(session, new byte[] { 0x82, 1, RelayFrameType.ServerConfirmsAuth });
        Expect.Equal(RelayState.Online, session.State, "state after the proof");

        count = ReadMessage(session, relay, buffer);
        Expect.Equal(RelayFrameType.Ping, buffer[relay.DataOffset], "the first ping");
        byte[] peer = SecretKey.Generate(new TestRandom(11), crypto).PublicKey;
        byte[] datagram = { 0, 1, 2, 3, 4, 5, 6, 7 };
        Expect.True(session.TrySendDatagram(peer, 0, datagram, 2, 5), "there is room");
        count = ReadMessage(session, relay, buffer);
        Expect.Equal(34 + 5, count, "length of the frame");
        Expect.Equal(RelayFrameType.ClientToRelayDatagram, buffer[relay.DataOffset], "type of the frame");
        Expect.Bytes(peer, buffer, relay.DataOffset + 1, "destination");
        Expect.Bytes(new byte[] { 0, 2, 3, 4, 5, 6 }, buffer, relay.DataOffset + 33, "the datagram");

        byte[] frame = new byte[2 + 34 + 5];
        frame[0] = 0x82;
        frame[1] = 34 + 5;
        frame[2] = RelayFrameType.RelayToClientDatagram;
        Bytes.Copy(peer, 0, frame, 3, 32);
        Bytes.Copy(datagram, 3, frame, 36, 5);
        Send(session, frame);
        Expect.Equal(1, sink.Datagrams, "datagrams received");
        Expect.Bytes(peer, sink.Source, 0, "source");
        Expect.Equal(5, sink.Last.Length, "length of the datagram");
        Expect.Bytes(new byte[] { 3, 4, 5, 6, 7 }, sink.Last, 0, "the received datagram");

        Send(session, new byte[] { 0x82, 9, RelayFrameType.Ping, 1, 2, 3, 4, 5, 6, 7, 8 });
        count = ReadMessage(session, relay, buffer);
        Expect.Equal(9, count, "length of the answer");
        Expect.Bytes(new byte[] { RelayFrameType.Pong, 1, 2, 3, 4, 5, 6, 7, 8 }, buffer, relay.DataOffset, "the answer to a ping");
        Send(session, new byte[] { 0x82, 1, 0x55 });
        Expect.Equal(RelayState.Failed, session.State, "state after a frame that does not exist");
    }

    private static int Poll(RelayClientSession session, byte[] buffer)
    {
        int total = 0;
        int count;
        while ((count = session.PollOutput(buffer, total, buffer.Length - total, 1000)) > 0) total += count;
        return total;
    }

    private static void Send(RelayClientSession session, byte[] bytes)
    {
        for (int i = 0; i < bytes.Length; i++) session.Receive(bytes, i, 1, 1000);
    }

    private static int ReadMessage(RelayClientSession session, WebSocketReader relay, byte[] buffer)
    {
        int count = Poll(session, buffer);
        relay.Feed(buffer, 0, count);
        Expect.Equal(WebSocketEvent.Data, relay.Next(), "a message");
        Expect.True(relay.IsMessageEnd, "it is whole");
        return relay.DataCount;
    }
}
