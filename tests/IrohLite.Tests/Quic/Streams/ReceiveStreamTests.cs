using IrohLite.Quic;
using Xunit;

namespace IrohLite.Tests.Quic.Streams;

public class ReceiveStreamTests
{
    private readonly FlowControl _flow = new(1000, 1000);
    private readonly ReceiveStream _stream = new(100);
    private readonly byte[] _bytes = new byte[200];

    public ReceiveStreamTests() => _stream.Open();

    [Fact]
    public void The_highest_offset_counts_for_the_connection_and_not_the_bytes()
    {
        Receive(50, 10);
        Assert.Equal(60, _flow.Received);
        Receive(0, 60);
        Assert.Equal(60, _flow.Received);
        Assert.Equal(60, _stream.Highest);
    }

    [Fact]
    public void Reading_half_of_the_window_renews_the_grant_unless_the_size_is_known()
    {
        Receive(0, 100);
        Assert.Equal(49, Read(49));
        Assert.False(_stream.MaxStreamDataDue);
        Assert.Equal(1, Read(1));
        Assert.True(_stream.MaxStreamDataDue);
        Assert.Equal(150, _stream.Granted);
        _stream.OnMaxStreamDataSent();
        Receive(100, 50, true);
        Assert.Equal(100, Read(200));
        Assert.False(_stream.MaxStreamDataDue);
        Assert.Equal(ReadResult.End, Read(1));
        Assert.True(_stream.IsDone);
    }

    [Fact]
    public void Limits_and_final_sizes_are_enforced()
    {
        Assert.Equal(TransportErrorCode.FlowControlError, Throws(() => Receive(90, 11)));
        Receive(0, 10);
        Assert.Equal(TransportErrorCode.FinalSizeError, Throws(() => Receive(0, 5, true)));
        Receive(10, 10, true);
        Assert.Equal(TransportErrorCode.FinalSizeError, Throws(() => Receive(20, 1)));
        Assert.Equal(TransportErrorCode.FinalSizeError, Throws(() => Receive(15, 4, true)));
        Receive(10, 10, true);
        Assert.Equal(TransportErrorCode.FinalSizeError, Throws(() => _stream.ReceiveReset(1, 19, _flow)));
        _stream.ReceiveReset(1, 20, _flow);

        // All data was there already: the reset comes too late to matter (RFC 9000 section 3.2).
        Assert.False(_stream.IsReset);
        Assert.Equal(20, Read(100));
    }

    [Fact]
    public void The_connections_window_holds_also_where_the_streams_does_not()
    {
        FlowControl narrow = new(30, 30);
        Assert.Equal(TransportErrorCode.FlowControlError,
            Throws(() => _stream.Receive(0, _bytes, 0, 31, false, FrameType.Stream, narrow)));
        Assert.Equal(TransportErrorCode.FlowControlError, Throws(() => _stream.ReceiveReset(0, 31, narrow)));
    }

    [Fact]
    public void A_reset_gives_unread_bytes_back_to_the_connection()
    {
        Receive(0, 40);
        Assert.Equal(10, Read(10));
        _stream.ReceiveReset(9, 80, _flow);
        Assert.Equal(80, _flow.Received);
        Assert.Equal(80, _flow.Consumed);
        Assert.Equal(ReadResult.Reset, Read(10));
        Assert.Equal(9, _stream.ResetCode);
        Assert.True(_stream.IsDone);
        Receive(40, 10);
        Assert.Equal(80, _flow.Received);
    }

    [Fact]
    public void After_a_stop_nothing_is_stored_and_everything_counts_as_consumed()
    {
        Receive(0, 40);
        _stream.Stop(3, _flow);
        Assert.True(_stream.StopDue);
        Assert.Equal(40, _flow.Consumed);
        Receive(40, 20);
        Assert.Equal(60, _flow.Consumed);
        Assert.False(_stream.IsDone);
        Receive(60, 0, true);
        Assert.True(_stream.IsDone);
        Assert.Equal(60, _flow.Received);
    }

    [Fact]
    public void A_stop_after_a_reset_nobody_read_ends_the_stream()
    {
        Receive(0, 40);
        _stream.ReceiveReset(9, 50, _flow);
        Assert.False(_stream.IsDone);
        _stream.Stop(3, _flow);
        Assert.True(_stream.IsDone);
        Assert.False(_stream.StopDue);
        Assert.Equal(50, _flow.Consumed);
    }

    [Fact]
    public void Losing_a_grant_or_a_stop_makes_it_due_again_only_while_it_matters()
    {
        _stream.OnMaxStreamDataLost();
        Assert.True(_stream.MaxStreamDataDue);
        _stream.OnMaxStreamDataSent();
        _stream.Stop(1, _flow);
        _stream.OnStopSent();
        _stream.OnStopLost();
        Assert.True(_stream.StopDue);
        _stream.OnMaxStreamDataLost();
        Assert.False(_stream.MaxStreamDataDue);
        _stream.ReceiveReset(0, 0, _flow);
        _stream.OnStopLost();
        Assert.False(_stream.StopDue);
    }

    private void Receive(long offset, int count, bool end = false) =>
        Assert.True(_stream.Receive(offset, _bytes, 0, count, end, FrameType.Stream, _flow));

    private int Read(int count) => _stream.Read(_bytes, 0, count, _flow);

    private static long Throws(System.Action action) => Assert.Throws<TransportException>(action).Code;
}
