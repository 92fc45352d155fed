using System;
using System.Linq;
using IrohLite.Crypto;
using IrohLite.Discovery;
using IrohLite.Identity;
using Xunit;

namespace IrohLite.Tests.Discovery;

/// <summary>When the publisher tries again. What it publishes is shown against a real server, in RelayServer.Tests.</summary>
public class PkarrPublisherTests
{
    private static readonly ICryptoProvider Crypto = CryptoProviders.Any();
    private static readonly SecretKey Key = SecretKey.FromSeed(Enumerable.Repeat((byte)4, 32).ToArray(), 0, Crypto);
    private readonly ManualClock _clock = new();

    [Fact]
    public void The_pause_after_a_failure_begins_when_it_has_failed()
    {
        PkarrPublisher publisher = Publisher(new ScriptedServer(() => _clock.NowMs += PkarrPublisher.TimeoutMs));
        foreach (long pauseMs in new long[] { 1000, 2000, 3000 })
        {
            Assert.True(publisher.RunIfDue(Address("http://127.0.0.1:1/"), 1));
            Assert.Equal(_clock.NowMs + pauseMs, publisher.NextMs);
            Assert.False(publisher.RunIfDue(Address("http://127.0.0.1:1/"), 1));
            _clock.NowMs += pauseMs;
        }
    }

    [Fact]
    public void Pauses_grow_to_a_minute_and_start_over_with_another_address()
    {
        PkarrPublisher publisher = Publisher(new ScriptedServer(() => { }));
        for (int i = 1; i <= 70; i++)
        {
            Assert.True(publisher.RunIfDue(Address("http://127.0.0.1:1/"), 1));
            Assert.Equal(Math.Min(1000L * i, PkarrPublisher.MaxRetryMs), publisher.NextMs - _clock.NowMs);
            _clock.NowMs = publisher.NextMs;
        }

        Assert.True(publisher.RunIfDue(Address("http://127.0.0.1:2/"), 1));
        Assert.Equal(1000, publisher.NextMs - _clock.NowMs);
    }

    [Theory]
    [InlineData("204 No Content", true, "published at http://lookup.example/pkarr")]
    [InlineData("200 OK", true, "published at")]
    [InlineData("409 Conflict", false, "answered with status 409")]
    [InlineData("429 Too Many Requests", false, "answered with status 429 (too many announcements)")]
    [InlineData("400 Bad Request", false, "answered with status 400 (the packet was refused)")]
    [InlineData("301 Moved Permanently", false, "answered with status 301")]
    [InlineData("500 Internal Server Error", false, "answered with status 500")]
    public void Any_2xx_is_a_success_and_everything_else_is_told(string status, bool isPublished, string words)
    {
        PkarrPublisher publisher = Publisher(new ScriptedServer(() => { }, "HTTP/1.1 " + status + "\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhmm\r\n0\r\n\r\n"));
        Assert.True(publisher.RunIfDue(Address("http://127.0.0.1:1/"), 1));
        Assert.Equal(isPublished, publisher.IsPublished);
        Assert.Contains(words, publisher.Status);
        Assert.Equal(isPublished ? PkarrPublisher.RepublishMs : 1000, publisher.NextMs - _clock.NowMs);
    }

    private PkarrPublisher Publisher(ScriptedServer server)
    {
        Assert.True(PkarrServer.TryParse("http://lookup.example/pkarr", out PkarrServer at, out string error), error);
        return new PkarrPublisher(at, server, Key, new Stamp(), _clock, false);
    }

    private static EndpointAddr Address(string relay)
    {
        EndpointAddr addr = new(Key.Id);
        Assert.True(RelayUrl.TryParse(relay, out RelayUrl url, out string error), error);
        addr.AddRelay(url);
        return addr;
    }

    private sealed class Stamp : IPublishStamp
    {
        public long LastMicros { get; private set; }

        public void Save(long micros)
        {
            Assert.True(micros > LastMicros);
            LastMicros = micros;
        }
    }
}
