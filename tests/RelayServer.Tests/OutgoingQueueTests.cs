using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO.Pipelines;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IrohLite.Relay;
using Xunit;

namespace IrohLite.RelayServer.Tests;

public class OutgoingQueueTests
{
    private static RelayMessage Packet(int number) => RelayMessage.Of([6, (byte)(number >> 8), (byte)number]);

    private static List<string> Frames(ReadOnlySequence<byte> bytes)
    {
        List<string> frames = [];
        byte[] all = bytes.ToArray();
        WebSocketReader reader = new(false, 100_000);
        reader.Feed(all, 0, all.Length);
        while (reader.Next() == WebSocketEvent.Data) frames.Add(Convert.ToHexStringLower(all, reader.DataOffset, reader.DataCount));
        return frames;
    }

    [Fact]
    public async Task The_513th_packet_is_dropped_and_packets_go_before_everything_else()
    {
        OutgoingQueue queue = new(new RelayMetrics(), TimeProvider.System);
        queue.AddControl(RelayFrames.Status(1));
        for (int i = 0; i < RelayLimits.MaxQueuedPackets; i++) Assert.True(queue.TryAddPacket(Packet(i)));
        Assert.Equal(512, RelayLimits.MaxQueuedPackets);
        Assert.False(queue.TryAddPacket(Packet(999)));
        queue.AddControl(RelayFrames.Ping(new byte[8]));

        Pipe pipe = new(new PipeOptions(pauseWriterThreshold: 0));
        using CancellationTokenSource stop = new();
        Task writing = queue.RunAsync(pipe.Writer, stop.Token);
        ReadResult result = await pipe.Reader.ReadAtLeastAsync(512 * 5 + 4 + 11).AsTask().Soon();
        List<string> frames = Frames(result.Buffer);
        Assert.Equal(Enumerable.Range(0, 512).Select(i => "06" + i.ToString("x4")).Concat(["0d01", "090000000000000000"]), frames);

        // There is room again.
        Assert.True(queue.TryAddPacket(Packet(1)));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writing).Soon();
        Assert.False(queue.TryAddPacket(Packet(2)));
    }

    [Fact]
    public async Task A_write_that_is_stuck_for_2_s_throws()
    {
        ManualTime time = new();
        OutgoingQueue queue = new(new RelayMetrics(), time);
        Pipe pipe = new(new PipeOptions(pauseWriterThreshold: 10, resumeWriterThreshold: 5));
        queue.TryAddPacket(RelayMessage.Of(new byte[100]));
        Task writing = queue.RunAsync(pipe.Writer, default);
        time.AdvanceSeconds(1.9);
        Assert.False(writing.IsCompleted);
        time.AdvanceSeconds(0.2);
        await Assert.ThrowsAsync<TimeoutException>(() => writing).Soon();
    }

    [Fact]
    public async Task Completing_drops_what_waits_and_ends_after_the_last_frame()
    {
        OutgoingQueue queue = new(new RelayMetrics(), TimeProvider.System);
        queue.TryAddPacket(Packet(1));
        queue.AddControl(RelayFrames.Status(0));
        queue.Complete(RelayMessage.Of([3, 0xE8]), WebSocketFrame.Close);
        queue.AddControl(RelayFrames.Status(1));
        Pipe pipe = new();
        await queue.RunAsync(pipe.Writer, default).Soon();
        Assert.True(pipe.Reader.TryRead(out ReadResult result));
        Assert.Equal("880203e8", Convert.ToHexStringLower(result.Buffer.ToArray()));
    }

    [Fact]
    public async Task A_client_that_does_not_read_is_closed_after_2_s_and_the_sender_is_not_slowed()
    {
        ManualTime time = new();
        await using RelayHost relay = await RelayHost.StartAsync(new RelayHostOptions { Time = time });
        await using RawClient sender = await RawClient.OnlineAsync(relay, 1);
        await using RawClient deaf = await RawClient.OnlineAsync(relay, 2);
        byte[] data = new byte[60_000];
        for (int i = 0; RawClient.Metric(relay, "frames_queue_full_total") == 0; i++)
        {
            Assert.True(i < 5000, "the queue fills up");
            await sender.SendToAsync(deaf, data);
            if (i % 100 == 99) Assert.Empty(await sender.ReadPendingAsync());
        }

        // The sender speaks after each step, so that it is not taken for dead. The deaf one would be after 21 s.
        for (int step = 0; RawClient.Metric(relay, "write_timeouts_total") == 0; step++)
        {
            Assert.True(step < 40, "the write times out");
            time.AdvanceSeconds(0.5);
            Assert.Empty(await sender.ReadPendingAsync());
        }

        await Patience.Until(() => RawClient.Metric(relay, "endpoints_online") == 1, "the deaf one is gone");
    }
}
