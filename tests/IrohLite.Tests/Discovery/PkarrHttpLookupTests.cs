using System.Linq;
using System.Text;
using IrohLite.Crypto;
using IrohLite.Discovery;
using IrohLite.Identity;
using Xunit;

namespace IrohLite.Tests.Discovery;

/// <summary>The answers of HTTP servers, good and bad, that stand between a lookup and its packet.</summary>
public class PkarrHttpLookupTests
{
    private static readonly ICryptoProvider Crypto = CryptoProviders.Any();
    private static readonly SecretKey Key = SecretKey.FromSeed(Enumerable.Repeat((byte)3, 32).ToArray(), 0, Crypto);
    private static readonly string Packet = Encoding.Latin1.GetString(PkarrPacket.Build(Key, 1, new[] { "relay=http://127.0.0.1:3340/" }));
    private static readonly string Half = Packet[..100], Rest = Packet[100..];

    private const string Ok = "HTTP/1.1 200 OK\r\n";
    private const string Chunked = Ok + "Transfer-Encoding: chunked\r\n\r\n";

    [Fact]
    public void A_packet_is_found_whatever_form_the_answer_has()
    {
        foreach (string[] answer in new[]
        {
            new[] { Ok + "Content-Length: " + Packet.Length + "\r\n\r\n" + Packet },
            new[] { Ok + "content-length:" + Packet.Length + "\r\n\r\n" + Packet + "and more" },
            new[] { Ok + "Content-Length: " + Packet.Length, "\r\n\r", "\n", Half, Rest },
            new[] { Ok + "\r\n", Half, Rest },
            new[] { "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n" + Ok + "Content-Length: " + Packet.Length + "\r\n\r\n" + Packet },
            new[] { Chunked + Chunk(Packet) + "0\r\n\r\n" },
            new[] { Chunked, Chunk(Half), Chunk(Rest), "0\r\nTrailer: x\r\n\r\n" },
            new[] { Ok + "Transfer-Encoding: Chunked\r\nContent-Length: 5\r\n\r\n" + Half.Length.ToString("X4") + ";name=value\r\n" + Half, "\r\n" + Chunk(Rest) + "0\r\n" },
        })
        {
            LookupAnswer found = Lookup(answer);
            Assert.Null(found.Failure);
            Assert.Equal(new[] { "relay=http://127.0.0.1:3340/" }, EndpointInfo.ToStrings(found.Addr, true));
        }
    }

    [Fact]
    public void An_answer_that_cannot_be_used_is_told_with_its_fault()
    {
        foreach ((string[] answer, string words) in new (string[], string)[]
        {
            (new string[0], "no answer from lookup.example"),
            (new[] { "" }, "its answer was cut off"),
            (new[] { Ok + "Content-Length: 300\r\n\r\n" + Half }, "its answer was cut off"),
            (new[] { Ok + "Content-Length: -1\r\n\r\n" }, "its answer has a bad length"),
            (new[] { Ok + "Content-Length: 1e3\r\n\r\n" }, "its answer has a bad length"),
            (new[] { Ok + "Content-Length: 99999\r\n\r\n" + Packet }, "its answer is too long"),
            (Enumerable.Repeat(Packet, 40).Prepend(Ok + "\r\n").ToArray(), "its answer is too long"),
            (Enumerable.Repeat("X-Long: " + new string('x', 500) + "\r\n", 40).Prepend(Ok).ToArray(), "it does not speak HTTP"),
            (new[] { "SSH-2.0-OpenSSH_9.2\r\n\r\n" }, "it does not speak HTTP"),
            (new[] { "HTTP/1.1 2x0 OK\r\n\r\n" }, "it does not speak HTTP"),
            (new[] { "HTTP/1.1 301 Moved\r\nLocation: https://elsewhere/\r\nContent-Length: 0\r\n\r\n" }, "answered with status 301"),
            (new[] { "HTTP/1.1 404 Not Found\r\nTransfer-Encoding: chunked\r\n\r\n" }, "does not know the id"),
            (new[] { "HTTP/1.1 101 Switching Protocols\r\n\r\n" }, "answered with status 101"),
            (new[] { Ok + "Transfer-Encoding: gzip, chunked\r\n\r\n" }, "a coding that is not supported"),
            (new[] { Chunked + Chunk(Half) }, "its answer was cut off"),
            (new[] { Chunked + "zz\r\n" }, "its answer is malformed"),
            (new[] { Chunked + "fffff\r\n" }, "its answer is malformed"),
            (new[] { Chunked + "1\r\nab\r\n" }, "its answer is malformed"),
            (new[] { Chunked + Chunk(Half) + "0\r\n\r\n" }, "sent a packet that cannot be used: the signature"),
            (new[] { Ok + "Content-Length: 0\r\n\r\n" }, "sent a packet that cannot be used: the signed packet is too short"),
        })
            Assert.Contains(words, Lookup(answer).Failure);
    }

    [Fact]
    public void The_request_is_for_the_id_below_the_path_of_the_server()
    {
        ScriptedServer server = new(static () => { }, "HTTP/1.1 404 Not Found\r\n\r\n");
        Lookup(server);
        Assert.StartsWith("GET /pkarr/" + Key.Id.ToZ32() + " HTTP/1.1\r\nHost: lookup.example:8080\r\n", server.Request);
    }

    private static string Chunk(string part) => part.Length.ToString("x") + "\r\n" + part + "\r\n";

    private static LookupAnswer Lookup(params string[] answer) => Lookup(new ScriptedServer(() => { }, answer));

    private static LookupAnswer Lookup(ScriptedServer server)
    {
        Assert.True(PkarrServer.TryParse("http://lookup.example:8080/pkarr/", out PkarrServer at, out string error), error);
        return new PkarrHttpLookup(at, server, Crypto).Lookup(Key.Id, 60_000);
    }
}
