using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;
using Xunit;

namespace IrohLite.RelayServer.Tests;

public class PagesTests
{
    private static async Task<(HttpResponseMessage Response, string Body)> GetAsync(string path, string? challenge = null, HttpMethod? method = null)
    {
        await using RelayHost relay = await StillRelay.StartAsync();
        using HttpClient http = new();
        HttpRequestMessage request = new(method ?? HttpMethod.Get, relay.ListenUrl.TrimEnd('/') + path);
        if (challenge != null) request.Headers.TryAddWithoutValidation("X-Iroh-Challenge", challenge);
        HttpResponseMessage response = await http.SendAsync(request);
        return (response, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Ping_answers_200_empty_for_every_origin()
    {
        (HttpResponseMessage response, string body) = await GetAsync("/ping");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("", body);
        Assert.Equal("*", response.Headers.GetValues("Access-Control-Allow-Origin").Single());
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("ts_127.0.0.1", true)]
    [InlineData("AZaz09._-", true)]
    [InlineData("a b", false)]
    [InlineData("a/b", false)]
    [InlineData("123456789012345678901234567890123456789012345678901234567890123", true)]
    [InlineData("1234567890123456789012345678901234567890123456789012345678901234", false)]
    public async Task Generate_204_answers_a_well_formed_challenge(string? challenge, bool isAnswered)
    {
        (HttpResponseMessage response, _) = await GetAsync("/generate_204", challenge);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal(isAnswered, response.Headers.TryGetValues("X-Iroh-Response", out var values));
        if (isAnswered) Assert.Equal("response " + challenge, values!.Single());
    }

    [Fact]
    public async Task The_other_pages_say_what_they_should()
    {
        Assert.Equal("User-agent: *\nDisallow: /\n", (await GetAsync("/robots.txt")).Body);
        Assert.Equal("text/html", (await GetAsync("/")).Response.Content.Headers.ContentType!.MediaType);
        Assert.Contains("<h1>IrohLite relay</h1>", (await GetAsync("/index.html")).Body);
        using JsonDocument health = JsonDocument.Parse((await GetAsync("/healthz")).Body);
        Assert.Equal("ok", health.RootElement.GetProperty("status").GetString());
        Assert.NotEmpty(health.RootElement.GetProperty("version").GetString()!);
        Assert.NotEmpty(health.RootElement.GetProperty("git_hash").GetString()!);
    }

    [Theory]
    [InlineData("/nothing", "GET")]
    [InlineData("/file.txt", "GET")]
    [InlineData("/relay/", "GET")]
    [InlineData("/relayed", "GET")]
    [InlineData("/relay", "POST")]
    [InlineData("/ping", "POST")]
    public async Task Everything_else_is_404(string path, string method)
    {
        (HttpResponseMessage response, string body) = await GetAsync(path, method: new HttpMethod(method));
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("Not Found", body);
    }

    [Fact]
    public async Task Metrics_are_in_the_format_of_Prometheus_and_count()
    {
        await using RelayHost relay = await StillRelay.StartAsync();
        await using RawClient a = await RawClient.OnlineAsync(relay, 1);
        await using RawClient b = await RawClient.OnlineAsync(relay, 2);
        await a.SendToAsync(b, 1, 2, 3);
        await b.ReadAsync().Soon();
        await a.SendAsync([4, .. new byte[32], 0, 1]);
        await a.ReadPendingAsync();
        using HttpClient http = new();
        HttpResponseMessage response = await http.GetAsync(relay.ListenUrl + "metrics");
        string[] lines = (await response.Content.ReadAsStringAsync()).TrimEnd('\n').Split('\n');
        Assert.Equal("text/plain", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(0, lines.Length % 3);
        foreach (string[] metric in lines.Chunk(3))
        {
            string name = metric[2].Split(' ')[0];
            Assert.StartsWith($"# HELP {name} ", metric[0]);
            Assert.Matches($"^# TYPE {name} (counter|gauge)$", metric[1]);
            Assert.Matches($"^{name} [0-9]+$", metric[2]);
        }

        Assert.Equal(2, RawClient.Metric(relay, "sessions_open"));
        Assert.Equal(2, RawClient.Metric(relay, "endpoints_online"));
        Assert.Equal(1, RawClient.Metric(relay, "frames_forwarded_total"));
        Assert.Equal(1, RawClient.Metric(relay, "frames_unknown_destination_total"));
        Assert.True(RawClient.Metric(relay, "bytes_received_total") > 30);
        Assert.True(RawClient.Metric(relay, "bytes_sent_total") > 30);
    }
}
