using System;
using System.Collections.Generic;
using System.Linq;
using IrohLite.Crypto;
using IrohLite.Relay;
using Xunit;

namespace IrohLite.Tests.Relay;

public class RelayBackoffTests
{
    private sealed class ConstantRandom(byte value) : IRandomSource
    {
        public void Fill(byte[] buffer, int offset, int count) => Array.Fill(buffer, value, offset, count);
    }

    private sealed class SeededRandom(int seed) : IRandomSource
    {
        private readonly Random _random = new(seed);

        public void Fill(byte[] buffer, int offset, int count) => _random.NextBytes(buffer.AsSpan(offset, count));
    }

    [Fact]
    public void Without_jitter_down_it_doubles_from_half_of_500_to_half_of_16000_ms()
    {
        RelayBackoff backoff = new();
        ConstantRandom low = new(0);
        Assert.Equal([250, 500, 1000, 2000, 4000, 8000, 8000, 8000], Enumerable.Range(0, 8).Select(_ => backoff.NextDelayMs(low)));
    }

    [Fact]
    public void Every_delay_lies_within_half_of_its_middle_and_both_ends_are_neared()
    {
        int[] middles = [500, 1000, 2000, 4000, 8000, 16000, 16000];
        for (int step = 0; step < middles.Length; step++)
        {
            List<long> delays = [];
            for (int seed = 0; seed < 200; seed++)
            {
                RelayBackoff backoff = new();
                SeededRandom random = new(seed);
                for (int i = 0; i < step; i++) backoff.NextDelayMs(random);
                delays.Add(backoff.NextDelayMs(random));
            }

            Assert.All(delays, delay => Assert.InRange(delay, middles[step] / 2, middles[step] / 2 + middles[step]));
            Assert.True(delays.Min() < 0.6 * middles[step], "jitter downwards");
            Assert.True(delays.Max() > 1.4 * middles[step], "jitter upwards");
        }
    }

    [Fact]
    public void After_an_established_session_the_next_attempt_is_immediate_and_the_delays_start_anew()
    {
        RelayBackoff backoff = new();
        ConstantRandom low = new(0);
        for (int i = 0; i < 6; i++) backoff.NextDelayMs(low);
        backoff.Reset();
        Assert.Equal([0, 250, 500], Enumerable.Range(0, 3).Select(_ => backoff.NextDelayMs(low)));
    }
}
