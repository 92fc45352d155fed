using System;
using IrohLite.Quic;
using Xunit;

namespace IrohLite.Tests.Quic.Streams;

public class SendStreamTests
{
    [Fact]
    public void The_end_goes_alone_when_every_byte_is_out_and_comes_again_when_lost()
    {
        SendStream stream = Open(100);
        stream.Write(new byte[10], 0, 10);
        stream.OnFrameSent(0, 10, false);
        Assert.False(stream.HasFrame(100));
        stream.Finish();
        Assert.True(stream.HasFrame(0));
        Assert.True(stream.EndsAt(10));
        stream.OnFrameSent(10, 0, true);
        Assert.False(stream.HasFrame(100));
        stream.OnLost(10, 0, true);
        Assert.True(stream.HasFrame(0));
        stream.OnFrameSent(10, 0, true);
        stream.OnAcked(10, 0, true);
        Assert.False(stream.IsDone);
        stream.OnAcked(0, 10, false);
        Assert.True(stream.IsDone);
        Assert.True(stream.IsDelivered);
    }

    [Fact]
    public void New_bytes_need_credit_of_stream_and_connection()
    {
        SendStream stream = Open(5);
        stream.Write(new byte[10], 0, 10);
        Assert.False(stream.HasFrame(0));
        Assert.Equal(3, stream.NextLength(3));
        Assert.Equal(5, stream.NextLength(100));
        stream.OnFrameSent(0, 5, false);
        Assert.False(stream.HasFrame(100));
        Assert.True(stream.RaisePeerLimit(8));
        Assert.False(stream.RaisePeerLimit(7));
        Assert.True(stream.HasFrame(100));
    }

    [Fact]
    public void A_reset_replaces_everything_until_it_is_acknowledged()
    {
        SendStream stream = Open(100);
        stream.Write(new byte[10], 0, 10);
        stream.OnFrameSent(0, 10, false);
        stream.Reset(7);
        Assert.True(stream.ResetDue);
        Assert.False(stream.HasFrame(100));
        stream.OnResetSent();
        stream.OnLost(0, 10, false);
        Assert.False(stream.HasFrame(100));
        stream.OnResetLost();
        Assert.True(stream.ResetDue);
        stream.OnResetSent();
        stream.OnResetAcked();
        Assert.True(stream.IsDone);
        Assert.False(stream.IsDelivered);
        stream.OnResetLost();
        Assert.False(stream.ResetDue);
    }

    [Fact]
    public void Writing_after_the_end_or_a_reset_is_a_mistake()
    {
        SendStream stream = Open(100);
        stream.Finish();
        stream.Finish();
        Assert.Throws<InvalidOperationException>(() => stream.Write(new byte[1], 0, 1));
        stream = Open(100);
        stream.Reset(1);
        Assert.Throws<InvalidOperationException>(() => stream.Write(new byte[1], 0, 1));
    }

    [Fact]
    public void A_place_used_again_remembers_nothing()
    {
        SendStream stream = Open(100);
        stream.Write(new byte[50], 0, 50);
        stream.Reset(3);
        stream.Open(200);
        Assert.False(stream.IsReset);
        Assert.False(stream.ResetDue);
        Assert.Equal(64, stream.Buffer.Free);
        Assert.Equal(200, stream.PeerLimit);
    }

    private static SendStream Open(long limit)
    {
        SendStream stream = new(64);
        stream.Open(limit);
        return stream;
    }
}
