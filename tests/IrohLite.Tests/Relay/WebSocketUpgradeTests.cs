using System;
using System.Linq;
using System.Text;
using IrohLite.Identity;
using IrohLite.Relay;
using Xunit;

namespace IrohLite.Tests.Relay;

public class WebSocketUpgradeTests
{
    private static WebSocketUpgrade Make(string url = "http://relay.test/", string token = null)
    {
        Assert.True(RelayUrl.TryParse(url, out RelayUrl parsed, out string error), error);
        return new WebSocketUpgrade(parsed, token, new CountingRandom());
    }

    private static WebSocketUpgrade Answered(string response)
    {
        WebSocketUpgrade upgrade = Make();
        Padded bytes = new(Encoding.ASCII.GetBytes(response));
        upgrade.Receive(bytes.Array, bytes.Offset, bytes.Count);
        return upgrade;
    }

    [Theory]
    [InlineData("http://relay.test/", "/relay", "relay.test")]
    [InlineData("http://relay.test:3340/other/path", "/relay", "relay.test:3340")]
    [InlineData("https://relay.test./?token=a%20b", "/relay?token=a%20b", "relay.test")]
    [InlineData("http://[::1]:80/", "/relay", "[::1]")]
    public void The_request_asks_for_relay_at_the_host_of_the_URL(string url, string target, string host)
    {
        string request = Encoding.ASCII.GetString(Make(url).Request);
        Assert.StartsWith($"GET {target} HTTP/1.1\r\nHost: {host}\r\n", request);
        Assert.Contains("\r\nSec-WebSocket-Protocol: iroh-relay-v2, iroh-relay-v1\r\n", request);
        Assert.EndsWith("\r\n\r\n", request);
        Assert.DoesNotContain("Authorization", request);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a\r\nX: y")]
    [InlineData("ä")]
    public void A_token_that_cannot_stand_in_a_header_is_a_mistake_of_the_caller(string token)
    {
        Assert.Throws<InvalidOperationException>(() => Make(token: token));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_good_response_is_read_at_every_split_and_what_follows_is_left(int version)
    {
        byte[] bytes = [.. Encoding.ASCII.GetBytes(FakeRelay.Response(version)), 0x82, 0x11];
        for (int cut = 0; cut < bytes.Length - 2; cut++)
        {
            WebSocketUpgrade upgrade = Make();
            Assert.Equal(cut, upgrade.Receive(bytes, 0, cut));
            Assert.False(upgrade.IsComplete);
            Assert.Equal(bytes.Length - 2 - cut, upgrade.Receive(bytes, cut, bytes.Length - cut));
            Assert.True(upgrade.IsComplete, upgrade.Error);
            Assert.Equal(version, upgrade.Version);
        }
    }

    [Fact]
    public void Header_names_are_case_insensitive_and_other_headers_do_not_matter()
    {
        string response = FakeRelay.Response().Replace("Sec-WebSocket-Accept:", "SEC-websocket-ACCEPT:\t").Replace("Upgrade: websocket\r\nConnection: upgrade\r\n", "")
            .Replace("\r\n\r\n", "\r\nContent-Security-Policy: " + new string('x', 1000) + "\r\n\r\n");
        WebSocketUpgrade upgrade = Answered(response);
        Assert.True(upgrade.IsComplete, upgrade.Error);
    }

    [Theory]
    [InlineData("HTTP/1.1 404 Not Found\r\n", "HTTP 404 instead of 101: there is no relay at this URL")]
    [InlineData("HTTP/1.1 400 Bad Request\r\n", "HTTP 400 instead of 101: it refused")]
    [InlineData("HTTP/1.1 401 Unauthorized\r\n", "the token is missing or wrong")]
    [InlineData("HTTP/1.1 200 OK\r\n", "HTTP 200 instead of 101")]
    [InlineData("SSH-2.0-OpenSSH\r\n", "not HTTP/1.1")]
    [InlineData("\r\n", "not HTTP/1.1")]
    [InlineData("HTTP/1.1\r\n", "not HTTP/1.1")]
    public void Another_status_or_protocol_is_named(string line, string error) => Assert.Contains(error, Answered(line).Error);

    [Theory]
    [InlineData("Sec-WebSocket-Accept: AAAA\r\n", "Sec-WebSocket-Accept does not fit")]
    [InlineData("Sec-WebSocket-Protocol: chat\r\n", "unknown Sec-WebSocket-Protocol")]
    [InlineData("Sec-WebSocket-Protocol: iroh-relay-v3\r\n", "unknown Sec-WebSocket-Protocol")]
    [InlineData("Sec-WebSocket-Extensions: permessage-deflate\r\n", "extension")]
    [InlineData("nonsense\r\n", "without a name")]
    [InlineData("\r\n", "lacks Sec-WebSocket-Accept")]
    public void A_bad_header_is_named(string header, string error) =>
        Assert.Contains(error, Answered("HTTP/1.1 101 Switching Protocols\r\n" + header).Error);

    [Fact]
    public void A_response_without_the_relay_protocol_is_named()
    {
        string response = FakeRelay.Response().Replace("Sec-WebSocket-Protocol: iroh-relay-v2\r\n", "");
        Assert.Contains("lacks Sec-WebSocket-Protocol", Answered(response).Error);
    }

    [Fact]
    public void Twenty_five_headers_are_read_and_no_more()
    {
        string Filled(int more) => FakeRelay.Response().Replace("\r\n\r\n", string.Concat(Enumerable.Repeat("\r\nx: y", more)) + "\r\n\r\n");
        Assert.True(Answered(Filled(21)).IsComplete);
        Assert.Contains("more than 25 headers", Answered(Filled(22)).Error);
    }

    [Fact]
    public void A_head_that_does_not_end_is_cut_off_at_4_KB()
    {
        WebSocketUpgrade upgrade = Make();
        byte[] endless = Encoding.ASCII.GetBytes("HTTP/1.1 101 OK" + new string('x', 10000));
        Assert.Equal(RelayClientLimits.ResponseHeadBytes + 1, upgrade.Receive(endless, 0, endless.Length));
        Assert.Contains("longer than 4096 bytes", upgrade.Error);
    }
}
