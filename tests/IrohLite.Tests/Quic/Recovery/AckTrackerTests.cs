using IrohLite.Quic;
using Xunit;

namespace IrohLite.Tests.Quic.Recovery;

public class AckTrackerTests
{
    [Fact]
    public void Every_second_packet_is_acknowledged_at_once_and_a_single_one_after_25_ms()
    {
        AckTracker acks = new(32, true);
        acks.OnReceived(0, true, 100);
        Assert.False(acks.IsDue(100));
        Assert.Equal(125, acks.AckDeadlineMs);
        Assert.True(acks.IsDue(125));
        acks.OnReceived(1, true, 101);
        Assert.True(acks.IsDue(101));
        acks.OnAckSent();
        Assert.False(acks.IsDue(10_000));
        Assert.False(acks.IsOwed);
    }

    [Fact]
    public void Packets_that_need_no_acknowledgement_make_none_due()
    {
        AckTracker acks = new(32, true);
        for (int i = 0; i < 10; i++) acks.OnReceived(i, false, i);
        Assert.False(acks.IsDue(1000));
        Assert.Equal(long.MaxValue, acks.AckDeadlineMs);
        Assert.Equal(9, acks.Largest);
    }

    [Fact]
    public void A_gap_is_reported_at_once()
    {
        AckTracker acks = new(32, true);
        acks.OnReceived(0, false, 0);
        acks.OnReceived(2, true, 0);
        Assert.True(acks.IsDue(0));
        acks.OnAckSent();
        acks.OnReceived(1, true, 0);
        Assert.True(acks.IsDue(0));
    }

    [Fact]
    public void Handshake_packets_are_acknowledged_at_once()
    {
        AckTracker acks = new(8, false);
        acks.OnReceived(0, true, 0);
        Assert.True(acks.IsDue(0));
    }

    [Fact]
    public void No_number_is_taken_twice_even_when_its_range_was_forgotten()
    {
        AckTracker acks = new(4, true);
        for (int i = 0; i < 40; i += 2) acks.OnReceived(i, true, i);
        Assert.Equal(4, acks.Received.Count);
        for (int i = 0; i < 40; i += 2) Assert.True(acks.IsDuplicate(i));

        // Left of the window everything counts as seen; right of it only what came.
        Assert.True(acks.IsDuplicate(1));
        Assert.False(acks.IsDuplicate(35));
        Assert.False(acks.IsDuplicate(40));
    }

    [Fact]
    public void What_the_peer_knows_to_be_acknowledged_is_left_out()
    {
        AckTracker acks = new(32, true);
        foreach (int number in new[] { 0, 1, 3, 5, 6, 9 }) acks.OnReceived(number, true, 0);
        acks.OnAckAcked(5);
        Assert.Equal(2, acks.Received.Count);
        Assert.Equal(6, acks.Received.Start(0));
        Assert.True(acks.IsDuplicate(2));
        Assert.False(acks.IsDuplicate(7));
        acks.OnAckAcked(9);
        Assert.Equal(9, acks.Received.Largest);
        Assert.Equal(1, acks.Received.Count);
    }
}
