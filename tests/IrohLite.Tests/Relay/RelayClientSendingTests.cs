using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using IrohLite.Identity;
using IrohLite.Relay;
using Xunit;

namespace IrohLite.Tests.Relay;

/// <summary>Datagrams on their way out: framing, masking, the bounded queue, no allocation.</summary>
public class RelayClientSendingTests
{
    private static readonly byte[] Destination = Enumerable.Range(100, 32).Select(i => (byte)i).ToArray();

    [Theory]
    [InlineData("http://relay.test/", false)]
    [InlineData("https://relay.test/", true)]
    public void Datagrams_go_out_masked_with_zeros_inside_TLS_only(string url, bool isZero)
    {
        FakeRelay relay = new(url);
        relay.GoOnline();
        Padded destination = new(Destination);
        Padded datagram = new([9, 8, 7]);
        Assert.True(relay.Session.TrySendDatagram(destination.Array, destination.Offset, datagram.Array, datagram.Offset, datagram.Count));
        byte[] output = relay.Output();
        Assert.Equal(isZero, output.AsSpan(2, 4).SequenceEqual(new byte[4]));
        byte[] frame = output[6..];
        WebSocketFrame.ApplyMask(frame, 0, frame.Length, output[2..6], 0);
        Assert.Equal([4, .. Destination, 0, 9, 8, 7], frame);
    }

    [Fact]
    public void A_full_queue_refuses_datagrams_but_not_control_frames()
    {
        FakeRelay relay = new(maxQueuedBytes: 4096);
        relay.GoOnline();
        int sent = 0;
        while (relay.Session.TrySendDatagram(Destination, 0, new byte[1200], 0, 1200)) sent++;
        Assert.Equal(3, sent);
        Assert.InRange(relay.Session.QueuedBytes, 3600, 4096);
        relay.SendFrame("090102030405060708");
        List<string> output = relay.OutputMessages();
        Assert.Equal(["04", "04", "04", "0a"], output.Select(message => message[..2]));

        // After that there is room again, also when the buffer was emptied only in part before.
        for (int i = 0; i < 50; i++)
        {
            Assert.True(relay.Session.TrySendDatagram(Destination, 0, Enumerable.Repeat((byte)i, 1200).ToArray(), 0, 1200));
            Assert.True(relay.Session.TrySendDatagram(Destination, 0, Enumerable.Repeat((byte)i, 700).ToArray(), 0, 700));
            Assert.Equal([1200 + 34, 700 + 34], relay.OutputMessages().Select(message => message.Length / 2));
        }
    }

    [Fact]
    public void The_queue_holds_exactly_what_it_was_given()
    {
        const int FrameBytes = 8 + 34 + 1200;
        foreach (int missing in new[] { 0, 1 })
        {
            FakeRelay relay = new(maxQueuedBytes: 3 * FrameBytes - missing);
            relay.GoOnline();
            int sent = 0;
            while (relay.Session.TrySendDatagram(Destination, 0, new byte[1200], 0, 1200)) sent++;
            Assert.Equal(3 - missing, sent);
            Assert.Equal(sent * FrameBytes, relay.Session.QueuedBytes);
        }
    }

    [Fact]
    public void A_partly_written_queue_makes_room_and_keeps_its_order()
    {
        FakeRelay relay = new(maxQueuedBytes: 3000);
        relay.GoOnline();
        byte[] stream = new byte[100_000];
        int got = 0;
        int next = 0;
        for (int round = 0; round < 60; round++)
        {
            while (relay.Session.TrySendDatagram(Destination, 0, Enumerable.Repeat((byte)next, 400).ToArray(), 0, 400)) next++;
            got += relay.Session.PollOutput(stream, got, 777, relay.Now);
        }

        WebSocketReader reader = new(true, 10000);
        reader.Feed(stream, 0, got);
        int expected = 0;
        while (reader.Next() == WebSocketEvent.Data && reader.IsMessageEnd)
        {
            Assert.Equal(434, reader.DataCount);
            Assert.All(stream.AsSpan(reader.DataOffset + 34, 400).ToArray(), b => Assert.Equal((byte)expected, b));
            expected++;
        }

        Assert.InRange(expected, 90, next);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(65503)]
    public void A_datagram_without_bytes_or_too_large_for_a_frame_is_a_mistake_of_the_caller(int count)
    {
        FakeRelay relay = new();
        relay.GoOnline();
        Assert.Throws<InvalidOperationException>(() => relay.Session.TrySendDatagram(Destination, 0, new byte[70000], 0, count));
    }

    [Fact]
    public void Forwarding_allocates_nothing()
    {
        const long Now = 1_000_000;
        byte[] wire = FakeRelay.Frame([7, .. Destination, 0, 4, 0xB0, .. new byte[2400]]);
        byte[] received = new byte[wire.Length];
        byte[] output = new byte[4096];
        byte[] datagram = new byte[1200];
        NullSink sink = new();
        RelayClientSession session = OnlineWith(sink);

        void Round()
        {
            wire.CopyTo(received, 0);
            session.Receive(received, 0, received.Length, Now);
            session.TrySendDatagram(Destination, 0, datagram, 0, datagram.Length);
            while (session.PollOutput(output, 0, output.Length, Now) > 0)
            {
            }
        }

        for (int i = 0; i < 50; i++) Round();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++) Round();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(2100, sink.Datagrams);
    }

    private static RelayClientSession OnlineWith(IRelaySink sink)
    {
        Assert.True(RelayUrl.TryParse("https://relay.test/", out RelayUrl url, out _));
        FakeRelay helper = new();
        RelayClientSession session = new(url, helper.Identity, null, helper.Crypto, new CountingRandom(), sink, 8192, helper.Now);
        session.PollOutput(new byte[1000], 0, 1000, helper.Now);
        byte[] start = [.. Encoding.ASCII.GetBytes(FakeRelay.Response()), .. FakeRelay.Frame("02")];
        session.Receive(start, 0, start.Length, helper.Now);
        Assert.Equal(RelayState.Online, session.State);
        return session;
    }

    private sealed class NullSink : IRelaySink
    {
        public int Datagrams { get; private set; }

        public void OnDatagram(byte[] source, int sourceOffset, byte[] buffer, int offset, int count) => Datagrams++;

        public void OnEndpointGone(byte[] id, int offset)
        {
        }

        public void OnStatus(int code)
        {
        }
    }
}
