using System;
using System.Linq;
using System.Threading.Tasks;
using IrohLite.Relay;
using Xunit;

namespace IrohLite.RelayServer.Tests;

public class ForwardingTests
{
    private static string Hex(params byte[] bytes) => Convert.ToHexStringLower(bytes);

    [Fact]
    public async Task Datagrams_and_batches_are_forwarded_with_the_proven_id_and_otherwise_unchanged()
    {
        await using RelayHost relay = await StillRelay.StartAsync();
        await using RawClient a = await RawClient.OnlineAsync(relay, 1);
        await using RawClient b = await RawClient.OnlineAsync(relay, 2, RawClient.Request("iroh-relay-v1"));
        await a.SendAsync([4, .. b.Id, 3, .. "Hello World!"u8]);
        Assert.Equal("06" + Hex(a.Id) + "03" + Hex("Hello World!"u8.ToArray()), await b.ReadAsync());
        await a.SendAsync([5, .. b.Id, 2, 0, 6, .. "Hello World!"u8]);
        Assert.Equal("07" + Hex(a.Id) + "020006" + Hex("Hello World!"u8.ToArray()), await b.ReadAsync());
        await b.SendToAsync(a, 0xAB);
        Assert.Equal("06" + Hex(b.Id) + "00ab", await a.ReadAsync());
        await a.SendToAsync(a, 7);
        Assert.Equal("06" + Hex(a.Id) + "0007", await a.ReadAsync());
    }

    [Fact]
    public async Task Frames_of_every_size_up_to_65536_bytes_of_payload_pass()
    {
        await using RelayHost relay = await StillRelay.StartAsync();
        await using RawClient a = await RawClient.OnlineAsync(relay, 1);
        await using RawClient b = await RawClient.OnlineAsync(relay, 2);
        foreach (int count in new[] { 1, 90, 91, 92, 93, 1200, 2014, 12000, 65535 - 34, 65536 - 34, 65536 - 33 })
        {
            byte[] data = Enumerable.Range(0, count).Select(i => (byte)(i * 7)).ToArray();
            await a.SendToAsync(b, data);
            Assert.Equal("06" + Hex(a.Id) + "00" + Hex(data), await b.ReadAsync());
        }
    }

    [Fact]
    public async Task A_datagram_for_nobody_is_dropped_without_a_word()
    {
        await using RelayHost relay = await StillRelay.StartAsync();
        await using RawClient a = await RawClient.OnlineAsync(relay, 1);
        await a.SendAsync([4, .. Enumerable.Repeat((byte)9, 32), 0, 1, 2, 3]);
        Assert.Empty(await a.ReadPendingAsync());
        Assert.Equal(1, RawClient.Metric(relay, "frames_unknown_destination_total"));
    }

    [Fact]
    public async Task Pings_of_both_kinds_are_answered_and_text_is_skipped()
    {
        await using RelayHost relay = await StillRelay.StartAsync();
        await using RawClient a = await RawClient.OnlineAsync(relay, 1);
        await a.SendAsync("090102030405060708");
        Assert.Equal("0a0102030405060708", await a.ReadAsync());
        await a.SendAsync([1, 2, 3], WebSocketFrame.Ping);
        Assert.Equal("pong 010203", await a.ReadAsync());
        await a.SendAsync("hello"u8.ToArray(), WebSocketFrame.Text);
        await a.SendAsync("0a0102030405060708");
        Assert.Empty(await a.ReadPendingAsync());
    }

    [Fact]
    public async Task A_message_in_fragments_is_one_frame()
    {
        await using RelayHost relay = await StillRelay.StartAsync();
        await using RawClient a = await RawClient.OnlineAsync(relay, 1);
        await a.SendFrameAsync([9, 1, 2, 3], 0x02);
        await a.SendFrameAsync([], 0x89);
        await a.SendFrameAsync([4, 5], 0x00);
        await a.SendFrameAsync([6, 7, 8], 0x80);
        Assert.Equal("pong ", await a.ReadAsync());
        Assert.Equal("0a0102030405060708", await a.ReadAsync());
    }

    [Theory]
    [InlineData("3f00")]
    [InlineData("")]
    [InlineData("40")]
    [InlineData("0e")]
    [InlineData("00")]
    [InlineData("01")]
    [InlineData("02")]
    [InlineData("06")]
    [InlineData("07")]
    [InlineData("08")]
    [InlineData("0b")]
    [InlineData("0c0000000000000000")]
    [InlineData("0d00")]
    [InlineData("0901")]
    [InlineData("09010203040506070809")]
    [InlineData("0a01")]
    [InlineData("04 id 00")]
    [InlineData("04 id")]
    [InlineData("05 id 000004")]
    public async Task A_frame_that_breaks_the_protocol_ends_the_session(string frame)
    {
        await using RelayHost relay = await StillRelay.StartAsync();
        await using RawClient a = await RawClient.OnlineAsync(relay, 1);
        await a.SendAsync(frame.Replace(" id ", Hex(a.Id)).Replace(" id", Hex(a.Id)));
        Assert.Equal("close 03ea", await a.ReadAsync());
        Assert.Equal("end", await a.ReadAsync());
        await Patience.Until(() => RawClient.Metric(relay, "sessions_open") == 0, "the session is over");
        Assert.Equal(1, RawClient.Metric(relay, "protocol_errors_total"));
    }

    [Fact]
    public async Task A_payload_above_65536_bytes_ends_the_session()
    {
        await using RelayHost relay = await StillRelay.StartAsync();
        await using RawClient a = await RawClient.OnlineAsync(relay, 1);
        await a.SendToAsync(a, new byte[65536 - 32]);
        Assert.Equal("close 03ea", await a.ReadAsync());
    }

    [Fact]
    public async Task A_message_above_1_MiB_is_refused_with_1009_before_it_is_sent()
    {
        await using RelayHost relay = await StillRelay.StartAsync();
        await using RawClient a = await RawClient.OnlineAsync(relay, 1);
        await a.Stream.WriteAsync(Convert.FromHexString("82ff000000000010000101020304"));
        Assert.Equal("close 03f1", await a.ReadAsync());
    }

    [Fact]
    public async Task An_unmasked_frame_is_refused_with_1002()
    {
        await using RelayHost relay = await StillRelay.StartAsync();
        await using RawClient a = await RawClient.OnlineAsync(relay, 1);
        await a.Stream.WriteAsync(Convert.FromHexString("82090102030405060708"));
        Assert.Equal("close 03ea", await a.ReadAsync());
    }

    [Fact]
    public async Task A_close_is_answered_and_the_id_is_gone()
    {
        await using RelayHost relay = await StillRelay.StartAsync();
        await using RawClient a = await RawClient.OnlineAsync(relay, 1);
        await a.SendAsync([3, 0xE8], WebSocketFrame.Close);
        Assert.Equal("close 03e8", await a.ReadAsync());
        Assert.Equal("end", await a.ReadAsync());
        await Patience.Until(() => RawClient.Metric(relay, "endpoints_online") == 0, "the id is gone");
        Assert.Equal(0, RawClient.Metric(relay, "protocol_errors_total"));
    }

    [Fact]
    public void A_type_in_a_longer_varint_is_forwarded_in_the_short_form()
    {
        RelayMetrics metrics = new();
        ClientTable clients = new(metrics);
        using System.Threading.CancellationTokenSource end = new();
        OutgoingQueue queue = new(metrics, TimeProvider.System);
        EndpointKey id = EndpointKey.Read(Enumerable.Repeat((byte)5, 32).ToArray());
        RelayClient client = new(id, 2, queue, end);
        clients.Add(client);
        byte[] idBytes = Enumerable.Repeat((byte)5, 32).ToArray();
        Assert.Null(RelayForwarder.Handle(clients, client, RelayMessage.Of([0x80, 0, 0, 4, .. idBytes, 1, 0xAA])));
        System.IO.Pipelines.Pipe pipe = new();
        Task writing = queue.RunAsync(pipe.Writer, default);
        Assert.True(pipe.Reader.TryRead(out System.IO.Pipelines.ReadResult result));
        Assert.Equal("822306" + Hex(idBytes) + "01aa", Hex(System.Buffers.BuffersExtensions.ToArray(result.Buffer)));
        Assert.False(writing.IsCompleted);
    }
}
