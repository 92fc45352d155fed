using System.Linq;
using IrohLite.Diagnostics;
using IrohLite.Quic;
using IrohLite.Tests.Sim;
using Xunit;

namespace IrohLite.Tests.Conformance;

/// <summary>Everything a relay can do to the connections through it, on virtual time.</summary>
public class RelayTroubleTests
{
    [Fact]
    public void A_relay_that_restarts_in_the_middle_of_a_transfer_is_hardly_noticed()
    {
        RelayedPair pair = new RelayedPair().Connect();
        EchoClient echo = Start(pair, 300_000);
        for (int round = 1; round <= 3; round++)
        {
            Assert.True(pair.Run(() => echo.Received > round * 70_000));
            pair.Relay.Cut();
            long since = pair.Clock.NowMs;
            int received = echo.Received;
            Assert.True(pair.Run(() => echo.Received > received + 5000, 10_000), "round " + round);
            Assert.InRange(pair.Clock.NowMs - since, 1, 3000);
        }

        Assert.True(pair.Run(() => echo.IsDone));
        Assert.Equal(4, pair.ClientLink.TimesOnline);
        Assert.True(pair.Dialed.IsEstablished && pair.Accepted.IsEstablished);
    }

    [Theory]
    [InlineData(8000)]
    [InlineData(25_000)]
    public void An_outage_of_less_than_the_idle_timeout_is_survived(int outageMs)
    {
        for (ulong seed = 1; seed <= 10; seed++)
        {
            RelayedPair pair = new RelayedPair(seed).Connect();
            EchoClient echo = Start(pair, 200_000);
            Assert.True(pair.Run(() => echo.Received > 50_000));
            pair.Relay.IsDown = true;
            pair.RunFor(outageMs);
            Assert.True(pair.Dialed.IsEstablished && pair.Accepted.IsEstablished, "seed " + seed + ": " + pair.Dialed.CloseInfo?.Reason);
            int received = echo.Received;
            pair.Relay.IsDown = false;
            long since = pair.Clock.NowMs;
            Assert.True(pair.Run(() => echo.Received > received, 30_000), "seed " + seed + ": nothing came after the outage");
            Assert.InRange(pair.Clock.NowMs - since, 1, 4000);
            Assert.True(pair.Run(() => echo.IsDone), "seed " + seed);
        }
    }

    [Fact]
    public void An_outage_of_forty_seconds_ends_the_connection_cleanly_and_the_next_dial_works()
    {
        for (ulong seed = 1; seed <= 10; seed++)
        {
            RelayedPair pair = new RelayedPair(seed).Connect();
            EchoClient echo = Start(pair, 200_000);
            Assert.True(pair.Run(() => echo.Received > 50_000));
            QuicConnection accepted = pair.Accepted;
            pair.Relay.IsDown = true;
            pair.RunFor(40_000);
            Assert.Equal(QuicCloseKind.IdleTimeout, pair.Dialed.CloseInfo.Kind);
            Assert.Equal(QuicCloseKind.IdleTimeout, accepted.CloseInfo.Kind);
            Assert.Equal(0, pair.Client.Demux.ConnectionCount + pair.Server.Demux.ConnectionCount);
            pair.Relay.IsDown = false;
            long since = pair.Clock.NowMs;
            Assert.True(pair.Run(() => pair.ClientLink.IsOnline && pair.ServerLink.IsOnline));
            Assert.InRange(pair.Clock.NowMs - since, 1, 30_000);
            pair.Connect();
            EchoClient again = Start(pair, 5000);
            Assert.True(pair.Run(() => again.IsDone), "seed " + seed);
        }
    }

    [Fact]
    public void A_second_endpoint_with_our_key_takes_over_and_when_it_leaves_the_connection_goes_on()
    {
        RelayedPair pair = new RelayedPair().Connect();
        EchoClient echo = Start(pair, 200_000);
        Assert.True(pair.Run(() => echo.Received > 50_000));
        SimSide twin = new("twin", QuicConfig.Device(), 2 * 1 + 2);
        Assert.Equal(pair.Server.Key.PublicKey, twin.Key.PublicKey);
        VirtualRelayClient twinLink = pair.Add(twin);
        Assert.True(pair.Run(() => pair.ServerLink.LastStatus == 1));
        pair.RunFor(8000);
        Assert.Equal(0, twin.Demux.ConnectionCount);
        Assert.True(twin.Demux.Drops.Get(DropReason.NotAccepting) + twin.Demux.Drops.Get(DropReason.UnknownConnection) > 0);
        twinLink.Leave();
        Assert.True(pair.Run(() => pair.ServerLink.LastStatus == 0));
        Assert.True(pair.Run(() => echo.IsDone));
        Assert.True(pair.ServerLink.IsOnline);
    }

    [Fact]
    public void Ten_thousand_datagrams_of_strangers_cost_no_place_and_no_connection()
    {
        RelayedPair pair = new RelayedPair().Connect();
        EchoClient echo = Start(pair, 100_000);
        SimRandom random = new(77);
        byte[] initial = new byte[1200];
        System.Convert.FromHexString("c0000000010801020304050607080811121314151617180044a0").CopyTo(initial, 0);
        for (int i = 0; i < 10_000; i++)
        {
            byte[] stranger = new byte[32];
            random.Fill(stranger, 0, 32);
            byte[] datagram = new byte[i % 3 == 0 ? 1200 : 1 + random.Below(1200)];
            random.Fill(datagram, 0, datagram.Length);
            if (i % 3 == 0)
            {
                // An Initial to an id of its own, which nobody sealed.
                System.Array.Copy(initial, datagram, 26);
                random.Fill(datagram, 6, 8);
            }

            pair.Relay.Deliver(stranger, pair.Server.Key.PublicKey, [6, .. stranger, 0, .. datagram]);
            if (i % 20 == 0) pair.RunFor(1);
        }

        Assert.True(pair.Run(() => echo.IsDone, 120_000), echo.Received + " bytes");
        Assert.Equal(1, pair.Server.Demux.ConnectionCount);
        DropCounters drops = pair.Server.Demux.Drops;
        long dropped = Enumerable.Range(0, DropReason.Count).Sum(reason => drops.Get(reason));
        Assert.InRange(dropped + pair.Relay.Dropped, 9900, 10_200);
        Assert.True(pair.Accepted.Path.SameAs(VirtualRelayClient.AddressOf(pair.Client.Key.PublicKey)));
    }

    [Fact]
    public void Everything_in_batches_arrives_as_datagrams()
    {
        RelayedPair pair = new(1, QuicConfig.Desktop());
        pair.Relay.Batches = true;
        pair.Connect();
        EchoClient echo = Start(pair, 2_000_000);
        Assert.True(pair.Run(() => echo.IsDone, 120_000));
        Assert.True(pair.Relay.LargestBatch >= 10, "largest batch " + pair.Relay.LargestBatch);
    }

    [Fact]
    public void A_batch_at_the_size_limit_is_taken_apart_and_the_session_goes_on()
    {
        RelayedPair pair = new RelayedPair().Connect();
        EchoClient echo = Start(pair, 50_000);
        byte[] stranger = new byte[32];
        long before = pair.Server.Demux.Drops.Get(DropReason.UnknownConnection);
        byte[] data = new byte[65536 - 35];
        for (int i = 0; i < data.Length; i += 1200) data[i] = 0x40;
        pair.Relay.Deliver(stranger, pair.Server.Key.PublicKey, [7, .. stranger, 0, 0x04, 0xB0, .. data]);
        Assert.True(pair.Run(() => echo.IsDone));
        Assert.Equal(before + (data.Length + 1199) / 1200, pair.Server.Demux.Drops.Get(DropReason.UnknownConnection));
        Assert.Equal(1, pair.ServerLink.TimesOnline);
    }

    [Fact]
    public void A_slow_relay_only_slows_down()
    {
        // 2 bytes per millisecond, 16 kbit/s.
        RelayedPair pair = new();
        pair.Relay.BytesPerMs = 2;
        pair.Connect();
        EchoClient echo = Start(pair, 30_000);
        Assert.True(pair.Run(() => echo.IsDone, 120_000), echo.Received + " bytes: " + pair.Dialed.CloseInfo?.Reason);
        Assert.Equal(1, pair.ClientLink.TimesOnline);
        Assert.Equal(0, pair.Relay.Dropped);
    }

    [Fact]
    public void A_relay_that_lies_about_sources_now_and_then_moves_nothing_for_good()
    {
        RelayedPair pair = new RelayedPair().Connect();
        byte[] wrong = new byte[32];
        wrong[0] = 7;
        int forwarded = 0;
        pair.Relay.Lie = _ => ++forwarded % 10 == 0 ? wrong : null;
        EchoClient echo = Start(pair, 100_000);
        Assert.True(pair.Run(() => echo.IsDone, 300_000), echo.Received + " bytes: " + pair.Dialed.CloseInfo?.Reason);
        Assert.True(pair.Client.Demux.Drops.Get(DropReason.WrongPath) > 0);
        pair.Relay.Lie = null;
        EchoClient after = Start(pair, 5000);
        Assert.True(pair.Run(() => after.IsDone));
        Assert.True(pair.Accepted.Path.SameAs(VirtualRelayClient.AddressOf(pair.Client.Key.PublicKey)));
    }

    [Fact]
    public void A_denied_token_is_seen_and_tried_again_until_it_is_good()
    {
        RelayedPair pair = new();
        pair.Relay.DenyReason = "not authorized";
        pair.RunFor(60_000);
        Assert.True(pair.ClientLink.WasDenied);
        Assert.Equal(0, pair.ClientLink.TimesOnline);
        pair.Relay.DenyReason = null;
        pair.Connect();
        Assert.False(pair.ClientLink.WasDenied);
        EchoClient echo = Start(pair, 5000);
        Assert.True(pair.Run(() => echo.IsDone));
    }

    private static EchoClient Start(RelayedPair pair, int size)
    {
        _ = new EchoServer(pair.Server);
        EchoClient echo = new(pair.Dialed, size);
        pair.Client.OnEvent = _ => echo.Pump();
        echo.Pump();
        return echo;
    }
}
