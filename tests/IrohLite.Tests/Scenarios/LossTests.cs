using IrohLite.Diagnostics;
using IrohLite.Quic;
using IrohLite.Tests.Sim;
using Xunit;

namespace IrohLite.Tests.Scenarios;

/// <summary>Every way to lose the datagrams that matter most, and a bad network in general.</summary>
public class LossTests
{
    private const int First = 10;

    [Fact]
    public void Any_one_of_the_first_ten_datagrams_of_either_side_may_be_lost()
    {
        int ran = 0;
        for (int i = 0; i < First; i++, ran += 2)
        {
            RunMasks(1UL << i, 0);
            RunMasks(0, 1UL << i);
        }

        Assert.Equal(20, ran);
    }

    [Fact]
    public void Any_two_of_the_first_ten_datagrams_of_either_side_may_be_lost()
    {
        int ran = 0;
        for (int i = 0; i < 2 * First; i++)
        {
            for (int j = 0; j < i; j++, ran++)
            {
                ulong both = 1UL << i | 1UL << j;
                RunMasks(both & ((1UL << First) - 1), both >> First);
            }
        }

        Assert.Equal(190, ran);
    }

    [Fact]
    public void The_first_datagrams_of_both_sides_may_be_lost_together()
    {
        // With five and more the probe back-off of both sides reaches the idle timeout of 30 s.
        for (int n = 1; n <= 4; n++) RunMasks((1UL << n) - 1, (1UL << n) - 1);
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.2)]
    public void Random_loss_only_slows_an_echo_down(double rate)
    {
        for (ulong seed = 1; seed <= 30; seed++)
        {
            Pair pair = new(seed);
            pair.ToServer.LossRate = rate;
            pair.ToClient.LossRate = rate;
            Echoes.RunAll(pair, 3000, "loss " + rate + " seed " + seed, 300_000);
        }
    }

    [Fact]
    public void Reordering_and_duplication_change_nothing()
    {
        for (ulong seed = 1; seed <= 30; seed++)
        {
            Pair pair = new(seed);
            pair.ToServer.ReorderRate = pair.ToClient.ReorderRate = 0.3;
            pair.ToServer.DuplicateRate = pair.ToClient.DuplicateRate = 0.3;
            Echoes.RunAll(pair, 20_000, "reorder seed " + seed);
        }
    }

    [Fact]
    public void Every_datagram_twice_changes_nothing()
    {
        Pair pair = new();
        pair.ToServer.DuplicateRate = pair.ToClient.DuplicateRate = 1;
        Echoes.RunAll(pair, 20_000, "duplicates");
        Assert.True(pair.Server.Demux.Drops.Get(DropReason.Duplicate) > 10);
    }

    [Theory]
    [InlineData(1UL)]
    [InlineData(2UL)]
    [InlineData(3UL)]
    public void A_mebibyte_comes_back_under_five_percent_loss_each_way(ulong seed)
    {
        Pair pair = new(seed, QuicConfig.Desktop(), QuicConfig.Desktop());
        pair.ToServer.LossRate = pair.ToClient.LossRate = 0.05;
        Echoes.RunAll(pair, 1 << 20, "1 MiB seed " + seed, 600_000);
        Assert.True(pair.Dialed.PacketsLost > 10);
    }

    [Fact]
    public void A_mebibyte_comes_back_through_the_windows_of_a_device_under_loss()
    {
        Pair pair = new(5);
        pair.ToServer.LossRate = pair.ToClient.LossRate = 0.05;
        Echoes.RunAll(pair, 1 << 20, "1 MiB device", 900_000);
    }

    [Fact]
    public void A_receive_box_of_six_datagrams_is_enough()
    {
        Pair pair = new(9, QuicConfig.Desktop(), QuicConfig.Device());
        pair.ToServer.BoxSlots = 6;
        pair.ToClient.BoxSlots = 6;
        Echoes.RunAll(pair, 300_000, "box", 300_000);
    }

    private static void RunMasks(ulong toServer, ulong toClient)
    {
        Pair pair = new(11);
        pair.ToServer.LossMask = toServer;
        pair.ToClient.LossMask = toClient;
        Echoes.RunAll(pair, 13, "masks " + toServer.ToString("x") + " " + toClient.ToString("x"));
    }
}
