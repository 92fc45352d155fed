using IrohLite.Discovery;
using IrohLite.Identity;
using Xunit;

namespace IrohLite.Tests.Discovery;

/// <summary>How long answers are kept. That several lookups run at once is shown over the network, in RelayServer.Tests.</summary>
public class ParallelLookupTests
{
    private const int WaitMs = 60_000;
    private readonly ManualClock _clock = new();
    private readonly CountingLookup _lookup = new();

    [Theory]
    [InlineData(30_000, 30_000)]
    [InlineData(86_400_000, ParallelLookup.MaxKeepMs)]
    [InlineData(long.MaxValue / 2, ParallelLookup.MaxKeepMs)]
    public void An_answer_is_kept_for_its_ttl_and_at_most_five_minutes(long ttlMs, long keptMs)
    {
        ParallelLookup cache = new([_lookup], _clock);
        _lookup.TtlMs = ttlMs;
        Assert.NotNull(cache.Lookup(Id(1), WaitMs).Addr);
        _clock.NowMs += keptMs - 1;
        Assert.NotNull(cache.Lookup(Id(1), WaitMs).Addr);
        Assert.Equal(1, _lookup.Asked);
        _clock.NowMs++;
        Assert.NotNull(cache.Lookup(Id(1), WaitMs).Addr);
        Assert.Equal(2, _lookup.Asked);
    }

    [Fact]
    public void What_was_not_found_is_asked_for_again_and_so_is_an_answer_without_a_ttl()
    {
        ParallelLookup cache = new([_lookup], _clock);
        _lookup.Knows = false;
        for (int i = 1; i <= 2; i++)
        {
            Assert.Equal("nobody", cache.Lookup(Id(1), WaitMs).Failure);
            Assert.Equal(i, _lookup.Asked);
        }

        (_lookup.Knows, _lookup.TtlMs) = (true, 0);
        for (int i = 3; i <= 4; i++)
        {
            Assert.NotNull(cache.Lookup(Id(1), WaitMs).Addr);
            Assert.Equal(i, _lookup.Asked);
        }
    }

    [Fact]
    public void A_new_answer_takes_the_place_of_the_oldest()
    {
        ParallelLookup cache = new([_lookup], _clock);
        for (int i = 0; i <= ParallelLookup.CacheSize; i++) cache.Lookup(Id(i), WaitMs);
        int asked = _lookup.Asked;
        for (int i = 1; i <= ParallelLookup.CacheSize; i++) cache.Lookup(Id(i), WaitMs);
        Assert.Equal(asked, _lookup.Asked);
        cache.Lookup(Id(0), WaitMs);
        Assert.Equal(asked + 1, _lookup.Asked);
    }

    private static EndpointId Id(int number)
    {
        byte[] raw = new byte[EndpointId.SizeBytes];
        raw[0] = (byte)number;
        return EndpointId.FromBytes(raw, 0);
    }

    private sealed class CountingLookup : IAddressLookup
    {
        internal int Asked { get; private set; }

        internal long TtlMs { get; set; } = 30_000;

        internal bool Knows { get; set; } = true;

        public LookupAnswer Lookup(EndpointId id, int timeoutMs)
        {
            Asked++;
            if (!Knows) return LookupAnswer.None("nobody");
            EndpointAddr addr = new(id);
            addr.AddIp([127, 0, 0, 1], 1);
            return LookupAnswer.Found(addr, TtlMs, "test");
        }
    }
}
