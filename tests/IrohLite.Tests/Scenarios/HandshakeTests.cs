using IrohLite.Quic;
using IrohLite.Tests.Sim;
using Xunit;

namespace IrohLite.Tests.Scenarios;

/// <summary>Dial, prove, echo, close: the everyday life of a connection.</summary>
public class HandshakeTests
{
    [Fact]
    public void A_dial_proves_both_identities_and_chooses_the_protocol()
    {
        Pair pair = new Pair().Connect();

        Assert.True(pair.Dialed.IsEstablished);
        Assert.True(pair.Accepted.IsEstablished);
        Assert.Equal(pair.Server.Key.Id.ToString(), pair.Dialed.RemoteId.ToString());
        Assert.Equal(pair.Client.Key.Id.ToString(), pair.Accepted.RemoteId.ToString());
        Assert.Equal(Pair.Alpn, pair.Dialed.Alpn);
        Assert.Equal(Pair.Alpn, pair.Accepted.Alpn);
        Assert.Equal(20, pair.Dialed.SmoothedRttMs);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(13)]
    [InlineData(5000)]
    [InlineData(200_000)]
    public void An_echo_brings_back_every_byte_and_the_end(int size)
    {
        Pair pair = new Pair().Connect();
        _ = new EchoServer(pair.Server);
        EchoClient echo = new(pair.Dialed, size);
        pair.Client.OnEvent = _ => echo.Pump();
        echo.Pump();

        Assert.True(pair.Run(() => echo.IsDone));
        Assert.Equal(0, pair.Dialed.PacketsLost);
        Assert.Equal(0, pair.Accepted.PacketsLost);
        pair.Dialed.Close(0, "bye!", pair.NowMs);
        Assert.True(pair.Run(() => pair.Accepted.IsClosed));
        Assert.Equal(QuicCloseKind.RemoteApplication, pair.Accepted.CloseInfo.Kind);
        Assert.Equal("bye!", pair.Accepted.CloseInfo.Reason);
        Assert.True(pair.Run(() => pair.Server.Demux.ConnectionCount + pair.Client.Demux.ConnectionCount == 0));
    }
}
