using IrohLite.Quic;
using IrohLite.Tests.Sim;
using Xunit;

namespace IrohLite.Tests.Scenarios;

/// <summary>Key updates in the middle of a transfer, as iroh makes them.</summary>
public class KeyUpdateTests
{
    [Theory]
    [InlineData(true, 0.0)]
    [InlineData(false, 0.0)]
    [InlineData(true, 0.05)]
    [InlineData(false, 0.05)]
    public void The_other_side_follows_an_update(bool clientStarts, double loss)
    {
        Pair pair = new Pair(3).Connect();
        pair.ToServer.LossRate = pair.ToClient.LossRate = loss;
        EchoClient echo = Echoes.Start(pair, 100_000);
        Assert.True(pair.Run(() => echo.Received > 30_000, 600_000));
        QuicConnection starter = clientStarts ? pair.Dialed : pair.Accepted;
        starter.InitiateKeyUpdate();

        Assert.Equal(1, starter.KeyUpdates);
        Assert.True(pair.Run(() => echo.IsDone, 600_000));
        Assert.Equal(1, pair.Dialed.KeyUpdates);
        Assert.Equal(1, pair.Accepted.KeyUpdates);
    }

    [Fact]
    public void Many_updates_from_both_sides_lose_nothing()
    {
        Pair pair = new Pair(4).Connect();
        pair.ToServer.ReorderRate = pair.ToClient.ReorderRate = 0.2;
        EchoClient echo = Echoes.Start(pair, 600_000);
        int next = 20_000;
        Assert.True(pair.Run(() =>
        {
            if (echo.Received > next)
            {
                next += 20_000;
                if (next % 40_000 == 0) pair.Dialed.InitiateKeyUpdate();
                else pair.Accepted.InitiateKeyUpdate();
            }

            return echo.IsDone;
        }, 600_000));
        Assert.True(pair.Dialed.KeyUpdates >= 5, "updates: " + pair.Dialed.KeyUpdates);
        Assert.Equal(pair.Dialed.KeyUpdates, pair.Accepted.KeyUpdates);
    }

    [Fact]
    public void Both_sides_may_update_at_the_same_moment()
    {
        Pair pair = new Pair(5).Connect();
        EchoClient echo = Echoes.Start(pair, 100_000);
        Assert.True(pair.Run(() => echo.Received > 30_000));
        pair.Dialed.InitiateKeyUpdate();
        pair.Accepted.InitiateKeyUpdate();

        Assert.True(pair.Run(() => echo.IsDone));
        Assert.Equal(1, pair.Dialed.KeyUpdates);
        Assert.Equal(1, pair.Accepted.KeyUpdates);
    }

    [Fact]
    public void An_update_before_the_handshake_is_confirmed_does_not_happen()
    {
        Pair pair = new();
        pair.Dial();
        pair.Dialed.InitiateKeyUpdate();
        Assert.Equal(0, pair.Dialed.KeyUpdates);
    }
}
