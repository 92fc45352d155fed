using System;
using System.Text;
using IrohLite.Firmware.Config;
using Xunit;

namespace Firmware.Tests.Config;

public class KeyStoreTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_key_is_made_once_and_found_at_every_later_boot(bool withNvs)
    {
        SimulatedFlash flash = new();
        SimulatedNvs nvs = withNvs ? new SimulatedNvs() : null;
        CountingRandom random = new();
        Assert.Equal((KeyOrigin.Generated, 1), Boot(nvs, flash, random));
        long steps = flash.Steps;
        for (int i = 0; i < 5; i++) Assert.Equal((KeyOrigin.Stored, 1), Boot(nvs, flash, random));
        Assert.Equal(steps, flash.Steps);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_power_cut_at_any_moment_of_the_first_boot_loses_no_key_that_was_announced(bool rubbish)
    {
        SimulatedFlash whole = new();
        Boot(null, whole, new CountingRandom());
        for (long cut = 0; cut < whole.Steps; cut++)
        {
            SimulatedFlash flash = new() { StepsUntilCut = cut, CutLeavesRubbish = rubbish };
            CountingRandom random = new();
            Assert.Throws<PowerCutException>(() => Boot(null, flash, random));
            flash.StepsUntilCut = -1;
            (int origin, int key) = Boot(null, flash, random);
            Assert.True(origin is KeyOrigin.Generated or KeyOrigin.Stored, $"cut at step {cut}: origin {origin}");
            Assert.Equal((KeyOrigin.Stored, key), Boot(null, flash, random));
        }
    }

    [Fact]
    public void One_damaged_slot_is_healed_from_the_other()
    {
        SimulatedFlash flash = new();
        CountingRandom random = new();
        Boot(null, flash, random);
        flash.Corrupt("key.a", 20);
        Assert.Equal((KeyOrigin.Stored, 1), Boot(null, flash, random));
        flash.Corrupt("key.b", 20);
        Assert.Equal((KeyOrigin.Stored, 1), Boot(null, flash, random));
    }

    [Fact]
    public void A_formatted_partition_is_restored_from_nvs()
    {
        SimulatedFlash flash = new();
        SimulatedNvs nvs = new();
        CountingRandom random = new();
        Boot(nvs, flash, random);
        flash.Format();
        Assert.Equal((KeyOrigin.Stored, 1), Boot(nvs, flash, random));
        Assert.Equal((KeyOrigin.Stored, 1), Boot(null, flash, random));
    }

    [Fact]
    public void A_lost_key_is_announced_as_replaced()
    {
        SimulatedFlash flash = new();
        CountingRandom random = new();
        Boot(null, flash, random);
        flash.Corrupt("key.a", 20);
        flash.Corrupt("key.b", 20);
        Assert.Equal((KeyOrigin.Replaced, 2), Boot(null, flash, random));
        Assert.Equal((KeyOrigin.Stored, 2), Boot(null, flash, random));
    }

    [Fact]
    public void A_flash_that_refuses_is_said_so()
    {
        Assert.Equal((KeyOrigin.Unsaved, 1), Boot(null, new SimulatedFlash { Refuses = true }, new CountingRandom()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_settings_record_holds_the_old_or_the_new_content_after_any_cut(bool rubbish)
    {
        byte[] old = Encoding.UTF8.GetBytes("threshold=25.0"), changed = Encoding.UTF8.GetBytes("threshold=26.5;x"), read = new byte[64];
        for (long cut = 0; ; cut++)
        {
            SimulatedFlash flash = new() { CutLeavesRubbish = rubbish };
            SlotRecord record = new(flash, "settings");
            for (int i = 0; i < 3; i++) Assert.True(record.Write(old, old.Length));
            flash.StepsUntilCut = cut;
            bool finished = true;
            try
            {
                Assert.True(record.Write(changed, changed.Length));
            }
            catch (PowerCutException)
            {
                finished = false;
            }

            flash.StepsUntilCut = -1;
            int length = new SlotRecord(flash, "settings").Read(read, read.Length);
            string text = Encoding.UTF8.GetString(read, 0, Math.Max(0, length));
            if (finished)
            {
                Assert.Equal("threshold=26.5;x", text);
                Assert.True(cut > changed.Length);
                return;
            }

            Assert.Equal("threshold=25.0", text);
        }
    }

    [Fact]
    public void Crc32_gives_the_published_check_value() =>
        Assert.Equal(0xcbf43926L, Crc32.Of(Encoding.ASCII.GetBytes("123456789"), 0, 9));

    private static (int Origin, int Key) Boot(IBlobStore nvs, ISlotStorage flash, CountingRandom random)
    {
        byte[] key = new byte[KeyStore.KeyBytes];
        int origin = new KeyStore(nvs, flash).LoadOrCreate(key, random);
        Assert.All(key, b => Assert.Equal(key[0], b));
        return (origin, key[0]);
    }
}
