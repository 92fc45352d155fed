using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Threading.Tasks;
using IrohLite.Crypto;
using IrohLite.Discovery;
using IrohLite.Identity;
using IrohLite.Platform;
using IrohLite.RelayServer.Lookup;
using Xunit;

namespace IrohLite.RelayServer.Tests;

/// <summary>Publisher, store, DNS responder and lookups against each other over loopback.</summary>
public class LookupTests
{
    private static readonly DesktopCryptoProvider s_crypto = new();
    private static readonly DesktopClock s_clock = new();

    // Nothing here takes so long unless it is broken.
    private const int LongMs = 60_000;

    private sealed class Stamp : IPublishStamp
    {
        public long LastMicros { get; set; }

        public void Save(long micros) => LastMicros = micros;
    }

    private sealed class Uptime : IClock
    {
        public long NowMs { get; set; }
    }

    private sealed class Sockets : IUdpSocketFactory
    {
        public IUdpSocket Open(int port) => new DesktopUdpSocket(IPAddress.Loopback, port);
    }

    private static SecretKey Key(byte seed) => SecretKey.FromSeed(Enumerable.Repeat(seed, 32).ToArray(), 0, s_crypto);

    private static EndpointAddr Address(SecretKey key, params string[] relays)
    {
        EndpointAddr addr = new(key.Id);
        foreach (string relay in relays)
        {
            Assert.True(RelayUrl.TryParse(relay, out RelayUrl url, out string error), error);
            addr.AddRelay(url);
        }

        return addr;
    }

    private static Task<RelayHost> StartAsync(PkarrStore? store = null, int port = 0) => RelayHost.StartAsync(new RelayHostOptions
    {
        Time = new ManualTime(), Listen = new IPEndPoint(IPAddress.Loopback, port), Pkarr = store ?? new PkarrStore(null), Dns = new IPEndPoint(IPAddress.Loopback, 0), DnsOrigin = "test.example",
    });

    private static PkarrServer Server(RelayHost host)
    {
        Assert.True(PkarrServer.TryParse(host.ListenUrl + "pkarr", out PkarrServer server, out string error), error);
        return server;
    }

    private static PkarrPublisher Publisher(RelayHost host, SecretKey key, IPublishStamp stamp, bool withIp = false) => Publisher(host, key, stamp, new Uptime(), withIp);

    private static PkarrPublisher Publisher(RelayHost host, SecretKey key, IPublishStamp stamp, Uptime uptime, bool withIp = false) =>
        new(Server(host), new DesktopStreamConnector(), key, stamp, uptime, withIp);

    private static PkarrHttpLookup Http(RelayHost host) => new(Server(host), new DesktopStreamConnector(), s_crypto);

    private static DnsTxtLookup Dns(RelayHost host, string origin = "test.example.") =>
        new([127, 0, 0, 1], host.DnsEndPoint!.Port, origin, new Sockets(), new DesktopStreamConnector(), new SystemRandomSource(), s_clock);

    [Fact]
    public async Task What_is_published_is_found_over_https_and_dns()
    {
        await using RelayHost host = await StartAsync();
        SecretKey key = Key(1);
        EndpointAddr addr = Address(key, "http://127.0.0.1:3340/");
        addr.AddIp([192, 0, 2, 7], 4433);
        Assert.True(Publisher(host, key, new Stamp(), true).RunIfDue(addr, 1_790_000_000_000_000));
        foreach (IAddressLookup lookup in new IAddressLookup[] { Http(host), Dns(host) })
        {
            LookupAnswer answer = lookup.Lookup(key.Id, LongMs);
            Assert.Null(answer.Failure);
            Assert.Equal(["relay=http://127.0.0.1:3340/", "addr=192.0.2.7:4433"], EndpointInfo.ToStrings(answer.Addr, true));
            Assert.Equal(30_000, answer.TtlMs);
        }
    }

    [Fact]
    public async Task Addresses_on_the_lan_are_not_published_unless_asked_for()
    {
        await using RelayHost host = await StartAsync();
        SecretKey key = Key(2);
        EndpointAddr addr = Address(key, "http://127.0.0.1:3340/");
        addr.AddIp([192, 0, 2, 7], 4433);
        Publisher(host, key, new Stamp()).RunIfDue(addr, 1);
        Assert.Equal(["relay=http://127.0.0.1:3340/"], EndpointInfo.ToStrings(Http(host).Lookup(key.Id, LongMs).Addr, true));
    }

    [Fact]
    public async Task A_changed_relay_is_published_at_once_and_an_unchanged_one_every_five_minutes()
    {
        await using RelayHost host = await StartAsync();
        SecretKey key = Key(3);
        Uptime uptime = new();
        PkarrPublisher publisher = Publisher(host, key, new Stamp(), uptime);
        EndpointAddr first = Address(key, "http://127.0.0.1:1/");
        Assert.True(publisher.RunIfDue(first, 10));
        uptime.NowMs = PkarrPublisher.RepublishMs - 1;
        Assert.False(publisher.RunIfDue(first, 20));
        uptime.NowMs = 5;
        Assert.True(publisher.RunIfDue(Address(key, "http://127.0.0.1:2/"), 30));
        Assert.Equal(["relay=http://127.0.0.1:2/"], EndpointInfo.ToStrings(Http(host).Lookup(key.Id, LongMs).Addr, false));
        uptime.NowMs = 1_000_000_000;
        Assert.False(publisher.RunIfDue(new EndpointAddr(key.Id), 40));
        Assert.Equal((false, "the address has changed"), (publisher.IsPublished, publisher.Status));
    }

    [Fact]
    public async Task A_clock_that_steps_back_still_publishes_newer_packets()
    {
        await using RelayHost host = await StartAsync();
        SecretKey key = Key(4);
        Stamp stamp = new();
        Publisher(host, key, stamp).RunIfDue(Address(key, "http://127.0.0.1:1/"), 1_790_000_000_000_000);
        Publisher(host, key, stamp).RunIfDue(Address(key, "http://127.0.0.1:2/"), 5);
        Assert.Equal(["relay=http://127.0.0.1:2/"], EndpointInfo.ToStrings(Http(host).Lookup(key.Id, LongMs).Addr, false));
        Assert.Equal(1_790_000_000_000_001, stamp.LastMicros);
    }

    [Fact]
    public async Task An_offline_server_is_named_and_tried_again_after_1_2_3_seconds()
    {
        RelayHost host = await StillRelay.OnKeptPortAsync(port => StartAsync(port: port));
        SecretKey key = Key(5);
        Uptime uptime = new();
        PkarrPublisher publisher = Publisher(host, key, new Stamp(), uptime);
        PkarrHttpLookup lookup = Http(host);
        await host.StopAsync();
        EndpointAddr addr = Address(key, "http://127.0.0.1:1/");
        foreach (int pause in new[] { 1000, 2000, 3000 })
        {
            Assert.True(publisher.RunIfDue(addr, 1));
            Assert.False(publisher.IsPublished);
            Assert.Equal(uptime.NowMs + pause, publisher.NextMs);
            uptime.NowMs = publisher.NextMs;
        }

        Assert.Contains("127.0.0.1", publisher.Status);
        Assert.Contains("127.0.0.1", lookup.Lookup(key.Id, LongMs).Failure);
    }

    [Fact]
    public async Task An_unknown_id_is_said_so_by_both_ways()
    {
        await using RelayHost host = await StartAsync();
        Assert.Contains("does not know the id", Http(host).Lookup(Key(6).Id, LongMs).Failure);
        Assert.Contains("does not know the id", Dns(host).Lookup(Key(6).Id, LongMs).Failure);
        Assert.Contains("does not know the id", Dns(host, "other.example").Lookup(Key(6).Id, LongMs).Failure);
    }

    [Fact]
    public async Task The_store_keeps_the_newest_and_refuses_what_is_not_signed()
    {
        await using RelayHost host = await StartAsync();
        using HttpClient http = new();
        SecretKey key = Key(7);
        string url = host.ListenUrl + "pkarr/" + key.Id.ToZ32();
        byte[] older = PkarrPacket.Build(key, 1, ["relay=http://127.0.0.1:1/"]), newer = PkarrPacket.Build(key, 2, ["relay=http://127.0.0.1:2/"]);
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(url)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await http.PutAsync(url, new ByteArrayContent(newer))).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await http.PutAsync(url, new ByteArrayContent(older))).StatusCode);
        HttpResponseMessage got = await http.GetAsync(url);
        Assert.Equal("application/x-pkarr-signed-packet", got.Content.Headers.ContentType!.MediaType);
        Assert.Equal(newer, await got.Content.ReadAsByteArrayAsync());

        // The two announcements above used up the burst.
        Assert.Equal(HttpStatusCode.TooManyRequests, (await http.PutAsync(url, new ByteArrayContent(newer))).StatusCode);
    }

    [Fact]
    public async Task A_name_server_for_another_domain_is_told_from_one_that_knows_no_such_id()
    {
        await using RelayHost host = await StartAsync();
        Assert.EndsWith("does not answer for other.example", Dns(host, "other.example").Lookup(Key(6).Id, LongMs).Failure);
        Assert.EndsWith("does not know the id", Dns(host).Lookup(Key(6).Id, LongMs).Failure);
    }

    [Fact]
    public async Task A_browser_that_asks_first_is_told_that_it_may_put()
    {
        await using RelayHost host = await StartAsync();
        using HttpClient http = new();
        using HttpRequestMessage ask = new(HttpMethod.Options, host.ListenUrl + "pkarr/" + Key(7).Id.ToZ32());
        using HttpResponseMessage told = await http.SendAsync(ask);
        Assert.Equal(HttpStatusCode.NoContent, told.StatusCode);
        Assert.Equal("*", Assert.Single(told.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.Contains("PUT", Assert.Single(told.Headers.GetValues("Access-Control-Allow-Methods")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Forged_oversized_and_misaddressed_packets_get_400(int kind)
    {
        await using RelayHost host = await StartAsync();
        using HttpClient http = new();
        byte[] body = PkarrPacket.Build(Key(8), 1, ["relay=http://127.0.0.1:1/"]);
        if (kind == 0) body[^1] ^= 1;
        if (kind == 1) Array.Resize(ref body, PkarrPacket.MaxBytes + 1);
        string id = kind == 2 ? "nonsense" : Key(8).Id.ToZ32();
        Assert.Equal(HttpStatusCode.BadRequest, (await http.PutAsync(host.ListenUrl + "pkarr/" + id, new ByteArrayContent(body))).StatusCode);
    }

    [Fact]
    public void A_store_survives_a_restart_and_ignores_a_damaged_file()
    {
        string folder = Directory.CreateTempSubdirectory("pkarr").FullName;
        try
        {
            PkarrStore first = new(folder);
            foreach (byte seed in new byte[] { 9, 10 })
                Assert.Equal(PutResult.Accepted, first.Put(Key(seed).Id, PkarrPacket.Build(Key(seed), 1, ["relay=http://127.0.0.1:1/"])));
            string damaged = Path.Combine(folder, Key(10).Id.ToZ32() + ".pkarr");
            byte[] bytes = File.ReadAllBytes(damaged);
            bytes[80] ^= 1;
            File.WriteAllBytes(damaged, bytes);
            PkarrStore second = new(folder);
            Assert.Equal(1, second.Count);
            Assert.NotNull(second.Get(Key(9).Id));
            Assert.Null(second.Get(Key(10).Id));
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    [Fact]
    public async Task An_answer_that_does_not_fit_udp_comes_over_tcp()
    {
        PkarrStore store = new(null);
        await using RelayHost host = await StartAsync(store);
        SecretKey key = Key(11);
        string[] many = Enumerable.Range(1, 15).Select(i => $"relay=http://127.0.0.1:{1000 + i}/").ToArray();
        Assert.Equal(PutResult.Accepted, store.Put(key.Id, PkarrPacket.Build(key, 1, many)));
        Assert.Equal(15, Dns(host).Lookup(key.Id, LongMs).Addr.Count);
    }

    [Fact]
    public async Task All_lookups_run_at_once_and_the_first_usable_answer_wins_and_is_kept()
    {
        RelayHost host = await StillRelay.OnKeptPortAsync(port => StartAsync(port: port));
        SecretKey key = Key(12);
        Publisher(host, key, new Stamp()).RunIfDue(Address(key, "http://127.0.0.1:9/"), 1);
        using Socket silent = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        silent.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        DnsTxtLookup mute = new([127, 0, 0, 1], ((IPEndPoint)silent.LocalEndPoint!).Port, "x.example", new Sockets(), new DesktopStreamConnector(), new SystemRandomSource(), s_clock);
        ParallelLookup lookup = new([mute, Http(host)], s_clock);
        Assert.Equal(1, lookup.Lookup(key.Id, LongMs).Addr.Count);
        await host.StopAsync();
        Assert.Equal(1, lookup.Lookup(key.Id, LongMs).Addr.Count);
        lookup.Forget(key.Id);
        string failures = lookup.Lookup(key.Id, 400).Failure;
        Assert.Contains("did not answer in time", failures);
        Assert.Contains("cannot reach 127.0.0.1 port " + host.Port, failures);
    }

    [Fact]
    public async Task A_forged_dns_answer_from_elsewhere_is_not_taken()
    {
        using Socket server = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp), forger = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        server.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        forger.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        DnsTxtLookup lookup = new([127, 0, 0, 1], ((IPEndPoint)server.LocalEndPoint!).Port, "x.example", new Sockets(), new DesktopStreamConnector(), new SystemRandomSource(), s_clock);
        Task<LookupAnswer> asking = Task.Run(() => lookup.Lookup(Key(13).Id, LongMs));
        byte[] buffer = new byte[512];
        SocketReceiveFromResult question = await server.ReceiveFromAsync(buffer, SocketFlags.None, new IPEndPoint(IPAddress.Any, 0));

        // The forged answer is the first, and differs in nothing but where it comes from and leads to.
        foreach ((Socket from, int port) in new[] { (forger, 6), (server, 7) })
        {
            PkarrStore store = new(null);
            store.Put(Key(13).Id, PkarrPacket.Build(Key(13), 1, [$"relay=http://127.0.0.1:{port}/"]));
            byte[] answer = new DnsAnswer(store, "x.example").To(buffer.AsSpan(0, question.ReceivedBytes), DnsAnswer.MaxUdpBytes)!;
            await from.SendToAsync(answer, SocketFlags.None, question.RemoteEndPoint);
        }

        Assert.Equal(["relay=http://127.0.0.1:7/"], EndpointInfo.ToStrings((await asking).Addr, false));
    }
}
