using System.Collections.Generic;
using IrohLite.Quic;
using IrohLite.Tests.Sim;
using Xunit;

namespace IrohLite.Tests.Scenarios;

/// <summary>Many connections through one demultiplexer, at once and one after another.</summary>
public class CrowdTests
{
    [Fact]
    public void Thirty_connections_at_once_do_not_mix_up_their_bytes()
    {
        Pair pair = new(1, QuicConfig.Desktop(), QuicConfig.Desktop());
        pair.ToServer.LossRate = pair.ToClient.LossRate = 0.02;
        _ = new EchoServer(pair.Server);
        List<EchoClient> echoes = new();
        for (int i = 0; i < 30; i++) echoes.Add(new EchoClient(pair.Dial(), 2000 + i * 100));
        pair.Client.OnEvent = _ => echoes.ForEach(e => e.Pump());
        Assert.True(pair.Run(() => echoes.TrueForAll(e => e.IsDone)));
        Assert.Equal(30, pair.Server.Count(QuicEventKind.Connected));
        Assert.Equal(30, pair.Server.Demux.ConnectionCount);
    }

    [Fact]
    public void Two_hundred_connections_one_after_another_need_the_places_of_a_few()
    {
        Pair pair = new();
        for (int i = 0; i < 200; i++) Echoes.RunAll(pair, 100, "connection " + i);
        Assert.Equal(200, pair.Server.Count(QuicEventKind.Connected));
        Assert.Equal(0, pair.Server.Demux.ConnectionCount);
    }

    [Fact]
    public void A_closing_connection_gives_its_place_to_a_new_one()
    {
        Pair pair = new(1, new QuicConfig { MaxConnections = 8 }, new QuicConfig { MaxConnections = 1 });
        pair.ToClient.LatencyMs = pair.ToServer.LatencyMs = 200;
        pair.Connect();
        QuicConnection first = pair.Accepted;
        first.Close(0, "", pair.NowMs);
        pair.Drain();
        Assert.Equal(1, pair.Server.Demux.ConnectionCount);
        pair.Connect();
        Assert.NotSame(first, pair.Accepted);
    }

    [Fact]
    public void Both_ends_may_dial_each_other_through_the_same_two_demultiplexers()
    {
        Pair pair = new();
        pair.Client.Demux.Alpns = new[] { Pair.Alpn };
        pair.Dial();
        QuicConnection back = pair.Server.Demux.Connect(pair.Client.Key.Id, new[] { Pair.Alpn }, new PathAddress[] { pair.Client.Address }, pair.NowMs);
        Assert.True(pair.Run(() => back.State.IsConfirmed && pair.Dialed.State.IsConfirmed));
        Assert.Equal(2, pair.Client.Demux.ConnectionCount);
        Assert.Equal(2, pair.Server.Demux.ConnectionCount);
    }
}
