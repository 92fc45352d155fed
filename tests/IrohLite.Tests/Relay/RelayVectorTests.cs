using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using IrohLite.Crypto;
using IrohLite.Identity;
using IrohLite.Relay;
using Xunit;

namespace IrohLite.Tests.Relay;

/// <summary>The relay's recorded bytes: handshake, frames, batches, WebSocket framing, HTTP upgrade.</summary>
public class RelayVectorTests
{
    private static JsonElement Section(string name) => Vectors.Open("iroh/iroh-wire.json").RootElement.GetProperty(name);

    [Theory]
    [MemberData(nameof(CryptoProviders.All), MemberType = typeof(CryptoProviders))]
    public void A_challenge_is_answered_as_iroh_answers_it(string provider)
    {
        ICryptoProvider crypto = CryptoProviders.Make(provider);
        int ran = 0;
        foreach (JsonElement test in Section("relay_handshake").GetProperty("challenge_mode").EnumerateArray())
        {
            Padded challenge = new(test.Bytes("challenge"));
            Padded message = new(32);
            RelayHandshake.SignedMessage(crypto, challenge.Array, challenge.Offset, message.Array, message.Offset);
            message.AssertPaddingIntact();
            Assert.Equal(test.Bytes("signed_message"), message.Content);

            SecretKey key = SecretKey.FromSeed(test.Bytes("secret"), 0, crypto);
            Padded frame = new(RelayHandshake.ClientAuthBytes);
            int count = RelayHandshake.WriteClientAuth(crypto, key, challenge.Array, challenge.Offset, frame.Array, frame.Offset);
            frame.AssertPaddingIntact();
            Assert.Equal(98, count);
            Assert.Equal(test.Bytes("client_auth_frame"), frame.Content);
            Assert.Null(RelayHandshake.MalformationOfClientAuth(frame.Array, frame.Offset, count));
            Assert.True(RelayHandshake.VerifyClientAuth(crypto, challenge.Array, challenge.Offset, frame.Array, frame.Offset));

            frame.Array[frame.Offset + 97] ^= 1;
            Assert.False(RelayHandshake.VerifyClientAuth(crypto, challenge.Array, challenge.Offset, frame.Array, frame.Offset));
            ran++;
        }

        Assert.Equal(3, ran);
    }

    [Fact]
    public void A_session_sends_the_recorded_answer_and_goes_online()
    {
        int ran = 0;
        foreach (JsonElement test in Section("relay_handshake").GetProperty("challenge_mode").EnumerateArray())
        {
            FakeRelay relay = new(secret: test.Text("secret"));
            relay.Upgrade();
            relay.SendFrame(test.Text("server_challenge_frame"));
            Assert.Equal(test.Text("client_auth_frame"), Assert.Single(relay.OutputMessages()));
            relay.SendFrame(Section("relay_handshake").Text("server_confirms_frame"));
            Assert.Equal(RelayState.Online, relay.Session.State);
            ran++;
        }

        Assert.Equal(3, ran);
    }

    [Fact]
    public void A_denial_ends_the_session_with_the_relays_reason()
    {
        int ran = 0;
        foreach (JsonElement test in Section("relay_handshake").GetProperty("server_denies_frames").EnumerateArray())
        {
            FakeRelay relay = new();
            relay.Upgrade();
            relay.SendFrame("00" + new string('0', 32));
            relay.SendFrame(test.Text("hex"));
            Assert.Equal("the relay denied access: " + test.Text("reason"), relay.Session.FailureReason);
            Assert.True(relay.Session.WasDenied);
            Assert.Equal(RelayState.Failed, relay.Session.State);
            ran++;
        }

        Assert.Equal(3, ran);
    }

    [Fact]
    public void Every_recorded_frame_is_read_or_written_or_refused()
    {
        Dictionary<string, int> ran = [];
        foreach (JsonElement test in Section("relay_frames").GetProperty("frames").EnumerateArray())
        {
            byte[] frame = test.Bytes("hex");
            string direction = test.Text("direction");
            ran[direction] = ran.GetValueOrDefault(direction) + 1;
            RecordingRelaySink sink = new();
            RelayFrameReader reader = new(sink) { Version = frame[0] == RelayFrameType.Health ? 1 : 2, IsAuthenticated = frame[0] > RelayFrameType.ServerDeniesAuth };
            bool isGood = reader.Receive(frame.ToArray(), 0, frame.Length, true);
            Assert.Equal(direction != "c2s", isGood);
            if (direction == "c2s") Assert.EndsWith("goes the other way", reader.Error);
            else if (frame[0] == RelayFrameType.RelayToClientDatagram)
                Assert.Equal($"datagram {test.Text("src")[..8]} {Convert.ToHexStringLower("Hello World!"u8)}", Assert.Single(sink.Lines));
            else if (frame[0] == RelayFrameType.RelayToClientDatagramBatch)
                Assert.Equal(test.GetProperty("split").EnumerateArray().Select(piece => $"datagram {test.Text("src")[..8]} {piece.GetString()}"), sink.Lines);
            else Assert.Equal($"frame {frame[0]:x2} {test.Text("hex")[2..]}", Assert.Single(sink.Lines));
        }

        Assert.Equal(3, ran["c2s"]);
        Assert.Equal(11, ran["s2c"]);
        Assert.Equal(2, ran["both"]);
    }

    [Fact]
    public void Frames_we_send_are_the_recorded_ones()
    {
        Dictionary<string, JsonElement> frames = Section("relay_frames").GetProperty("frames").EnumerateArray().ToDictionary(frame => frame.Text("name"));
        JsonElement test = frames["ClientToRelayDatagram"];
        byte[] expected = test.Bytes("hex");
        Padded written = new(expected.Length);
        Padded destination = new(test.Bytes("dst"));
        RelayFrameWriter.WriteDatagramPrefix(written.Array, written.Offset, destination.Array, destination.Offset);
        Encoding.ASCII.GetBytes(test.Text("contents_ascii")).CopyTo(written.Array, written.Offset + RelayFrameWriter.DatagramPrefixBytes);
        written.AssertPaddingIntact();

        // We always write ECN 0; the recorded frame has 3.
        expected[33] = 0;
        Assert.Equal(expected, written.Content);

        foreach ((string name, int type) in new[] { ("Ping", RelayFrameType.Ping), ("Pong", RelayFrameType.Pong) })
        {
            byte[] frame = frames[name].Bytes("hex");
            Padded ping = new(RelayFrameWriter.PingFrameBytes);
            Padded payload = new(frame[1..]);
            RelayFrameWriter.WritePing(ping.Array, ping.Offset, type, payload.Array, payload.Offset);
            ping.AssertPaddingIntact();
            Assert.Equal(frame, ping.Content);
        }
    }

    [Fact]
    public void Batches_are_cut_as_recorded()
    {
        int ran = 0;
        foreach (JsonElement test in Section("relay_frames").GetProperty("batch_semantics").EnumerateArray())
        {
            int segment = test.Int("segment_size");
            byte[] frame = [7, .. new byte[33], (byte)(segment >> 8), (byte)segment, .. Enumerable.Range(0, test.Int("contents_len")).Select(i => (byte)i)];
            RecordingRelaySink sink = new();
            RelayFrameReader reader = new(sink) { Version = 2, IsAuthenticated = true };
            Assert.True(reader.Receive(frame, 0, frame.Length, true));
            Assert.Equal(
                test.GetProperty("split_lengths").EnumerateArray().Select(length => length.GetInt32()),
                sink.Lines.Select(line => line.Split(' ')[2].Length / 2));
            ran++;
        }

        Assert.Equal(4, ran);
    }

    [Fact]
    public void WebSocket_frames_are_the_recorded_ones()
    {
        int ran = 0;
        foreach (JsonElement test in Section("relay_frames").GetProperty("websocket").EnumerateArray())
        {
            byte[] frame = test.Bytes("hex");
            bool isMasked = (frame[1] & 0x80) != 0;
            byte[] mask = isMasked ? frame[2..6] : null;
            int header = isMasked ? 6 : 2;
            byte[] read = frame.ToArray();
            WebSocketReader reader = new(isMasked, 1000);
            reader.Feed(read, 0, read.Length);
            byte[] payload;
            if ((frame[0] & 15) == WebSocketFrame.Close)
            {
                Assert.Equal(WebSocketEvent.Close, reader.Next());
                Assert.Equal(1000, reader.CloseCode);
                payload = reader.Control[..reader.ControlCount];
            }
            else
            {
                Assert.Equal(WebSocketEvent.Data, reader.Next());
                Assert.True(reader.IsMessageEnd);
                payload = read[reader.DataOffset..(reader.DataOffset + reader.DataCount)];
                Assert.Equal(WebSocketEvent.NeedBytes, reader.Next());
            }

            Assert.Equal(frame.Length - header, payload.Length);
            byte[] written = new byte[frame.Length];
            Assert.Equal(header, WebSocketFrame.WriteHeader(written, 0, frame[0] & 15, payload.Length, mask));
            Assert.Equal(header, WebSocketFrame.HeaderBytes(payload.Length, isMasked));
            payload.CopyTo(written, header);
            if (isMasked) WebSocketFrame.ApplyMask(written, header, payload.Length, mask, 0);
            Assert.Equal(frame, written);
            ran++;
        }

        Assert.Equal(4, ran);
    }

    [Fact]
    public void What_is_fatal_to_a_stock_client_is_fatal_to_us()
    {
        int ran = 0;
        foreach (JsonElement test in Section("relay_frames").GetProperty("fatal_to_npm_client").EnumerateArray())
        {
            FakeRelay relay = new();
            relay.GoOnline();
            relay.SendFrame(test.Text("hex"));
            Assert.Equal(RelayState.Failed, relay.Session.State);
            Assert.StartsWith("the relay broke the protocol: ", relay.Session.FailureReason);
            Assert.Equal("close 03ea", Assert.Single(relay.OutputMessages()));
            ran++;
        }

        Assert.Equal(3, ran);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("secret-123")]
    public void The_upgrade_request_has_the_recorded_headers(string token)
    {
        JsonElement http = Section("relay_http");
        byte[] nonce = Convert.FromBase64String("1VKBbQARGgRVSb2HohCylA==");
        Assert.True(RelayUrl.TryParse("http://127.0.0.1:3551/", out RelayUrl url, out _));
        WebSocketUpgrade upgrade = new(url, token, new Tls.ScriptedRandom(nonce));
        string[] ours = Encoding.ASCII.GetString(upgrade.Request).Split("\r\n");
        string[] recorded = http.Text("client_request_captured").Split("\r\n");
        IEnumerable<string> expected = recorded.SkipLast(2).Concat(token == null ? [] : [http.Text("client_request_with_token_extra_header")]).Concat(recorded.TakeLast(2));
        Assert.Equal(expected, ours, StringComparer.OrdinalIgnoreCase);
    }

    [Fact]
    public void The_accept_key_is_the_recorded_one_and_the_sufficient_reply_suffices()
    {
        JsonElement http = Section("relay_http");
        JsonElement example = http.GetProperty("accept_example");
        Assert.Equal(example.Text("accept"), WebSocketUpgrade.AcceptFor(example.Text("key")));

        Assert.True(RelayUrl.TryParse("http://127.0.0.1:3551/", out RelayUrl url, out _));
        WebSocketUpgrade upgrade = new(url, null, new Tls.ScriptedRandom(Convert.FromBase64String(example.Text("key"))));
        byte[] reply = Encoding.ASCII.GetBytes(http.Text("server_reply_sufficient_for_npm").Replace("<accept>", example.Text("accept")));
        Assert.Equal(reply.Length, upgrade.Receive(reply, 0, reply.Length));
        Assert.True(upgrade.IsComplete, upgrade.Error);
        Assert.Equal(2, upgrade.Version);
    }
}
