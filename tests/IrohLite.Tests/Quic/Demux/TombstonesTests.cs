using IrohLite.Quic;
using Xunit;

namespace IrohLite.Tests.Quic.Demux;

public class TombstonesTests
{
    [Fact]
    public void An_end_is_remembered_for_its_time_and_the_oldest_makes_room()
    {
        Tombstones tombstones = new();
        tombstones.Add(1, 1000);
        Assert.True(tombstones.Contains(1, 1000 + Limits.TombstoneMs - 1));
        Assert.False(tombstones.Contains(1, 1000 + Limits.TombstoneMs));
        Assert.False(tombstones.Contains(2, 1000));
        for (int i = 0; i < 2 * Limits.Tombstones; i++) tombstones.Add(100 + i, 1000);
        Assert.False(tombstones.Contains(1, 1001));
        Assert.True(tombstones.Contains(100, 1001));
    }
}
