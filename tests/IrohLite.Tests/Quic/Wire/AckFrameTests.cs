using System;
using System.Linq;
using IrohLite.Buffers;
using IrohLite.Quic;
using Xunit;

namespace IrohLite.Tests.Quic.Wire;

public class AckFrameTests
{
    private readonly AckFrame _frame = new();

    private static byte[] Write(RangeSet set, long delay, int ranges)
    {
        byte[] buffer = new byte[2000];
        ByteWriter writer = new(buffer, 0, buffer.Length);
        AckFrame.Write(writer, set, delay, ranges);
        return buffer.AsSpan(0, writer.Written).ToArray();
    }

    private void Read(byte[] frame)
    {
        ByteReader reader = Expectations.Reader(frame);
        _frame.Read(reader, FrameRules.ReadType(reader));
        Assert.Equal(0, reader.Remaining);
    }

    [Fact]
    public void Ranges_are_read_newest_first()
    {
        Read(Expectations.Hex("02 14 0a 02 02 00 01 03 00")); // 18-20, gap of 1, 15-16, gap of 4, 10

        Assert.Equal((20, 10, 3), (_frame.LargestAcked, _frame.EncodedDelay, _frame.RangeCount));
        Assert.Equal(new long[] { 18, 15, 10 }, Enumerable.Range(0, 3).Select(_frame.Smallest));
        Assert.Equal(new long[] { 20, 16, 10 }, Enumerable.Range(0, 3).Select(_frame.Largest));
        Assert.False(_frame.HasEcnCounts);
    }

    [Fact]
    public void ECN_counts_are_read_and_forgotten_by_the_next_frame()
    {
        Read(Expectations.Hex("03 05 00 00 05 07 40 80 00"));
        Assert.True(_frame.HasEcnCounts);
        Assert.Equal((7, 128, 0), (_frame.Ect0Count, _frame.Ect1Count, _frame.CongestionCount));

        Read(Expectations.Hex("02 05 00 00 05"));
        Assert.False(_frame.HasEcnCounts);
        Assert.Equal(1, _frame.RangeCount);
    }

    [Theory]
    [InlineData("02 05 00 00 06")] // first range beyond 0
    [InlineData("02 05 00 01 05 00 00")] // gap below 0
    [InlineData("02 05 00 01 00 03 01")] // second range one below 0
    [InlineData("02 05 00 01 00 ffffffffffffffff ffffffffffffffff")]
    [InlineData("02 00 00 00 ffffffffffffffff")]
    [InlineData("03 05 00 00 06 00 00 00")]
    public void Ranges_below_packet_number_0_are_a_frame_encoding_error(string frame) =>
        Expectations.Closes(TransportErrorCode.FrameEncodingError, Expectations.Hex(frame)[0], () => Read(Expectations.Hex(frame)));

    [Theory]
    [InlineData("02 14 0a 02 02 00 01 03 00")]
    [InlineData("03 7bbd 4001 01 00 00 00 4007 02 03")]
    public void Every_truncation_is_a_frame_encoding_error(string frame)
    {
        byte[] bytes = Expectations.Hex(frame);
        Read(bytes);
        for (int length = 1; length < bytes.Length; length++)
            Expectations.Closes(TransportErrorCode.FrameEncodingError, bytes[0], () => Read(bytes.AsSpan(0, length).ToArray()));
    }

    [Fact]
    public void A_huge_range_count_ends_with_the_payload() =>
        Expectations.Closes(TransportErrorCode.FrameEncodingError, 2, () => Read(Expectations.Hex("02 ffffffffffffffff 00 ffffffffffffffff 00 00 00")));

    [Fact]
    public void Ranges_beyond_the_capacity_are_checked_and_left_out()
    {
        RangeSet set = new(100);
        for (int i = 0; i < 100; i++) set.Add(3 * i, 3 * i + 1);
        byte[] frame = Write(set, 0, 100);
        Read(frame);

        Assert.Equal(AckFrame.DefaultCapacity, _frame.RangeCount);
        Assert.Equal(3 * 99, _frame.Smallest(0));
        Assert.Equal(3 * 36 + 1, _frame.Largest(63));

        frame[^1] = 2; // the last range now starts below 0
        Expectations.Closes(TransportErrorCode.FrameEncodingError, 2, () => Read(frame));
    }

    [Fact]
    public void What_is_written_reads_back_and_fits_where_it_was_said_to_fit()
    {
        Random random = new(3);
        for (int round = 0; round < 300; round++)
        {
            RangeSet set = new(80);
            long at = random.NextInt64(1L << random.Next(1, 58));
            int ranges = random.Next(1, 81);
            for (int i = 0; i < ranges; i++)
            {
                long to = at + random.NextInt64(1L << random.Next(1, 20));
                set.Add(at, to);
                at = to + 2 + random.NextInt64(1L << random.Next(1, 20));
            }
            long delay = random.Next(1 << random.Next(1, 30));
            int capacity = random.Next(2, 400);
            int fit = AckFrame.RangesThatFit(set, delay, capacity, 70);
            if (fit > 0)
            {
                byte[] frame = Write(set, delay, fit);
                Assert.InRange(frame.Length, 5, capacity);
                Read(frame);
                Assert.Equal((set.Largest, delay, Math.Min(fit, 64)), (_frame.LargestAcked, _frame.EncodedDelay, _frame.RangeCount));
                for (int i = 0; i < _frame.RangeCount; i++)
                    Assert.Equal((set.Start(ranges - 1 - i), set.EndInclusive(ranges - 1 - i)), (_frame.Smallest(i), _frame.Largest(i)));
            }
            // One more range would not have fitted: the count is the best possible.
            if (fit < Math.Min(ranges, 70)) Assert.True(Write(set, delay, fit + 1).Length > capacity);
        }
    }

    [Fact]
    public void An_empty_set_fits_no_frame() => Assert.Equal(0, AckFrame.RangesThatFit(new RangeSet(4), 0, 1000, 32));
}
