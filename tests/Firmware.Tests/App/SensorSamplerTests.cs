using IrohLite.Firmware;
using IrohLite.Firmware.Hardware;
using Xunit;

namespace Firmware.Tests.App;

public class SensorSamplerTests
{
    [Fact]
    public void Age_and_quality_tell_the_truth_about_the_last_good_reading()
    {
        FakeSensor sensor = new() { Fault = SensorFault.Checksum };
        SensorChannel channel = new(sensor);
        channel.Sample(1000);
        Assert.Equal((ReadingQuality.None, long.MaxValue), (channel.QualityAt(1000), channel.AgeMs(1000)));
        sensor.Fault = SensorFault.None;
        channel.Sample(3000);
        Assert.Equal((ReadingQuality.Fresh, 0L), (channel.QualityAt(3000), channel.AgeMs(3000)));
        sensor.Fault = SensorFault.LostEdge;
        channel.Sample(5000);
        Assert.Equal((ReadingQuality.Aging, 2000L), (channel.QualityAt(5000), channel.AgeMs(5000)));
        Assert.Equal(ReadingQuality.Stale, channel.QualityAt(3001 + SensorChannel.StaleAfterMs));
        Assert.False(channel.IsUsable(3001 + SensorChannel.StaleAfterMs));
        Assert.Equal((1L, 2L), (channel.GoodCount, channel.FaultCount));
    }

    [Fact]
    public void A_fresh_reading_that_was_never_followed_by_another_turns_stale_too()
    {
        SensorChannel channel = new(new FakeSensor());
        channel.Sample(0);
        Assert.Equal(ReadingQuality.Stale, channel.QualityAt(SensorChannel.StaleAfterMs + 1));
    }

    [Fact]
    public void The_log_keeps_the_newest_1440_records_with_rising_ids()
    {
        SampleLog log = new();
        ClimateReading reading = new();
        SampleRecord record = new();
        for (int i = 0; i < 5000; i++)
        {
            reading.SetGood(i % 1201 - 400, i % 1001, 0);
            log.Append(1_750_000_000L + i, reading, i % 2 == 0 ? reading : null, i % 3 == 0);
        }

        Assert.Equal((5000L, 3560L), (log.NextId, log.OldestId));
        Assert.False(log.TryGet(3559, record));
        Assert.False(log.TryGet(5000, record));
        Assert.False(log.TryGet(-1, record));
        for (long id = 3560; id < 5000; id++)
        {
            Assert.True(log.TryGet(id, record));
            Assert.Equal((id, 1_750_000_000L + id, true, id % 2 == 0, id % 3 == 0),
                (record.Id, record.UnixSeconds, record.HasInside, record.HasOutside, record.FanOn));
            Assert.Equal((int)(id % 1201 - 400), record.InsideTemperatureTenths);
        }
    }

    [Fact]
    public void A_late_cycle_does_not_burst_and_a_failed_sensor_is_recorded_as_absent()
    {
        FakeSensor inside = new();
        SensorChannel insideChannel = new(inside), outsideChannel = new(null);
        FanController fan = new(new PowerSwitch(new FakePin(), true), FanMode.Threshold, 0, 0);
        SensorSampler sampler = new(insideChannel, outsideChannel, fan, 2000, 1, 0);
        Assert.False(sampler.RunIfDue(1999, 0));
        Assert.True(sampler.RunIfDue(2000, 7));
        Assert.True(sampler.RunIfDue(60_000, 8));
        Assert.False(sampler.RunIfDue(61_999, 9));
        inside.Fault = SensorFault.Noise;
        Assert.True(sampler.RunIfDue(62_000, 9));
        SampleRecord record = new();
        Assert.Equal(3, sampler.Log.NextId);
        Assert.True(sampler.Log.TryGet(2, record));
        Assert.Equal((9L, false, false), (record.UnixSeconds, record.HasInside, record.HasOutside));
    }
}
