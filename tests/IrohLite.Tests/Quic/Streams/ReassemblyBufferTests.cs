using System;
using System.Collections.Generic;
using IrohLite.Quic;
using IrohLite.Tests.Sim;
using Xunit;

namespace IrohLite.Tests.Quic.Streams;

public class ReassemblyBufferTests
{
    [Theory]
    [InlineData(500)]
    [InlineData(8192)]
    [InlineData(100_000)]
    public void Pieces_in_any_order_with_any_overlap_come_out_as_one_stream(int capacity)
    {
        for (ulong seed = 1; seed <= 20; seed++)
        {
            SimRandom random = new(seed);
            ReassemblyBuffer buffer = new(capacity, 300);
            int total = capacity * 3 + 13;
            int read = 0;
            int steps = 0;
            byte[] into = new byte[900];
            while (read < total)
            {
                Assert.True(++steps < 200_000, "stuck, seed " + seed);
                long window = Math.Min(buffer.Limit, total);
                long from = random.Below(4) == 0 ? buffer.Contiguous : Math.Max(0, buffer.Contiguous - 200 + random.Below(1200));
                if (from >= window) from = Math.Max(0, window - 1);
                int count = (int)Math.Min(1 + random.Below(400), window - from);
                if (count > 0)
                {
                    byte[] piece = new byte[count + 4];
                    for (int i = 0; i < count; i++) piece[i + 2] = EchoClient.PatternAt(from + i);
                    buffer.Insert(from, piece, 2, count);
                }

                if (random.Below(3) != 0) continue;
                int got = buffer.Read(into, 0, 1 + random.Below(into.Length));
                for (int i = 0; i < got; i++) Assert.Equal(EchoClient.PatternAt(read + i), into[i]);
                read += got;
            }

            Assert.Equal(total, buffer.Consumed);
        }
    }

    [Fact]
    public void A_gap_too_many_is_refused_and_nothing_else_is_lost()
    {
        ReassemblyBuffer buffer = new(1000, 300);
        for (int i = 1; i <= StreamLimits.ReceiveGaps; i++) Assert.True(buffer.Insert(i * 10, new byte[5], 0, 5));
        Assert.False(buffer.Insert(500, new byte[5], 0, 5));
        Assert.True(buffer.Insert(15, new byte[5], 0, 5));
        Assert.True(buffer.Insert(0, new byte[10], 0, 10));
        Assert.Equal(25, buffer.Contiguous);
        Assert.True(buffer.Insert(500, new byte[5], 0, 5));
    }

    [Fact]
    public void Nothing_ahead_of_a_gap_is_nothing()
    {
        ReassemblyBuffer buffer = new(100, 300);
        Assert.True(buffer.Insert(35, new byte[0], 0, 0));
        Assert.Equal(0, buffer.Contiguous);
        buffer.Insert(0, new byte[3], 0, 3);
        Assert.Equal(3, buffer.Contiguous);
    }

    [Fact]
    public void Filling_a_gap_takes_up_what_waited_behind_it_also_when_it_overlaps()
    {
        ReassemblyBuffer buffer = new(100, 300);
        buffer.Insert(10, new byte[3], 0, 3);
        buffer.Insert(15, new byte[6], 0, 6);
        buffer.Insert(0, new byte[17], 0, 17);
        Assert.Equal(21, buffer.Contiguous);
    }

    [Fact]
    public void Bytes_beyond_the_window_are_the_callers_mistake()
    {
        ReassemblyBuffer buffer = new(100, 300);
        Assert.Throws<InvalidOperationException>(() => buffer.Insert(90, new byte[11], 0, 11));
    }
}
