using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Xunit;

namespace IrohLite.Tests.House;

/// <summary>The device's partition table: stock places are kept, nothing overlaps, and all of the 4 MB is accounted for.</summary>
public class PartitionTableTests
{
    private const int FlashSizeBytes = 0x400000;

    private sealed record Partition(string Name, string Type, string SubType, int Offset, int Size);

    [Fact]
    public void Stock_partitions_stay_where_the_tools_of_nanoFramework_expect_them()
    {
        Dictionary<string, Partition> table = Table().ToDictionary(p => p.Name);

        Assert.Equal(new Partition("nvs", "data", "nvs", 0x9000, 0x6000), table["nvs"]);
        Assert.Equal(new Partition("phy_init", "data", "phy", 0xF000, 0x1000), table["phy_init"]);
        Assert.Equal(new Partition("factory", "app", "factory", 0x10000, 0x1D0000), table["factory"]);
        Assert.Equal(new Partition("config", "data", "littlefs", 0x3C0000, 0x40000), table["config"]);
        Assert.Equal(("data", "0x84", 0x1E0000), (table["deploy"].Type, table["deploy"].SubType, table["deploy"].Offset));
    }

    [Fact]
    public void Partitions_follow_each_other_without_gap_or_overlap_to_the_end_of_the_flash()
    {
        List<Partition> table = Table();
        for (int i = 1; i < table.Count; i++) Assert.Equal(table[i - 1].Offset + table[i - 1].Size, table[i].Offset);
        Assert.Equal(FlashSizeBytes, table[^1].Offset + table[^1].Size);
        Assert.All(table, p => Assert.True(p.Offset % 0x1000 == 0 && p.Size % 0x1000 == 0, p.Name + " does not start or end with a sector"));
    }

    [Fact]
    public void The_stage_area_holds_as_much_as_the_application_and_starts_with_a_page_of_the_flash_cache()
    {
        Dictionary<string, Partition> table = Table().ToDictionary(p => p.Name);
        Assert.Equal(table["deploy"].Size, table["stage"].Size);
        Assert.Equal(0, table["deploy"].Offset % 0x10000);
        Assert.Equal(0, table["stage"].Offset % 0x10000);
    }

    private static List<Partition> Table() =>
        File.ReadAllLines(Path.Combine(Vectors.RepositoryRoot, "native/esp32/partitions_irohlite_4mb.csv"))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split(',').Select(cell => cell.Trim()).ToArray())
            .Select(cells => new Partition(cells[0], cells[1], cells[2], Number(cells[3]), Number(cells[4])))
            .ToList();

    private static int Number(string text) => int.Parse(text.Substring(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
