using System;
using System.Collections.Generic;
using IrohLite.Quic;
using Xunit;

namespace IrohLite.Tests.Quic.Streams;

public class StreamTableTests
{
    [Fact]
    public void A_frame_for_a_high_stream_opens_all_lower_ones_in_order()
    {
        StreamTable table = Server(4);
        Assert.Equal(8, table.ForFrame(8, FrameType.Stream, false).Id);
        List<long> opened = new();
        QuicStream stream;
        while ((stream = table.NextWithEvents()) != null)
        {
            Assert.Equal(QuicStream.EventOpened, stream.Events);
            opened.Add(stream.Id);
            stream.Events = 0;
        }

        Assert.Equal(new long[] { 0, 4, 8 }, opened);
        Assert.False(table.HasEvents);
    }

    [Fact]
    public void The_peers_limit_grows_when_one_of_its_streams_is_over()
    {
        StreamTable table = Server(2);
        QuicStream first = table.ForFrame(0, FrameType.Stream, false);
        table.ForFrame(4, FrameType.Stream, false);
        Assert.Equal(TransportErrorCode.StreamLimitError, Assert.Throws<TransportException>(() => table.ForFrame(8, FrameType.Stream, false)).Code);
        End(first);
        table.Sweep();
        Assert.True(table.MaxStreamsDue);
        Assert.Equal(3, table.GrantedStreams);
        Assert.Null(table.ForFrame(0, FrameType.Stream, false));
        Assert.True(table.WasOpened(0));
        Assert.Equal(8, table.ForFrame(8, FrameType.Stream, false).Id);
        Assert.Equal(2, table.Places);
    }

    [Fact]
    public void Our_own_streams_stop_at_the_peers_limit_and_at_ours()
    {
        StreamTable table = new(true, 4, 3, 100, 100);
        Assert.Equal(StreamId.None, table.OpenLocal());
        Assert.False(table.TakeStreamsAvailable());
        table.SetPeerParameters(2, 10, 10);
        Assert.True(table.TakeStreamsAvailable());
        Assert.False(table.TakeStreamsAvailable());
        Assert.Equal(0, table.OpenLocal());
        Assert.Equal(4, table.OpenLocal());
        Assert.Equal(StreamId.None, table.OpenLocal());
        Assert.True(table.RaisePeerStreamLimit(10));
        Assert.False(table.RaisePeerStreamLimit(9));
        Assert.Equal(8, table.OpenLocal());
        Assert.Equal(StreamId.None, table.OpenLocal());
        End(table.Find(4));
        table.Sweep();
        Assert.True(table.TakeStreamsAvailable());
        Assert.Equal(12, table.OpenLocal());
        Assert.False(table.MaxStreamsDue);
    }

    [Fact]
    public void A_stream_with_events_keeps_its_place_until_they_are_polled()
    {
        StreamTable table = Server(1);
        QuicStream stream = table.ForFrame(0, FrameType.Stream, false);
        End(stream);
        table.Raise(stream, QuicStream.EventReadable);
        table.Sweep();
        Assert.Same(stream, table.Find(0));
        stream.Events = 0;
        table.Sweep();
        Assert.Null(table.Find(0));
    }

    [Theory]
    [InlineData(2, false, 0x4)]
    [InlineData(2, true, 0x5)]
    [InlineData(3, false, 0x5)]
    [InlineData(3, true, 0x5)]
    [InlineData(1, false, 0x5)]
    [InlineData(1, true, 0x5)]
    public void Streams_that_the_peer_must_not_name_have_their_error(long id, bool aboutOurSending, long code)
    {
        StreamTable table = Server(4);
        Assert.Equal(code, Assert.Throws<TransportException>(() => table.ForFrame(id, FrameType.Stream, aboutOurSending)).Code);
    }

    private static StreamTable Server(int maxRemote) => new(false, maxRemote, 4, 100, 100);

    private static void End(QuicStream stream)
    {
        stream.Events = 0;
        FlowControl flow = new(1000, 1000);
        stream.Receive.Receive(0, Array.Empty<byte>(), 0, 0, true, FrameType.Stream, flow);
        stream.Receive.Read(new byte[1], 0, 1, flow);
        stream.Send.Finish();
        stream.Send.OnFrameSent(0, 0, true);
        stream.Send.OnAcked(0, 0, true);
        Assert.True(stream.IsDone);
    }
}
