using IrohLite.Quic;
using Xunit;

namespace IrohLite.Tests.Quic.Streams;

public class FlowControlTests
{
    [Fact]
    public void A_grant_is_renewed_at_half_of_the_window()
    {
        FlowControl flow = new(1000, 1000);
        Assert.True(flow.TryReceive(800));
        flow.OnConsumed(499);
        Assert.False(flow.MaxDataDue);
        flow.OnConsumed(1);
        Assert.True(flow.MaxDataDue);
        Assert.Equal(1500, flow.Granted);
    }

    [Fact]
    public void The_peer_cannot_pass_its_limit()
    {
        FlowControl flow = new(1000, 1000);
        Assert.True(flow.TryReceive(1000));
        Assert.False(flow.TryReceive(1));
    }

    [Fact]
    public void Our_limit_only_grows()
    {
        FlowControl flow = new(1000, 1000);
        Assert.True(flow.RaisePeerLimit(500));
        Assert.False(flow.RaisePeerLimit(400));
        flow.OnSent(300);
        Assert.Equal(200, flow.Available);
    }
}
