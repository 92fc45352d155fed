using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Tasks;
using IrohLite.Crypto;
using IrohLite.Discovery;
using IrohLite.Identity;
using IrohLite.RelayServer.Lookup;
using Xunit;

namespace IrohLite.RelayServer.Tests;

/// <summary>What the DNS responder answers, question by question.</summary>
public class DnsResponderTests
{
    private const string Origin = "test.example";
    private const int Txt = 16;
    private const int NoError = 0;
    private const int FormatError = 1;
    private const int NoSuchName = 3;
    private const int NotImplemented = 4;
    private const int Refused = 5;
    private static readonly DesktopCryptoProvider s_crypto = new();
    private static readonly SecretKey s_key = SecretKey.FromSeed(Enumerable.Repeat((byte)21, 32).ToArray(), 0, s_crypto);
    private readonly PkarrStore _store = new(null);

    private static string Z32 => s_key.Id.ToZ32();

    private static string Name => "_iroh." + Z32 + "." + Origin;

    public DnsResponderTests() => Keep(["relay=http://127.0.0.1:1/"]);

    // RFC 8020: "no such name" says that nothing is below either, and resolvers that ask label by label believe it.
    [Fact]
    public void Every_name_above_one_that_exists_exists_and_nothing_else_does()
    {
        foreach ((string name, int type, int code, int count) in new[]
        {
            (Name, Txt, NoError, 1), (Name, 255, NoError, 1), (Name.ToUpperInvariant(), Txt, NoError, 1),
            (Name, 1, NoError, 0), (Z32 + "." + Origin, Txt, NoError, 0), (Z32 + "." + Origin, 2, NoError, 0), (Origin, 6, NoError, 0),
            ("_other." + Z32 + "." + Origin, Txt, NoSuchName, 0), ("a._iroh." + Z32 + "." + Origin, Txt, NoSuchName, 0),
            ("_iroh." + Origin, Txt, NoSuchName, 0), ("x." + Origin, Txt, NoSuchName, 0),
            ("_iroh." + Unknown() + "." + Origin, Txt, NoSuchName, 0), (Unknown() + "." + Origin, Txt, NoSuchName, 0),
            ("example", Txt, Refused, 0), ("other.example", Txt, Refused, 0), ("x" + Origin, Txt, Refused, 0), ("", 2, Refused, 0),
        })
        {
            byte[] answer = Ask(Query(name, type));
            Assert.True((code, count) == (Code(answer), Count(answer)), $"{name} type {type}: code {Code(answer)}, {Count(answer)} records");
            Assert.Equal(code is NoError or NoSuchName, (answer[2] & 4) != 0);
            Assert.Equal(Query(name, type)[12..], answer[12..(12 + Query(name, type).Length - 12)]);
        }
    }

    [Fact]
    public void Only_queries_of_the_internet_class_are_answered()
    {
        Assert.Equal((Refused, 0), (Code(Ask(Query(Name, Txt, 3))), Count(Ask(Query(Name, Txt, 3)))));
        Assert.Equal((NoError, 1), (Code(Ask(Query(Name, Txt, 255))), Count(Ask(Query(Name, Txt, 255)))));
    }

    [Fact]
    public void A_dot_inside_a_label_is_none_between_two()
    {
        byte[] query = Query(Name, Txt);
        query[12] = 58;
        query[18] = (byte)'.';
        Assert.Equal(NoSuchName, Code(Ask(query)));
    }

    [Fact]
    public void What_is_no_query_gets_no_answer_and_a_malformed_one_is_told_so()
    {
        byte[] query = Query(Name, Txt);
        DnsAnswer answer = new(_store, Origin);
        for (int length = 0; length < 12; length++) Assert.Null(answer.To(query.AsSpan(0, length), DnsAnswer.MaxUdpBytes));
        for (int length = 12; length < query.Length; length++) Assert.Equal(FormatError, Code(Ask(query[..length])));
        Assert.Null(answer.To(With(query, 2, 0x80), DnsAnswer.MaxUdpBytes));
        Assert.Equal(NotImplemented, Code(Ask(With(query, 2, 0x28))));
        Assert.Equal(FormatError, Code(Ask(With(query, 5, 2))));
        Assert.Equal(FormatError, Code(Ask(With(query, 5, 0))));
        Assert.Equal(FormatError, Code(Ask(With(query, 7, 1))));
        Assert.Equal(FormatError, Code(Ask(With(query, 11, 1))));
        Assert.Equal(FormatError, Code(Ask(With(query, 12, 0xc0))));
        Assert.Equal(FormatError, Code(Ask(With(query, 12, 64))));
    }

    [Fact]
    public void Rubbish_is_survived()
    {
        Random random = new(7);
        byte[] good = [.. Query(Name, Txt), .. Opt(1232)];
        good[11] = 1;
        DnsAnswer answer = new(_store, Origin);
        int answered = 0;
        for (int round = 0; round < 50_000; round++)
        {
            byte[] damaged = (byte[])good.Clone();
            for (int n = random.Next(0, 5); n > 0; n--) damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            byte[]? reply = answer.To(damaged.AsSpan(0, random.Next(damaged.Length + 1)), DnsAnswer.MaxUdpBytes);
            if (reply == null) continue;
            Assert.InRange(reply.Length, 12, DnsQuery.MaxEdnsBytes);
            answered += Count(reply);
        }

        Assert.InRange(answered, 1, 50_000);
    }

    [Theory]
    [InlineData(100, 512)]
    [InlineData(512, 512)]
    [InlineData(900, 900)]
    [InlineData(4096, DnsQuery.MaxEdnsBytes)]
    public void Who_names_a_size_gets_longer_answers_and_an_opt_record(int size, int largest)
    {
        bool wasWhole = false, wasCut = false;
        for (int records = 1; records <= 15; records++)
        {
            Keep([.. Enumerable.Range(0, records).Select(i => "relay=http://" + new string((char)('a' + i), 30) + "/")]);
            byte[] query = [.. Query(Name, Txt), .. Opt(size)];
            query[11] = 1;
            byte[] answer = Ask(query), whole = Ask(query, 65535);
            bool isCut = (answer[2] & 2) != 0;
            Assert.Equal(whole.Length > largest, isCut);
            Assert.Equal(isCut ? 0 : records, Count(answer));
            Assert.Equal([0, 0, 41, 4, 0xd0, 0, 0, 0, 0, 0, 0], answer[^11..]);
            Assert.Equal(1, answer[11]);
            (wasCut, wasWhole) = (wasCut || isCut, wasWhole || !isCut);
        }

        Assert.True(wasWhole);
        Assert.Equal(largest < DnsQuery.MaxEdnsBytes, wasCut);
    }

    [Fact]
    public void Without_an_opt_record_512_bytes_are_the_most_and_there_is_none_in_the_answer()
    {
        Keep([.. Enumerable.Range(1, 15).Select(i => $"relay=http://127.0.0.1:{1000 + i}/")]);
        byte[] answer = Ask(Query(Name, Txt));
        Assert.Equal((2, 0, 0), (answer[2] & 2, Count(answer), answer[11]));
        Assert.Equal((0, 15), (Ask(Query(Name, Txt), 65535)[2] & 2, Count(Ask(Query(Name, Txt), 65535))));
    }

    // RFC 6891 sections 6.1.1 and 6.1.3.
    [Fact]
    public void A_version_of_edns_that_does_not_exist_and_a_second_opt_record_are_refused()
    {
        byte[] query = [.. Query(Name, Txt), .. Opt(1232, version: 1)];
        query[11] = 1;
        byte[] answer = Ask(query);
        Assert.Equal((0, 0), (Code(answer), Count(answer)));
        Assert.Equal([0, 0, 41, 4, 0xd0, 1, 0, 0, 0, 0, 0], answer[^11..]);

        byte[] two = [.. Query(Name, Txt), .. Opt(1232), .. Opt(1232)];
        two[11] = 2;
        Assert.Equal(FormatError, Code(Ask(two)));
    }

    [Fact]
    public void A_text_longer_than_a_string_may_be_is_told_in_several_and_the_ttl_is_the_records()
    {
        // relay=http://aaa…/ as two strings of one record, as another publisher may write it, with a TTL of 7.
        string text = "relay=http://" + new string('a', 40) + "/" + new string('b', 300);
        List<byte> dns = [0, 0, 0x80, 0, 0, 0, 0, 1, 0, 0, 0, 0, .. Labels("_iroh." + Z32), 0, 16, 0, 1, 0, 0, 0, 7];
        dns.AddRange([(byte)((text.Length + 2) >> 8), (byte)(text.Length + 2), 200, .. Encoding.ASCII.GetBytes(text[..200])]);
        dns.AddRange([(byte)(text.Length - 200), .. Encoding.ASCII.GetBytes(text[200..])]);
        Assert.Equal(PutResult.Accepted, _store.Put(s_key.Id, Signed(9, [.. dns])));
        byte[] answer = Ask(Query(Name, Txt));
        TxtAnswers read = new();
        Assert.True(read.TryRead(answer, 0, answer.Length, 0x0102, Name));
        Assert.Equal([text], read.Strings[..read.Count]);
        Assert.Equal(7, read.TtlSeconds);
    }

    [Fact]
    public async Task Listening_everywhere_is_for_both_kinds_of_addresses()
    {
        if (!Socket.OSSupportsIPv6) return;
        await using DnsResponder responder = DnsResponder.Start(new IPEndPoint(IPAddress.IPv6Any, 0), _store, Origin);
        foreach (IPAddress address in new[] { IPAddress.Loopback, IPAddress.IPv6Loopback })
        {
            IPEndPoint server = new(address, responder.LocalEndPoint.Port);
            byte[] query = Query(Name, Txt);
            using UdpClient udp = new(address.AddressFamily);
            await udp.SendAsync(query, server);
            Assert.Equal(1, Count((await udp.ReceiveAsync()).Buffer));

            using TcpClient tcp = new(address.AddressFamily);
            await tcp.ConnectAsync(server);
            await tcp.GetStream().WriteAsync((byte[])[(byte)(query.Length >> 8), (byte)query.Length, .. query]);
            byte[] prefix = new byte[2];
            await tcp.GetStream().ReadExactlyAsync(prefix);
            byte[] answer = new byte[BinaryPrimitives.ReadUInt16BigEndian(prefix)];
            await tcp.GetStream().ReadExactlyAsync(answer);
            Assert.Equal(1, Count(answer));
        }
    }

    private static string Unknown() => SecretKey.FromSeed(Enumerable.Repeat((byte)22, 32).ToArray(), 0, s_crypto).Id.ToZ32();

    private long _timestamp;

    private void Keep(string[] strings) => Assert.Equal(PutResult.Accepted, _store.Put(s_key.Id, PkarrPacket.Build(s_key, ++_timestamp, strings)));

    private byte[] Ask(byte[] query, int maxBytes = DnsAnswer.MaxUdpBytes) => new DnsAnswer(_store, Origin).To(query, maxBytes)!;

    private static int Code(byte[] answer) => answer[3] & 0xf;

    private static int Count(byte[] answer) => BinaryPrimitives.ReadUInt16BigEndian(answer.AsSpan(6));

    private static byte[] With(byte[] query, int at, byte value)
    {
        byte[] changed = (byte[])query.Clone();
        changed[at] = value;
        return changed;
    }

    private static byte[] Query(string name, int type, int questionClass = 1) =>
        [1, 2, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, .. Labels(name), (byte)(type >> 8), (byte)type, (byte)(questionClass >> 8), (byte)questionClass];

    private static byte[] Labels(string name) =>
        [.. name.Split('.', StringSplitOptions.RemoveEmptyEntries).SelectMany(label => (byte[])[(byte)label.Length, .. Encoding.ASCII.GetBytes(label)]), 0];

    private static byte[] Opt(int size, byte version = 0) => [0, 0, 41, (byte)(size >> 8), (byte)size, 0, version, 0, 0, 0, 0];

    // A packet that says something our own publisher never does.
    private static byte[] Signed(long timestamp, byte[] dns)
    {
        byte[] signed = [.. Encoding.ASCII.GetBytes($"3:seqi{timestamp}e1:v{dns.Length}:"), .. dns];
        byte[] body = new byte[PkarrPacket.HeaderBytes + dns.Length];
        s_key.Sign(signed, 0, signed.Length, body, 0);
        BinaryPrimitives.WriteInt64BigEndian(body.AsSpan(64), timestamp);
        dns.CopyTo(body, PkarrPacket.HeaderBytes);
        return body;
    }
}
