using System.Collections.Generic;
using IrohLite.Buffers;
using IrohLite.Quic;
using Xunit;

namespace IrohLite.Tests.Quic.Recovery;

public class LossDetectorTests
{
    private readonly Sink _sink = new();
    private readonly LossDetector _loss;
    private readonly SentPacketLog _log = new(64, 64);

    public LossDetectorTests()
    {
        _loss = new LossDetector(_sink) { IsConfirmed = true };
        _loss.SetLog(EncryptionLevel.OneRtt, _log);
    }

    [Fact]
    public void Three_later_acknowledgements_make_a_packet_lost()
    {
        Send(0, 5, 100);
        Ack(150, 1, 2);
        Assert.Empty(_sink.Lost);
        Ack(151, 1, 3);
        Assert.Equal(new long[] { 0 }, _sink.Lost);
        Assert.Equal(new long[] { 2, 1, 3 }, _sink.Acked);
        Assert.Equal(1, _loss.LostPackets);
        Assert.Equal(1200, _loss.Congestion.InFlightBytes);
    }

    [Fact]
    public void A_packet_is_lost_when_a_later_one_is_acknowledged_and_its_time_is_over()
    {
        Send(0, 2, 1000);
        Ack(1080, 1, 1);
        Assert.Empty(_sink.Lost);

        // 9/8 of 80 ms after it was sent.
        Assert.Equal(1090, _loss.NextDeadlineMs());
        Assert.Equal(-1, _loss.OnDeadline(1089));
        Assert.Empty(_sink.Lost);
        _loss.OnDeadline(1090);
        Assert.Equal(new long[] { 0 }, _sink.Lost);
        Assert.Equal(long.MaxValue, _loss.NextDeadlineMs());
    }

    [Fact]
    public void Silence_brings_probes_that_carry_the_oldest_content_and_back_off()
    {
        Send(0, 3, 1000);
        Assert.Equal(1000 + 999 + 25, _loss.NextDeadlineMs());
        Assert.Equal(EncryptionLevel.OneRtt, _loss.OnDeadline(2024));
        Assert.Equal(new long[] { 0, 1 }, _sink.Lost);

        // Not lost: still in flight, still to be acknowledged.
        Assert.Equal(3, _log.Count);
        Assert.Equal(0, _loss.LostPackets);
        Send(3, 1, 2024);
        Assert.Equal(2024 + 2000, _loss.NextDeadlineMs());
        _loss.OnDeadline(4024);
        Send(4, 1, 4024);
        Assert.Equal(4024 + 2000, _loss.NextDeadlineMs());
        Ack(4100, 4, 4);
        Assert.Equal(0, _loss.ProbeCount);
    }

    [Fact]
    public void An_acknowledgement_with_gaps_leaves_the_gaps_in_flight()
    {
        Send(0, 10, 0);
        AckRanges(20, (8, 9), (5, 5), (0, 1));
        Assert.Equal(new long[] { 9, 8, 5, 1, 0 }, _sink.Acked);

        // 2, 3, 4 and 6 are three or more behind the largest, 7 is not.
        Assert.Equal(new long[] { 2, 3, 4, 6 }, _sink.Lost);
        Assert.Equal(1, _log.Count);
    }

    [Fact]
    public void A_second_acknowledgement_of_the_same_packets_does_nothing()
    {
        Send(0, 2, 0);
        Ack(20, 0, 1);
        Ack(500, 0, 1);
        Assert.Equal(2, _sink.Acked.Count);
        Assert.Equal(20, _loss.Rtt.SmoothedMs);
    }

    [Fact]
    public void The_acknowledgement_delay_is_limited_to_what_the_peer_promised()
    {
        Send(0, 1, 0);
        Ack(40, 0, 0);
        Send(1, 1, 100);
        AckFrame frame = Frame((1, 1));
        _loss.OnAck(EncryptionLevel.OneRtt, frame, 60, 200);

        // 100 - 25, not 100 - 60: 7/8 * 40 + 1/8 * 75
        Assert.Equal(44, _loss.Rtt.SmoothedMs);
    }

    [Fact]
    public void Before_confirmation_1_RTT_packets_have_no_probe_timer()
    {
        _loss.IsConfirmed = false;
        Send(0, 1, 0);
        Assert.Equal(long.MaxValue, _loss.NextDeadlineMs());
    }

    [Fact]
    public void A_dialer_probes_with_nothing_in_flight_so_that_the_server_is_not_stuck()
    {
        LossDetector loss = new(_sink) { ProbesWithoutFlight = true, FlightlessLevel = EncryptionLevel.Handshake, FlightlessSinceMs = 500 };
        Assert.Equal(500 + 999, loss.NextDeadlineMs());
        Assert.Equal(EncryptionLevel.Handshake, loss.OnDeadline(1499));
    }

    [Fact]
    public void Discarded_keys_take_their_packets_out_of_flight_without_a_verdict()
    {
        Send(0, 3, 0);
        _loss.Discard(EncryptionLevel.OneRtt);
        Assert.Equal(0, _loss.Congestion.InFlightBytes);
        Assert.Empty(_sink.Lost);
        Assert.Equal(long.MaxValue, _loss.NextDeadlineMs());
    }

    [Fact]
    public void A_full_log_makes_room_for_its_probe()
    {
        Send(0, 64, 0);
        Assert.True(_log.IsFull);
        _loss.OnDeadline(5000);
        Assert.False(_log.IsFull);
        Assert.Equal(1, _loss.LostPackets);
        Assert.Equal(63 * 1200, _loss.Congestion.InFlightBytes);
    }

    [Fact]
    public void Losing_everything_over_a_long_time_is_persistent_congestion()
    {
        Send(0, 1, 0);
        Ack(20, 0, 0);
        for (int i = 1; i <= 10; i++) Send(i, 1, i * 100);
        Ack(1100, 10, 10);
        Assert.Equal(NewReno.MinimumWindowBytes, _loss.Congestion.WindowBytes);
    }

    private void Send(long first, int count, long nowMs)
    {
        for (int i = 0; i < count; i++)
        {
            _log.Commit(first + i, nowMs, 1200, RetransmitFlags.AckEliciting, PacketNumber.None);
            _loss.OnSent(EncryptionLevel.OneRtt, 1200, nowMs);
        }
    }

    private void Ack(long nowMs, long from, long to) => AckRanges(nowMs, (from, to));

    private void AckRanges(long nowMs, params (long From, long To)[] ranges) => _loss.OnAck(EncryptionLevel.OneRtt, Frame(ranges), 0, nowMs);

    private static AckFrame Frame(params (long From, long To)[] ranges)
    {
        RangeSet set = new(32);
        foreach ((long from, long to) in ranges) set.Add(from, to);
        byte[] buffer = new byte[200];
        ByteWriter writer = new(buffer, 0, buffer.Length);
        AckFrame.Write(writer, set, 0, set.Count);
        AckFrame frame = new();
        frame.Read(new ByteReader(buffer, 1, writer.Written - 1), FrameType.Ack);
        return frame;
    }

    private sealed class Sink : IDeliverySink
    {
        public List<long> Acked { get; } = new();

        public List<long> Lost { get; } = new();

        public void OnPacketAcked(int space, SentPacketLog log, int slot) => Acked.Add(log.Number(slot));

        public void OnPacketLost(int space, SentPacketLog log, int slot) => Lost.Add(log.Number(slot));
    }
}
