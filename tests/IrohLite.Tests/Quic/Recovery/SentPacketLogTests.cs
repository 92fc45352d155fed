using System.Collections.Generic;
using IrohLite.Quic;
using IrohLite.Tests.Sim;
using Xunit;

namespace IrohLite.Tests.Quic.Recovery;

public class SentPacketLogTests
{
    [Theory]
    [InlineData(16, 32)]
    [InlineData(200, 400)]
    [InlineData(500, 300)]
    public void Packets_keep_their_records_in_any_order_of_leaving(int packets, int records0)
    {
        SimRandom random = new(5);
        SentPacketLog log = new(packets, records0);
        List<(long Number, int Records)> model = new();
        long number = 0;
        int committed = 0;
        for (int step = 0; step < 20_000; step++)
        {
            if (!log.IsFull && log.FreeRecords >= 3 && random.Below(step < 5000 ? 4 : 8) < (step < 5000 ? 3 : 4))
            {
                int records = random.Below(4);
                for (int i = 0; i < records; i++) log.Stage(SentRecord.Stream, number, i, i * 10);
                Assert.Equal(records, log.StagedRecords);
                log.Commit(number, number * 2, 1200, RetransmitFlags.AckEliciting, number - 1);
                model.Add((number, records));
                number += 1 + random.Below(2);
                committed++;
            }
            else if (model.Count > 0)
            {
                (long gone, int records) = model[random.Below(model.Count)];
                int slot = log.Slot(log.PlaceAfter(gone) - 1);
                Assert.Equal(gone, log.Number(slot));
                Assert.Equal(gone * 2, log.SentMs(slot));
                Assert.Equal(gone - 1, log.LargestAckSent(slot));
                Assert.Equal(records, log.RecordCount(slot));
                for (int i = 0; i < records; i++)
                {
                    int record = log.Record(slot, i);
                    Assert.Equal(gone, log.RecordId(record));
                    Assert.Equal(i, log.RecordOffset(record));
                    Assert.Equal(i * 10, log.RecordLength(record));
                }

                log.Remove(slot);
                model.RemoveAll(m => m.Number == gone);
            }

            Assert.Equal(model.Count, log.Count);
        }

        Assert.True(committed > 3000);
    }

    [Fact]
    public void A_full_log_refuses()
    {
        SentPacketLog log = new(2, 1);
        log.Commit(0, 0, 1, 1, -1);
        log.Stage(SentRecord.Crypto, 0, 0, 1);
        Assert.Throws<System.InvalidOperationException>(() => log.Stage(SentRecord.Crypto, 0, 0, 1));
        log.Commit(1, 0, 1, 1, -1);
        Assert.True(log.IsFull);
        Assert.Throws<System.InvalidOperationException>(() => log.Commit(2, 0, 1, 1, -1));
        Assert.Equal(0, log.FreeRecords);
        log.Remove(log.Slot(0));
        log.Remove(log.Slot(0));
        Assert.Equal(1, log.FreeRecords);
        Assert.Equal(0, log.Span);
    }

    [Fact]
    public void The_place_after_a_number_skips_what_left()
    {
        SentPacketLog log = new(8, 8);
        for (int i = 0; i < 6; i++) log.Commit(i * 2, 0, 1, 1, -1);
        log.Remove(log.Slot(3));
        Assert.Equal(3, log.PlaceAfter(6));
        Assert.Equal(3, log.PlaceAfter(5));
        Assert.Equal(6, log.PlaceAfter(100));
        Assert.Equal(0, log.PlaceAfter(-1));
        Assert.Equal(1, log.PlaceAfter(0));
    }
}
