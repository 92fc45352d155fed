using System;
using System.Text;
using System.Threading.Tasks;
using Xunit;

namespace IrohLite.RelayServer.Tests;

/// <summary>Which upgrade requests the relay takes: those the real one takes, no more and no less.</summary>
public class UpgradeTests
{
    private const string Key = "Sec-WebSocket-Key: " + RawClient.Key + "\r\n";

    private static async Task<string> AnswerAsync(string request)
    {
        await using RelayHost relay = await StillRelay.StartAsync();
        await using RawClient client = await RawClient.ConnectAsync(relay);
        await client.SendTextAsync(request);
        return await client.ReadHeadAsync();
    }

    [Fact]
    public async Task The_minimal_request_is_answered_with_the_key_and_the_highest_version()
    {
        string answer = await AnswerAsync(RawClient.Request());
        string[] lines = answer.Split("\r\n");
        Assert.Equal("HTTP/1.1 101 Switching Protocols", lines[0]);
        Assert.Contains("Upgrade: websocket", lines);
        Assert.Contains("Connection: upgrade", lines);
        Assert.Contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", lines);
        Assert.Contains("Sec-WebSocket-Protocol: iroh-relay-v2", lines);
    }

    [Theory]
    [InlineData("iroh-relay-v1", "iroh-relay-v1")]
    [InlineData("iroh-relay-v2", "iroh-relay-v2")]
    [InlineData("iroh-relay-v1,iroh-relay-v2", "iroh-relay-v2")]
    [InlineData("chat ,  iroh-relay-v1 , iroh-relay-v9", "iroh-relay-v1")]
    public async Task The_highest_offered_version_wins(string offered, string chosen) =>
        Assert.Contains($"\r\nSec-WebSocket-Protocol: {chosen}\r\n", await AnswerAsync(RawClient.Request(offered)));

    [Fact]
    public async Task Connection_Host_and_Origin_are_not_looked_at_and_names_are_case_insensitive()
    {
        string request = "GET /relay?x=y HTTP/1.1\r\nuPGRADE: websocket\r\nORIGIN: http://elsewhere\r\nConnection: close\r\n"
            + $"SEC-WEBSOCKET-KEY: {RawClient.Key}\r\nsec-websocket-version:13\r\nSec-Websocket-Protocol:iroh-relay-v2\r\n\r\n";
        Assert.StartsWith("HTTP/1.1 101 ", await AnswerAsync(request));
    }

    [Theory]
    [InlineData("Upgrade: websocket\r\n", "")]
    [InlineData("Upgrade: websocket\r\n", "Upgrade: WebSocket\r\n")]
    [InlineData("Upgrade: websocket\r\n", "Upgrade: h2c\r\n")]
    [InlineData(Key, "")]
    [InlineData("Sec-WebSocket-Version: 13\r\n", "")]
    [InlineData("Sec-WebSocket-Version: 13\r\n", "Sec-WebSocket-Version: 8\r\n")]
    [InlineData("Sec-WebSocket-Version: 13\r\n", "Sec-WebSocket-Version: 13, 8\r\n")]
    [InlineData("Sec-WebSocket-Protocol: iroh-relay-v2, iroh-relay-v1\r\n", "")]
    [InlineData("Sec-WebSocket-Protocol: iroh-relay-v2, iroh-relay-v1\r\n", "Sec-WebSocket-Protocol: iroh-relay-v3\r\n")]
    [InlineData("Sec-WebSocket-Protocol: iroh-relay-v2, iroh-relay-v1\r\n", "Sec-WebSocket-Protocol: Iroh-Relay-V2\r\n")]
    [InlineData("Sec-WebSocket-Protocol: iroh-relay-v2, iroh-relay-v1\r\n", "Sec-WebSocket-Protocol: iroh-relay-v2, \u00e4\r\n")]
    [InlineData("Host: x\r\n", "nonsense\r\n")]
    [InlineData("Host: x\r\n", "Host : x\r\n")]
    [InlineData("Host: x\r\n", " folded: x\r\n")]
    public async Task A_request_that_fails_a_check_gets_400(string part, string instead)
    {
        string request = RawClient.Request();
        Assert.Contains(part, request);
        string answer = await AnswerAsync(request.Replace(part, instead));
        Assert.StartsWith("HTTP/1.1 400 ", answer);
        Assert.Equal(part.StartsWith("Sec-WebSocket-Version", StringComparison.Ordinal), answer.Contains("\r\nSec-WebSocket-Version: 13\r\n"));
    }

    [Fact]
    public async Task The_body_of_a_400_is_a_sentence_and_the_connection_ends()
    {
        await using RelayHost relay = await StillRelay.StartAsync();
        await using RawClient client = await RawClient.ConnectAsync(relay);
        await client.SendTextAsync(RawClient.Request().Replace(Key, ""));
        string answer = await client.ReadToEndAsync();
        Assert.EndsWith("\r\n\r\nThe header Sec-WebSocket-Key is missing.", answer);
        Assert.Equal(1, RawClient.Metric(relay, "upgrades_refused_total"));
    }

    [Fact]
    public async Task Whoever_speaks_before_the_101_is_dropped()
    {
        Assert.Equal("", await AnswerAsync(RawClient.Request() + "x"));
    }

    [Fact]
    public async Task A_request_may_arrive_byte_by_byte()
    {
        await using RelayHost relay = await StillRelay.StartAsync();
        await using RawClient client = await RawClient.ConnectAsync(relay);
        foreach (byte b in Encoding.ASCII.GetBytes(RawClient.Request())) await client.Stream.WriteAsync(new[] { b });
        Assert.StartsWith("HTTP/1.1 101 ", await client.ReadHeadAsync());
    }

    [Theory]
    [InlineData("GET /relay HTTP/1.1\r\nx: ")]
    [InlineData("GET /relay?")]
    public async Task A_request_without_an_end_is_cut_off(string start)
    {
        string answer = await AnswerAsync(start + new string('x', 20_000));
        Assert.DoesNotContain("101", answer);
    }
}
