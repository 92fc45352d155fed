using IrohLite.Quic;
using IrohLite.Tests.Sim;
using Xunit;

namespace IrohLite.Tests.Scenarios;

/// <summary>Idle timeout, keep-alive, and peers that are not there.</summary>
public class SilenceTests
{
    [Fact]
    public void Thirty_seconds_of_silence_end_a_connection_at_both_sides_without_a_packet()
    {
        Pair pair = new Pair().Connect();
        pair.RunFor(200);
        long since = pair.NowMs;
        int sent = pair.ToServer.SentCount + pair.ToClient.SentCount;
        Assert.True(pair.Run(() => pair.Dialed.IsClosed && pair.Accepted.IsClosed));

        Assert.InRange(pair.NowMs - since, 29_000, 30_500);
        Assert.Equal(sent, pair.ToServer.SentCount + pair.ToClient.SentCount);
        Assert.Equal(QuicCloseKind.IdleTimeout, pair.Dialed.CloseInfo.Kind);
        Assert.Equal(QuicCloseKind.IdleTimeout, pair.Accepted.CloseInfo.Kind);
        Assert.Equal(0, pair.Client.Demux.ConnectionCount + pair.Server.Demux.ConnectionCount);
    }

    [Fact]
    public void The_shorter_idle_timeout_of_both_counts()
    {
        Pair pair = new Pair(1, null, new QuicConfig { MaxIdleTimeoutMs = 5000 }).Connect();
        long since = pair.NowMs;
        Assert.True(pair.Run(() => pair.Dialed.IsClosed && pair.Accepted.IsClosed));
        Assert.InRange(pair.NowMs - since, 4900, 5600);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_keep_alive_of_one_side_holds_a_connection_for_minutes(bool client)
    {
        QuicConfig keeping = new() { KeepAliveMs = 10_000 };
        Pair pair = new Pair(1, client ? keeping : null, client ? null : keeping).Connect();
        pair.RunFor(100);
        int sent = pair.ToServer.SentCount + pair.ToClient.SentCount;
        pair.RunFor(300_000);

        Assert.True(pair.Dialed.IsEstablished);
        Assert.True(pair.Accepted.IsEstablished);

        // A PING and its ACK each time, nothing else.
        Assert.InRange(pair.ToServer.SentCount + pair.ToClient.SentCount - sent, 50, 62);
    }

    [Fact]
    public void A_dial_that_nobody_answers_gives_up_after_thirty_seconds_and_a_dozen_datagrams()
    {
        Pair pair = new();
        pair.ToServer.IsCut = true;
        pair.Dial();
        long since = pair.NowMs;
        Assert.True(pair.Run(() => pair.Dialed.IsClosed));
        Assert.Equal(QuicCloseKind.IdleTimeout, pair.Dialed.CloseInfo.Kind);
        Assert.InRange(pair.NowMs - since, 29_000, 31_000);
        Assert.InRange(pair.ToServer.SentCount, 5, 12);
        Assert.Equal(1200L * pair.ToServer.SentCount, pair.ToServer.SentBytes);
    }

    [Fact]
    public void An_outage_of_eight_seconds_is_survived()
    {
        Pair pair = new Pair().Connect();
        EchoClient echo = Echoes.Start(pair, 200_000);
        Assert.True(pair.Run(() => echo.Received > 50_000));
        pair.ToServer.IsCut = pair.ToClient.IsCut = true;
        pair.RunFor(8000);
        pair.ToServer.IsCut = pair.ToClient.IsCut = false;
        Assert.True(pair.Run(() => echo.IsDone));
    }

    [Fact]
    public void What_is_in_flight_is_sent_again_at_once_when_the_outage_is_known_to_be_over()
    {
        Pair pair = new Pair().Connect();
        EchoClient echo = Echoes.Start(pair, 200_000);
        Assert.True(pair.Run(() => echo.Received > 50_000));
        pair.ToServer.IsCut = pair.ToClient.IsCut = true;

        // Until just after a probe: the next one is seconds away.
        pair.RunFor(8000);
        long sent = pair.Dialed.PacketsSent;
        Assert.True(pair.Run(() => pair.Dialed.PacketsSent > sent));
        pair.ToServer.IsCut = pair.ToClient.IsCut = false;
        long since = pair.NowMs;
        long received = echo.Received;
        pair.Dialed.ProbeNow();
        pair.Accepted.ProbeNow();
        Assert.True(pair.Run(() => echo.Received > received));
        Assert.InRange(pair.NowMs - since, 1, 500);
        Assert.True(pair.Run(() => echo.IsDone));
    }

    [Fact]
    public void There_is_nothing_to_probe_for_when_nothing_is_in_flight()
    {
        Pair pair = new Pair().Connect();
        pair.RunFor(1000);
        long sent = pair.Dialed.PacketsSent;
        pair.Dialed.ProbeNow();
        pair.RunFor(100);
        Assert.Equal(sent, pair.Dialed.PacketsSent);
    }

    [Fact]
    public void A_server_that_needs_seconds_gets_few_hellos_and_sends_no_early_ack()
    {
        Pair pair = new();
        pair.ToClient.LatencyMs = 2500;
        pair.Connect();

        // 4 probes would fit into 2.5 s only if an early ACK had given a short round trip.
        Assert.InRange(pair.Dialed.PacketsSent, 1, 8);
    }
}
