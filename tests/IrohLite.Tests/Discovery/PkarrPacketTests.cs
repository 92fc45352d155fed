using System;
using System.Linq;
using System.Text.Json;
using IrohLite.Crypto;
using IrohLite.Discovery;
using IrohLite.Identity;
using Xunit;

namespace IrohLite.Tests.Discovery;

public class PkarrPacketTests
{
    private static readonly ICryptoProvider Crypto = CryptoProviders.Any();
    private static readonly JsonDocument Doc = Vectors.Open("iroh/iroh-wire.json");

    private static JsonElement Section => Doc.RootElement.GetProperty("pkarr");

    [Fact]
    public void Every_vector_is_rebuilt_byte_for_byte_and_parsed()
    {
        int count = 0;
        foreach (JsonElement row in Section.GetProperty("packets").EnumerateArray())
        {
            SecretKey key = SecretKey.FromSeed(Hex(row, "secret"), 0, Crypto);
            Assert.Equal(row.GetProperty("z32").GetString(), key.Id.ToZ32());
            string[] values = row.GetProperty("values").EnumerateArray().Select(v => v.GetString()).ToArray();
            long timestamp = row.GetProperty("timestamp_us").GetInt64();
            byte[] body = PkarrPacket.Build(key, timestamp, values);
            Assert.Equal(row.GetProperty("http_body").GetString(), Convert.ToHexString(body).ToLowerInvariant());
            Assert.Equal(row.GetProperty("signed_packet").GetString(), Convert.ToHexString(key.Id.RawBytes.Concat(body).ToArray()).ToLowerInvariant());

            Assert.True(PkarrPacket.TryParse(body, 0, body.Length, key.Id, Crypto, out PkarrPacket packet, out string error), error);
            Assert.Equal((timestamp, 30L), (packet.TimestampMicros, packet.TtlSeconds));
            string[] again = EndpointInfo.ToStrings(packet.Addr, true);
            Assert.Equal(values.Where(v => !v.StartsWith("user-data", StringComparison.Ordinal)), again);
            count++;
        }

        Assert.Equal(3, count);
    }

    [Fact]
    public void Any_changed_bit_and_any_truncation_is_refused()
    {
        SecretKey key = SecretKey.FromSeed(Enumerable.Repeat((byte)7, 32).ToArray(), 0, Crypto);
        byte[] body = PkarrPacket.Build(key, 1, new[] { "relay=http://127.0.0.1:3340/" });
        for (int i = 0; i < body.Length; i++)
        {
            body[i] ^= 1;
            Assert.False(PkarrPacket.TryParse(body, 0, body.Length, key.Id, Crypto, out _, out string error), $"bit of byte {i}");
            Assert.NotNull(error);
            body[i] ^= 1;
            Assert.False(PkarrPacket.TryParse(body, 0, i, key.Id, Crypto, out _, out _), $"length {i}");
        }

        SecretKey other = SecretKey.FromSeed(Enumerable.Repeat((byte)8, 32).ToArray(), 0, Crypto);
        Assert.False(PkarrPacket.TryParse(body, 0, body.Length, other.Id, Crypto, out _, out string wrong));
        Assert.Equal("the signature of the signed packet is wrong", wrong);
        Assert.True(PkarrPacket.TryParse(body, 0, body.Length, key.Id, Crypto, out _, out _));
    }

    [Theory]
    [InlineData("v=spf1 -all", "the key 'v' is unknown")]
    [InlineData("hello", "the string 'hello' is not of the form key=value")]
    [InlineData("relay=nonsense", "the relay 'nonsense' is no URL")]
    public void A_poison_string_spoils_the_whole_answer(string poison, string message)
    {
        SecretKey key = SecretKey.FromSeed(new byte[32], 0, Crypto);
        byte[] body = PkarrPacket.Build(key, 1, new[] { "relay=http://127.0.0.1:3340/", poison });
        Assert.False(PkarrPacket.TryParse(body, 0, body.Length, key.Id, Crypto, out _, out string error));
        Assert.StartsWith(message, error);
    }

    [Fact]
    public void Accepted_strings_of_the_vectors_and_odd_values_parse_as_iroh_parses_them()
    {
        EndpointAddr addr = new(SecretKey.FromSeed(new byte[32], 0, Crypto).Id);
        string[] strings = Section.GetProperty("dns_txt_strings_accepted").EnumerateArray().Select(v => v.GetString())
            .Concat(new[] { "addr=not an address", "addr=127.0.0.1:5", "user-data=x", "relay=http://127.0.0.1:1/?a=b" }).ToArray();
        Assert.True(EndpointInfo.TryAddTo(addr, strings, strings.Length, out string error), error);
        Assert.Equal(new[] { "relay=http://127.0.0.1:1/?a", "relay=http://127.0.0.1:3340/", "addr=127.0.0.1:5" }, EndpointInfo.ToStrings(addr, true));
    }

    [Fact]
    public void Too_many_or_too_long_strings_are_not_built()
    {
        SecretKey key = SecretKey.FromSeed(new byte[32], 0, Crypto);
        Assert.Null(PkarrPacket.Build(key, 1, new[] { "relay=http://" + new string('a', 250) + "/" }));
        Assert.Null(PkarrPacket.Build(key, 1, Enumerable.Range(0, 5).Select(i => "user-data=" + new string('x', 240)).ToArray()));
    }

    [Fact]
    public void The_query_name_is_irohs() =>
        Assert.Equal(Section.GetProperty("dns_query_name").GetString().TrimEnd('.'),
            DnsTxt.NameOf(SecretKey.FromSeed(Enumerable.Repeat((byte)0x2a, 32).ToArray(), 0, Crypto).Id, "dns.iroh.link."));

    [Fact]
    public void Rubbish_and_pointer_loops_in_a_dns_answer_are_refused_in_bounded_time()
    {
        byte[] loop = Convert.FromHexString("000080000000000100000000c00c001000010000001e0003026869");
        Assert.False(new TxtAnswers().TryRead(loop, 0, loop.Length, 0, "x"));
        Random random = new(5);
        SecretKey key = SecretKey.FromSeed(new byte[32], 0, Crypto);
        byte[] good = DnsTxt.Records(key.Id, new[] { "relay=http://127.0.0.1:3340/", "addr=127.0.0.1:9" });
        int read = 0;
        for (int round = 0; round < 20_000; round++)
        {
            byte[] damaged = (byte[])good.Clone();
            for (int n = random.Next(1, 5); n > 0; n--) damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            TxtAnswers answers = new();
            if (answers.TryRead(damaged, 0, random.Next(damaged.Length + 1), 0, DnsTxt.NameOf(key.Id))) read++;
            Assert.InRange(answers.Count, 0, EndpointInfo.MaxStrings);
        }

        Assert.InRange(read, 1, 19_999);
    }

    private static byte[] Hex(JsonElement row, string name) => Convert.FromHexString(row.GetProperty(name).GetString());
}
