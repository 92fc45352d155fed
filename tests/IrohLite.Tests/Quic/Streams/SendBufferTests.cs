using System;
using System.Collections.Generic;
using IrohLite.Quic;
using IrohLite.Tests.Sim;
using Xunit;

namespace IrohLite.Tests.Quic.Streams;

public class SendBufferTests
{
    [Theory]
    [InlineData(1000)]
    [InlineData(4096)]
    [InlineData(50_000)]
    public void Whatever_is_lost_or_acknowledged_in_any_order_every_byte_is_delivered_once_and_right(int capacity)
    {
        for (ulong seed = 1; seed <= 20; seed++)
        {
            SimRandom random = new(seed);
            SendBuffer buffer = new(capacity, 300);
            int total = capacity * 4 + 77;
            bool[] delivered = new bool[total];
            List<(long Offset, int Count)> flying = new();
            int written = 0;
            int steps = 0;
            while (!(written == total && buffer.IsAllAcked))
            {
                Assert.True(++steps < 100_000, "stuck, seed " + seed);
                int dice = random.Below(4);
                if (dice == 0 && written < total)
                {
                    byte[] chunk = new byte[Math.Min(1 + random.Below(700), total - written)];
                    for (int i = 0; i < chunk.Length; i++) chunk[i] = EchoClient.PatternAt(written + i);
                    written += buffer.Write(chunk, 0, chunk.Length);
                    Assert.True(buffer.End - buffer.Base <= capacity);
                }
                else if (dice == 1)
                {
                    long offset = buffer.NextOffset();
                    int count = Math.Min(buffer.NextLength(long.MaxValue), 1 + random.Below(400));
                    if (count == 0) continue;
                    byte[] sent = new byte[count];
                    buffer.CopyTo(offset, count, sent, 0);
                    for (int i = 0; i < count; i++) Assert.Equal(EchoClient.PatternAt(offset + i), sent[i]);
                    buffer.OnSent(offset, count);
                    flying.Add((offset, count));
                }
                else if (flying.Count > 0)
                {
                    int pick = random.Below(flying.Count);
                    (long offset, int count) = flying[pick];
                    if (random.Below(3) == 0)
                    {
                        buffer.OnLost(offset, count);
                        if (random.Below(2) == 0) flying.RemoveAt(pick);
                    }
                    else
                    {
                        flying.RemoveAt(pick);
                        for (int i = 0; i < count; i++) delivered[offset + i] = true;
                        buffer.OnAcked(offset, count);
                    }
                }
            }

            Assert.Equal(total, buffer.Base);
            Assert.DoesNotContain(false, delivered);
            Assert.False(buffer.HasLost);
        }
    }

    [Fact]
    public void New_bytes_respect_the_limit_and_lost_ones_do_not()
    {
        SendBuffer buffer = new(100, 300);
        buffer.Write(new byte[100], 0, 100);
        Assert.Equal(0, buffer.Free);
        Assert.Equal(30, buffer.NextLength(30));
        buffer.OnSent(0, 30);
        Assert.Equal(0, buffer.NextLength(30));
        buffer.OnLost(10, 10);
        Assert.Equal(10, buffer.NextOffset());
        Assert.Equal(10, buffer.NextLength(0));
    }

    [Fact]
    public void More_holes_than_ranges_only_cost_repetitions()
    {
        SendBuffer buffer = new(2000, 300);
        buffer.Write(new byte[2000], 0, 2000);
        buffer.OnSent(0, 2000);
        for (int i = 0; i < 100; i++) buffer.OnLost(i * 20, 10);
        long covered = 0;
        while (buffer.HasLost)
        {
            int count = buffer.NextLength(0);
            covered += count;
            buffer.OnSent(buffer.NextOffset(), count);
        }

        Assert.InRange(covered, 1000, 2000);
        for (int i = 99; i >= 0; i--) buffer.OnAcked(i * 20, 20);
        while (buffer.HasLost)
        {
            long offset = buffer.NextOffset();
            int count = buffer.NextLength(0);
            buffer.OnSent(offset, count);
            buffer.OnAcked(offset, count);
        }

        Assert.True(buffer.IsAllAcked);
    }

    [Fact]
    public void Bytes_outside_the_buffer_cannot_be_copied()
    {
        SendBuffer buffer = new(100, 300);
        buffer.Write(new byte[10], 0, 10);
        Assert.Throws<InvalidOperationException>(() => buffer.CopyTo(5, 6, new byte[10], 0));
    }
}
