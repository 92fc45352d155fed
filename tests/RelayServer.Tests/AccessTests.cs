using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;
using IrohLite.Crypto;
using IrohLite.Identity;
using IrohLite.RelayServer.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace IrohLite.RelayServer.Tests;

public class AccessTests
{
    // "not authorized", with its length.
    private const string Denied = "030e6e6f7420617574686f72697a6564";
    private const string Confirmed = "02";

    private static string IdOf(byte seed) =>
        SecretKey.FromSeed(Enumerable.Repeat(seed, 32).ToArray(), 0, new DesktopCryptoProvider(1)).Id.ToString();

    private static async Task<string> OutcomeAsync(IRelayAccess access, byte seed = 1, string? request = null, bool isDecided = true, Action<string>? log = null)
    {
        await using RelayHost relay = await RelayHost.StartAsync(new RelayHostOptions { Time = new ManualTime(), Access = access, Log = log });
        await using RawClient client = await RawClient.AuthenticateAsync(relay, seed, request);
        string answer = await client.ReadAsync();
        if (answer == Confirmed) return answer;

        // TCP ends without a close frame, and nobody was registered.
        Assert.Equal("end", await client.ReadAsync());
        Assert.Equal(1, RawClient.Metric(relay, "access_denied_total"));
        Assert.Equal(isDecided ? 0 : 1, RawClient.Metric(relay, "access_undecided_total"));
        Assert.Equal(0, RawClient.Metric(relay, "sessions_total"));
        return answer;
    }

    [Fact]
    public async Task Everyone_is_let_in() => Assert.Equal(Confirmed, await OutcomeAsync(new EveryoneAccess()));

    [Theory]
    [InlineData(true, 1, Confirmed)]
    [InlineData(true, 2, Denied)]
    [InlineData(false, 1, Denied)]
    [InlineData(false, 2, Confirmed)]
    public async Task Lists_allow_or_deny_their_ids(bool listedAreAllowed, byte seed, string expected) =>
        Assert.Equal(expected, await OutcomeAsync(new ListAccess([IdOf(1)], listedAreAllowed), seed));

    [Theory]
    [InlineData("Authorization: Bearer right\r\n", "/relay", Confirmed)]
    [InlineData("authorization: bEARER other\r\n", "/relay", Confirmed)]
    [InlineData("Authorization: Basic abc\r\nAuthorization: Bearer right\r\n", "/relay", Confirmed)]
    [InlineData("Authorization: Bearer wrong\r\nAuthorization: Bearer right\r\n", "/relay", Denied)]
    [InlineData("Authorization: Bearer wrong\r\n", "/relay?token=right", Denied)]
    [InlineData("Authorization: Basic right\r\n", "/relay", Denied)]
    [InlineData("", "/relay?token=right", Confirmed)]
    [InlineData("", "/relay?a=b&token=r%69ght", Confirmed)]
    [InlineData("", "/relay?token=wrong", Denied)]
    [InlineData("", "/relay?token=", Denied)]
    [InlineData("", "/relay", Denied)]
    public async Task A_shared_token_is_taken_from_the_header_else_from_the_query(string header, string target, string expected) =>
        Assert.Equal(expected, await OutcomeAsync(new TokenAccess(["right", "other"]), request: RawClient.Request(target: target, more: header)));

    [Fact]
    public void Token_access_without_a_token_or_with_an_empty_one_does_not_start()
    {
        Assert.Throws<ArgumentException>(() => new TokenAccess([]));
        Assert.Throws<ArgumentException>(() => new TokenAccess(["good", ""]));
    }

    [Fact]
    public async Task The_decision_comes_after_the_signature_check()
    {
        await using RelayHost relay = await RelayHost.StartAsync(new RelayHostOptions { Time = new ManualTime(), Access = new ListAccess([], true) });
        await using RawClient client = await RawClient.UpgradeAsync(relay);
        await client.AnswerChallengeAsync(1, spoilSignature: true);
        Assert.StartsWith("0311", await client.ReadAsync());
    }

    [Theory]
    [InlineData(200, "true", Confirmed)]
    [InlineData(200, "true\n", Denied)]
    [InlineData(200, "True", Denied)]
    [InlineData(200, "false", Denied)]
    [InlineData(200, "", Denied)]
    [InlineData(201, "true", Denied)]
    [InlineData(302, "true", Denied)]
    [InlineData(500, "true", Denied)]
    public async Task An_HTTP_service_decides_with_200_and_true(int status, string body, string expected)
    {
        await using AccessService service = await AccessService.StartAsync(status, body);
        using HttpAccess access = new(service.Url, "s3cret");
        Assert.Equal(expected, await OutcomeAsync(access, isDecided: status == 200));
        string request = Assert.Single(service.Requests);
        Assert.Equal($"POST /check?x=y id={IdOf(1)} authorization=Bearer s3cret", request);
    }

    [Theory]
    [InlineData(200, "false", null)]
    [InlineData(401, "", null)]
    [InlineData(403, "", null)]
    [InlineData(201, "true", "it answered with status 201")]
    [InlineData(302, "true", "it answered with status 302")]
    [InlineData(404, "", "it answered with status 404")]
    [InlineData(500, "true", "it answered with status 500")]
    public async Task The_log_tells_a_refusal_of_the_HTTP_service_from_its_trouble(int status, string body, string? trouble)
    {
        await using AccessService service = await AccessService.StartAsync(status, body);
        using HttpAccess access = new(service.Url, "s3cret");
        await AssertDeniedAsync(access, trouble);
    }

    [Fact]
    public async Task An_HTTP_service_that_cannot_be_reached_denies_and_the_log_tells_the_outage()
    {
        // Bound, so that nobody else gets the port, but not listening.
        using Socket closed = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        closed.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        using HttpAccess access = new(new Uri($"http://{closed.LocalEndPoint}/check?key=s3cret"), "s3cret");
        await AssertDeniedAsync(access, "Connection refused");
    }

    [Fact]
    public async Task An_HTTP_service_that_does_not_answer_denies_and_the_log_tells_the_outage()
    {
        using TcpListener silent = new(IPAddress.Loopback, 0);
        silent.Start();
        using HttpAccess access = new(new Uri($"http://{silent.LocalEndpoint}/"), null, TimeSpan.FromSeconds(0.5));
        await AssertDeniedAsync(access, "no answer within 0.5 s");
    }

    private static async Task AssertDeniedAsync(IRelayAccess access, string? trouble)
    {
        List<string> lines = [];
        Assert.Equal(Denied, await OutcomeAsync(access, isDecided: trouble == null, log: lines.Add));
        string line = Assert.Single(lines);
        Assert.StartsWith($"{IdOf(1)} denied: not authorized", line);
        Assert.DoesNotContain("s3cret", line);
        if (trouble == null) Assert.EndsWith("not authorized", line);
        else Assert.Matches(@"not authorized \(the access service did not decide: .*" + trouble + @".*\)$", line);
    }

    [Fact]
    public async Task A_reason_of_the_access_hook_reaches_the_client()
    {
        string reason = new('x', 200);
        Assert.Equal("03c801" + Convert.ToHexStringLower(Encoding.ASCII.GetBytes(reason)), await OutcomeAsync(new Reasoned(reason)));
    }

    [Fact]
    public async Task Options_are_read_from_text_and_files()
    {
        string path = Path.GetTempFileName();
        DesktopCryptoProvider crypto = new(1);
        try
        {
            File.WriteAllText(path, $"# friends\n\n  {IdOf(1)}  \n");
            Assert.Equal(Confirmed, await OutcomeAsync(AccessOption.Parse("allowlist:" + path, [], null, crypto)));
            Assert.Equal(Denied, await OutcomeAsync(AccessOption.Parse("denylist:" + path, [], null, crypto)));
            Assert.IsType<EveryoneAccess>(AccessOption.Parse("everyone", [], null, crypto));
            Assert.IsType<TokenAccess>(AccessOption.Parse("token", ["a"], null, crypto));
            Assert.IsType<HttpAccess>(AccessOption.Parse("http:https://a.test/b", [], null, crypto));
            Assert.IsType<HttpAccess>(AccessOption.Parse("http://a.test/b", [], null, crypto));

            File.WriteAllText(path, $"{IdOf(1)}\n02{new string('0', 62)}\n");
            FormatException wrong = Assert.Throws<FormatException>(() => AccessOption.Parse("allowlist:" + path, [], null, crypto));
            Assert.Equal(path + ", line 2: not an endpoint id", wrong.Message);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("")]
    [InlineData("everyone:x")]
    [InlineData("allowlist")]
    [InlineData("allowlist:")]
    [InlineData("http:")]
    [InlineData("http:ftp://a.test/")]
    public void Another_text_is_refused_with_what_is_understood(string text)
    {
        FormatException wrong = Assert.Throws<FormatException>(() => AccessOption.Parse(text, [], null, new DesktopCryptoProvider(1)));
        Assert.Contains("is not", wrong.Message);
    }

    private sealed class Reasoned(string reason) : IRelayAccess
    {
        public ValueTask<AccessRefusal?> RefusalAsync(RelayClientInfo client, System.Threading.CancellationToken cancellation) => new(new AccessRefusal(reason));
    }

    private sealed class AccessService(WebApplication app, List<string> requests) : IAsyncDisposable
    {
        public List<string> Requests => requests;

        public Uri Url { get; } = new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/check?x=y");

        public static async Task<AccessService> StartAsync(int status, string body)
        {
            WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
            builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
            WebApplication app = builder.Build();
            List<string> requests = [];
            app.Run(context =>
            {
                HttpRequest request = context.Request;
                requests.Add($"{request.Method} {request.Path}{request.QueryString} id={request.Headers["X-Iroh-NodeId"]} authorization={request.Headers.Authorization}");
                context.Response.StatusCode = status;
                if (status == 302) context.Response.Headers.Location = "/yes";
                return context.Response.WriteAsync(body);
            });
            await app.StartAsync();
            return new AccessService(app, requests);
        }

        public async ValueTask DisposeAsync() => await app.DisposeAsync();
    }
}
