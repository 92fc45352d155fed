using System;
using System.Collections.Generic;
using System.Linq;
using IrohLite.Buffers;
using Xunit;

namespace IrohLite.Tests.Buffers;

public class QueueTests
{
    [Fact]
    public void A_ring_buffer_behaves_like_an_endless_stream_cut_to_size()
    {
        Random random = new(7);
        RingBuffer ring = new(37);
        Queue<byte> model = new();
        byte next = 0;
        int wraps = 0;
        for (int step = 0; step < 5000; step++)
        {
            int count = random.Next(0, 50);
            if (random.Next(2) == 0)
            {
                Padded input = new(Enumerable.Range(0, count).Select(i => (byte)(next + i)).ToArray());
                int accepted = ring.Write(input.Array, input.Offset, count);
                Assert.Equal(Math.Min(count, 37 - model.Count), accepted);
                for (int i = 0; i < accepted; i++) model.Enqueue(next++);
            }
            else
            {
                int position = random.Next(model.Count + 1);
                Padded peeked = new(count);
                int seen = ring.Peek(position, peeked.Array, peeked.Offset, count);
                peeked.AssertPaddingIntact();
                Assert.Equal(model.Skip(position).Take(count), peeked.Content.Take(seen));

                Padded output = new(count);
                int taken = ring.Read(output.Array, output.Offset, count);
                output.AssertPaddingIntact();
                Assert.Equal(Math.Min(count, model.Count), taken);
                for (int i = 0; i < taken; i++) Assert.Equal(model.Dequeue(), output.Content[i]);
                if (taken > 0) wraps++;
            }

            Assert.Equal(model.Count, ring.Count);
            Assert.Equal(37 - model.Count, ring.Free);
        }

        Assert.True(wraps > 1000);
        ring.Clear();
        Assert.Equal(0, ring.Count);
        Assert.Throws<ArgumentOutOfRangeException>(() => ring.Skip(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ring.Peek(1, new byte[1], 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RingBuffer(0));
    }

    [Fact]
    public void A_datagram_queue_keeps_order_and_tags()
    {
        DatagramQueue queue = new(3, 10);
        object tag = new();
        byte[] buffer = new byte[10];
        Assert.Equal(DatagramQueue.Empty, queue.Dequeue(buffer, 0, 10, out object none));
        Assert.Null(none);
        for (byte i = 0; i < 10; i++)
        {
            Padded input = new(Enumerable.Repeat(i, i).ToArray());
            Assert.True(queue.Enqueue(input.Array, input.Offset, i, i % 2 == 0 ? tag : null));
            Padded output = new(10);
            Assert.Equal(i, queue.Dequeue(output.Array, output.Offset, 10, out object got));
            output.AssertPaddingIntact();
            Assert.Same(i % 2 == 0 ? tag : null, got);
            Assert.All(output.Content.Take(i), b => Assert.Equal(i, b));
        }

        Assert.Equal(0, queue.DroppedFull + queue.DroppedTooLarge);
    }

    [Fact]
    public void A_full_datagram_queue_drops_its_oldest_and_counts()
    {
        DatagramQueue queue = new(3, 10);
        for (byte i = 0; i < 5; i++) Assert.True(queue.Enqueue(new[] { i }, 0, 1, null));
        Assert.False(queue.Enqueue(new byte[11], 0, 11, null));
        Assert.Equal((3, 2L, 1L), (queue.Count, queue.DroppedFull, queue.DroppedTooLarge));
        byte[] buffer = new byte[10];
        for (byte i = 2; i < 5; i++)
        {
            Assert.Equal(1, queue.Dequeue(buffer, 0, 10, out _));
            Assert.Equal(i, buffer[0]);
        }

        queue.Enqueue(buffer, 0, 10, null);
        Assert.Throws<ArgumentOutOfRangeException>(() => queue.Dequeue(buffer, 1, 9, out _));
        queue.Clear();
        Assert.Equal(DatagramQueue.Empty, queue.Dequeue(buffer, 0, 10, out _));
    }
}
