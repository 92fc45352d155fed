using System;
using System.Collections.Generic;
using System.Linq;
using IrohLite.Buffers;
using Xunit;

namespace IrohLite.Tests.Buffers;

public class QueueTests
{
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
