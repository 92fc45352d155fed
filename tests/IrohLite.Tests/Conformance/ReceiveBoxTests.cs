using System.Collections.Generic;
using IrohLite.Quic;
using IrohLite.Tests.Scenarios;
using IrohLite.Tests.Sim;
using Xunit;

namespace IrohLite.Tests.Conformance;

/// <summary>
/// A device's network stack keeps six datagrams until they are read. The window that a device on UDP grants to a stream does not let a
/// peer overrun it, however slowly the box is emptied.
/// </summary>
public class ReceiveBoxTests
{
    private const int Slots = 6;
    private const int Size = 200_000;

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(20)]
    [InlineData(50)]
    [InlineData(100)]
    public void A_peer_with_large_windows_never_overruns_the_box(int readEveryMs)
    {
        for (ulong seed = 1; seed <= 5; seed++)
        {
            Pair accepting = new(seed, QuicConfig.Desktop(), QuicConfig.DeviceOnUdp());
            Squeeze(accepting.ToServer, readEveryMs);
            Echoes.RunAll(accepting, Size, "accepting, seed " + seed, 300_000);
            Assert.Equal(0, accepting.ToServer.LostCount);

            Pair dialing = new(seed, QuicConfig.DeviceOnUdp(), QuicConfig.Desktop());
            Squeeze(dialing.ToClient, readEveryMs);
            Echoes.RunAll(dialing, Size, "dialing, seed " + seed, 300_000);
            Assert.Equal(0, dialing.ToClient.LostCount);
        }
    }

    [Fact]
    public void Four_streams_at_once_may_overrun_the_box_but_lose_little_and_recover()
    {
        Pair pair = new(3, QuicConfig.Desktop(), QuicConfig.DeviceOnUdp());
        Squeeze(pair.ToServer, 20);
        pair.Connect();
        _ = new EchoServer(pair.Server);
        List<EchoClient> echoes = [];
        for (int i = 0; i < 4; i++) echoes.Add(new EchoClient(pair.Dialed, Size / 4));
        pair.Client.OnEvent = _ => echoes.ForEach(e => e.Pump());
        echoes.ForEach(e => e.Pump());
        Assert.True(pair.Run(() => echoes.TrueForAll(e => e.IsDone), 300_000));
        Assert.InRange(pair.ToServer.LostCount, 0, pair.ToServer.SentCount / 5);
    }

    [Fact]
    public void Larger_windows_do_overrun_it_so_the_box_of_this_test_is_real()
    {
        Pair pair = new(1, QuicConfig.Desktop(), QuicConfig.Device());
        Squeeze(pair.ToServer, 20);
        Echoes.RunAll(pair, Size, "large windows", 300_000);
        Assert.True(pair.ToServer.LostCount > 0);
    }

    private static void Squeeze(SimLink link, int readEveryMs)
    {
        link.BoxSlots = Slots;
        link.ReadEveryMs = readEveryMs;
    }
}
