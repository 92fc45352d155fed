using System;
using System.Collections.Generic;
using IrohLite.LongRuns.Memory;
using IrohLite.Quic;
using IrohLite.Tests.Scenarios;
using IrohLite.Tests.Sim;
using Xunit;

namespace IrohLite.LongRuns.Flood;

/// <summary>Work and memory of a fake Initial are bounded: counted, not timed. The share of throughput that stays is a command.</summary>
public class FloodTests
{
    private const long LiveLimitBytes = 16 * 1024;

    [Fact]
    public void Ten_thousand_noisy_Initials_cost_next_to_no_memory_and_no_place()
    {
        Pair pair = new Pair(3, QuicConfig.Desktop(), QuicConfig.Device()).Connect();
        EchoClient echo = Echoes.Start(pair, 200_000);
        Assert.True(pair.Run(() => echo.Received > 20_000));
        SimRandom random = new(5);
        SimAddress stranger = new("stranger");
        int answers = 0;
        pair.Server.OnTransmit = (_, transmit) => answers += transmit.PathCount > 0 && transmit.Paths[0].SameAs(stranger) ? 1 : 0;
        List<byte[]> fakes = new();
        for (int i = 0; i < 10_000; i++) fakes.Add(FakeInitials.Noise(random));
        foreach (byte[] fake in fakes.GetRange(0, 100)) Receive(pair, fake, stranger);

        // What the test host makes late comes once; what fakes leave behind comes with them each time.
        long live = LiveLimitBytes;
        for (int again = 0; again < 4 && live >= LiveLimitBytes; again++)
        {
            long before = LiveBytes.Measure();
            long allocated = GC.GetAllocatedBytesForCurrentThread();
            foreach (byte[] fake in fakes) pair.Server.Demux.ReceiveDatagram(fake, 0, fake.Length, stranger, pair.NowMs);
            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            live = LiveBytes.Measure() - before;
            pair.Drain();

            // Short-lived: what .NET needs for the packet key, and for the exception, with which one learns that it is a fake.
            Assert.True(allocated < 10_000 * 6000L, allocated / 10_000 + " bytes for each fake");
        }

        Assert.True(live < LiveLimitBytes, live + " bytes stay");
        Assert.Equal(1, pair.Server.Demux.ConnectionCount);
        Assert.Equal(0, answers);
        Assert.True(pair.Run(() => echo.IsDone), "the echo beside it stopped");
    }

    [Fact]
    public void Dials_that_never_go_on_take_no_more_than_the_places_there_are()
    {
        Pair pair = new Pair(4).Connect();
        EchoClient echo = Echoes.Start(pair, 100_000);
        Assert.True(pair.Run(() => echo.Received > 20_000));
        List<byte[]> dials = FakeInitials.Dials(400, pair.Server.Key.Id);
        long sent = 0;
        pair.Server.OnTransmit = (datagram, transmit) => sent += transmit.Paths[0].SameAs(pair.Client.Address) ? 0 : datagram.Length;
        for (int i = 0; i < 100; i++) Receive(pair, (byte[])dials[i].Clone(), new SimAddress("stranger " + i));
        long before = LiveBytes.Measure();
        for (int i = 100; i < 400; i++) Receive(pair, (byte[])dials[i].Clone(), new SimAddress("stranger " + i));
        long grown = LiveBytes.Measure() - before;

        Assert.True(pair.Server.Demux.ConnectionCount <= pair.Server.Config.MaxConnections, "more places than there are");
        Assert.True(grown < 300 * 512, grown + " bytes more");
        Assert.True(sent <= 3L * 1200 * 400, sent + " bytes sent to strangers");
        Assert.True(pair.Run(() => echo.IsDone), "the echo beside it stopped");
    }

    private static void Receive(Pair pair, byte[] datagram, SimAddress from)
    {
        pair.Server.Demux.ReceiveDatagram(datagram, 0, datagram.Length, from, pair.NowMs);
        pair.Drain();
    }
}
