using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using IrohLite.Crypto;
using IrohLite.Identity;
using IrohLite.Text;
using IrohLite.Tickets;
using Xunit;

namespace IrohLite.Tests.Tickets;

public class EndpointTicketTests
{
    private readonly ICryptoProvider _crypto = CryptoProviders.Any();

    [Fact]
    public void Tickets_of_iroh_are_made_and_read_byte_for_byte()
    {
        int ran = 0;
        using JsonDocument file = Vectors.Open("iroh/iroh-wire.json");
        foreach (JsonElement test in file.RootElement.GetProperty("tickets").GetProperty("valid").EnumerateArray())
        {
            EndpointAddr addr = new(Id(test.Text("endpoint_id")));
            if (test.GetProperty("input_relay").GetString() is string relay) addr.AddRelay(Url(relay));
            foreach (JsonElement ip in test.GetProperty("input_addrs").EnumerateArray()) AddIp(addr, ip.GetString());
            Assert.Equal(test.Text("ticket"), EndpointTicket.Encode(addr));
            Assert.Equal(test.Text("postcard"), PostcardOf(test.Text("ticket")));

            Assert.True(EndpointTicket.TryDecode(test.Text("ticket"), _crypto, out EndpointAddr read, out string error), error);
            Assert.Equal(test.Text("endpoint_id"), read.Id.ToString());
            JsonElement parsed = test.GetProperty("parsed");
            Assert.Equal(parsed.GetProperty("relay").GetString(), read.FirstRelay()?.ToString());
            Assert.Equal(parsed.GetProperty("addrs").EnumerateArray().Select(a => a.GetString()), Ips(read));
            ran++;
        }

        Assert.Equal(12, ran);
    }

    [Fact]
    public void Tickets_are_accepted_and_refused_as_iroh_does()
    {
        int ran = 0;
        using JsonDocument file = Vectors.Open("iroh/iroh-wire.json");
        JsonElement tickets = file.RootElement.GetProperty("tickets");
        foreach (JsonElement test in tickets.GetProperty("decoding").EnumerateArray().Concat(tickets.GetProperty("text_rules").EnumerateArray()))
        {
            bool isRead = EndpointTicket.TryDecode(test.Text("ticket"), _crypto, out EndpointAddr addr, out string error);
            Assert.True(test.Bool("ok") == isRead, test.Text("name") + ": " + error);
            Assert.Equal(isRead, addr != null);
            Assert.Equal(isRead, error == null);
            ran++;
        }

        Assert.Equal(14 + 5, ran);
    }

    [Fact]
    public void Disorder_and_duplicates_vanish_when_a_ticket_is_written_again()
    {
        using JsonDocument file = Vectors.Open("iroh/iroh-wire.json");
        Dictionary<string, string> tickets = file.RootElement.GetProperty("tickets").GetProperty("decoding").EnumerateArray()
            .ToDictionary(t => t.Text("name"), t => t.Text("ticket"));
        Assert.Equal("relay https://b.example/, ip 10.0.0.1:80", Places(Read(tickets["unsorted_entries"])));
        Assert.Equal("ip 10.0.0.1:80", Places(Read(tickets["duplicate_entries"])));
        Assert.Equal("relay https://b.example/", Places(Read(EndpointTicket.Encode(Read(tickets["relay_without_trailing_slash"])))));
        Assert.Equal("relay https://a.example/, relay https://b.example/", Places(Read(tickets["two_relays"])));
        Assert.Equal(tickets["two_relays"], EndpointTicket.Encode(Read(tickets["two_relays"])));
        Assert.Equal("", Places(Read(tickets["custom_inline_1_0"])));
    }

    [Fact]
    public void The_ticket_of_irohs_own_test_is_reproduced()
    {
        using JsonDocument file = Vectors.Open("iroh/iroh-wire.json");
        JsonElement test = file.RootElement.GetProperty("tickets").GetProperty("upstream_test");
        EndpointAddr addr = new(Id(test.Text("endpoint_id")));
        addr.AddRelay(Url(test.Text("relay")));
        AddIp(addr, test.Text("addr"));
        Assert.Equal(test.Text("ticket"), EndpointTicket.Encode(addr));
        Assert.Equal(test.Text("postcard"), PostcardOf(test.Text("ticket")));
        Assert.Equal("relay http://derp.me./, ip 127.0.0.1:1024", Places(Read(test.Text("ticket"))));
    }

    [Fact]
    public void Every_cut_of_a_ticket_is_refused_with_a_reason()
    {
        EndpointAddr addr = new(Id("197f6b23e16c8532c6abc838facd5ea789be0c76b2920334039bfa8b3d368d61"));
        addr.AddRelay(Url("https://relay.example.com"));
        AddIp(addr, "127.0.0.1:1024");
        AddIp(addr, "[2001:db8::1]:4433");
        string ticket = EndpointTicket.Encode(addr);
        byte[] bytes = Convert.FromHexString(PostcardOf(ticket));
        for (int cut = 0; cut < bytes.Length; cut++)
        {
            Assert.False(EndpointTicket.TryDecode("endpoint" + Base32.Encode(bytes, 0, cut), _crypto, out EndpointAddr none, out string error), "cut " + cut);
            Assert.Null(none);
            Assert.False(string.IsNullOrEmpty(error));
        }

        for (int cut = 0; cut < ticket.Length - 1; cut++) Assert.False(EndpointTicket.TryDecode(ticket[..cut], _crypto, out _, out _), "text cut " + cut);
        Assert.Equal(3, Read(ticket).Count);
    }

    [Fact]
    public void Changed_bytes_never_cause_an_exception()
    {
        EndpointAddr addr = new(Id("197f6b23e16c8532c6abc838facd5ea789be0c76b2920334039bfa8b3d368d61"));
        addr.AddRelay(Url("https://relay.example.com"));
        AddIp(addr, "127.0.0.1:1024");
        byte[] good = Convert.FromHexString(PostcardOf(EndpointTicket.Encode(addr)));
        Random random = new(2026);
        int read = 0;
        for (int i = 0; i < 5000; i++)
        {
            byte[] bytes = (byte[])good.Clone();
            for (int k = random.Next(1, 4); k > 0; k--) bytes[random.Next(33, bytes.Length)] = (byte)random.Next(256);
            if (!EndpointTicket.TryDecode("endpoint" + Base32.Encode(bytes, 0, bytes.Length), _crypto, out EndpointAddr result, out _)) continue;
            read++;
            Assert.Equal(Places(result), Places(Read(EndpointTicket.Encode(result))));
        }

        Assert.InRange(read, 100, 4900);
    }

    [Theory]
    [InlineData(null, "does not start with")]
    [InlineData("", "does not start with")]
    [InlineData("nodeaaa", "does not start with")]
    [InlineData("endpoint", "is empty")]
    [InlineData("endpointa1", "not base32")]
    [InlineData("endpointaemx62zd4fwikmwgvpedr6wnl2tytpqmo2zjeazuaon7vcz5g2gwcaa", "unknown format 1")]
    [InlineData("endpointaamx62zd4fwikmwgvpedr6wn", "ends inside its endpoint id")]
    [InlineData("endpointaabaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "endpoint id")]
    [InlineData("endpointaamx62zd4fwikmwgvpedr6wnl2tytpqmo2zjeazuaon7vcz5g2gwcaidaq", "address 1 of the ticket: unknown kind 3")]
    [InlineData("endpointaamx62zd4fwikmwgvpedr6wnl2tytpqmo2zjeazuaon7vcz5g2gwcaiabfxg65bameqhk4tm", "address 1 of the ticket: relay URL has no scheme")]
    public void A_bad_ticket_is_told_which_part_is_wrong(string ticket, string expected)
    {
        Assert.False(EndpointTicket.TryDecode(ticket, _crypto, out _, out string error));
        Assert.Contains(expected, error);
    }

    [Fact]
    public void A_ticket_cannot_ask_for_unbounded_work()
    {
        byte[] id = Convert.FromHexString("197f6b23e16c8532c6abc838facd5ea789be0c76b2920334039bfa8b3d368d61");
        byte[] many = new byte[] { 0 }.Concat(id).Concat(new byte[] { 65 }).Concat(new byte[200]).ToArray();
        Assert.False(EndpointTicket.TryDecode("endpoint" + Base32.Encode(many, 0, many.Length), _crypto, out _, out string error));
        Assert.Contains("more than 64 addresses", error);
        byte[] negative = new byte[] { 0 }.Concat(id).Concat(Enumerable.Repeat((byte)0xFF, 9)).Append((byte)1).ToArray();
        Assert.False(EndpointTicket.TryDecode("endpoint" + Base32.Encode(negative, 0, negative.Length), _crypto, out _, out error));
        Assert.Contains("more than 64 addresses", error);
        Assert.False(EndpointTicket.TryDecode("endpoint" + new string('a', EndpointTicket.MaxLength), _crypto, out _, out error));
        Assert.Contains("longer than", error);
    }

    private EndpointId Id(string hex)
    {
        Assert.True(EndpointId.TryParse(hex, _crypto, out EndpointId id));
        return id;
    }

    private static RelayUrl Url(string text)
    {
        Assert.True(RelayUrl.TryParse(text, out RelayUrl url, out string error), error);
        return url;
    }

    private static void AddIp(EndpointAddr addr, string text)
    {
        Assert.True(IpText.TryParseWithPort(text, out byte[] address, out int port));
        addr.AddIp(address, port);
    }

    private EndpointAddr Read(string ticket)
    {
        Assert.True(EndpointTicket.TryDecode(ticket, _crypto, out EndpointAddr addr, out string error), error);
        return addr;
    }

    private static IEnumerable<string> Ips(EndpointAddr addr) => Enumerable.Range(0, addr.Count).Select(addr.Get)
        .Where(p => p.Kind == TransportAddr.KindIp).Select(p => IpText.FormatWithPort(p.IpAddress, p.Port));

    private static string Places(EndpointAddr addr) => string.Join(", ", Enumerable.Range(0, addr.Count).Select(i => addr.Get(i).ToString()));

    private static string PostcardOf(string ticket)
    {
        byte[] bytes = new byte[ticket.Length];
        Assert.True(Base32.TryDecode(ticket["endpoint".Length..], bytes, 0, bytes.Length, out int count));
        return Convert.ToHexString(bytes, 0, count).ToLowerInvariant();
    }
}
