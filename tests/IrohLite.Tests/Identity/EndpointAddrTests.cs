using System;
using System.Linq;
using IrohLite.Identity;
using Xunit;

namespace IrohLite.Tests.Identity;

public class EndpointAddrTests
{
    private static readonly EndpointId Id = EndpointId.FromBytes(new byte[32], 0);

    [Fact]
    public void Places_are_sorted_and_each_stands_once()
    {
        TransportAddr[] sorted =
        {
            Relay("http://b/"), Relay("https://a/"), Relay("https://b/"), Relay("https://b/x"),
            Ip(80, 10, 0, 0, 1), Ip(81, 10, 0, 0, 1), Ip(1, 10, 0, 0, 200), Ip(1, 192, 168, 0, 1),
            TransportAddr.ForIp(new byte[16], 1), TransportAddr.ForIp(new byte[16], 65535),
        };
        Random random = new(3);
        for (int round = 0; round < 100; round++)
        {
            EndpointAddr addr = new(Id);
            foreach (TransportAddr place in sorted.Concat(sorted).OrderBy(_ => random.Next())) addr.Add(place);
            Assert.Equal(sorted.Select(p => p.ToString()), Enumerable.Range(0, addr.Count).Select(i => addr.Get(i).ToString()));
            Assert.Equal("http://b/", addr.FirstRelay().ToString());
        }
    }

    [Fact]
    public void Places_tell_kind_and_contents()
    {
        EndpointAddr addr = new(Id);
        Assert.Null(addr.FirstRelay());
        Assert.Equal("0000000000", addr.ToString());
        byte[] bytes = { 192, 168, 1, 5 };
        addr.AddIp(bytes, 11204);
        bytes[0] = 0;
        Assert.Null(addr.FirstRelay());
        RelayUrl.TryParse("https://r", out RelayUrl relay, out _);
        addr.AddRelay(relay);
        Assert.Equal("0000000000 at relay https://r/, ip 192.168.1.5:11204", addr.ToString());
        Assert.Equal((TransportAddr.KindRelay, TransportAddr.KindIp), (addr.Get(0).Kind, addr.Get(1).Kind));
        Assert.Same(relay, addr.Get(0).Relay);
        Assert.Equal(11204, addr.Get(1).Port);
        Assert.True(addr.Get(1).SameAs(Ip(11204, 192, 168, 1, 5)));
        Assert.False(addr.Get(1).SameAs(addr.Get(0)));
        Assert.Throws<ArgumentOutOfRangeException>(() => addr.Get(2));
    }

    [Fact]
    public void There_is_a_most_of_everything()
    {
        EndpointAddr addr = new(Id);
        for (int i = 0; i < EndpointAddr.MaxCount; i++) addr.AddIp(new byte[4], i);
        addr.AddIp(new byte[4], 5);
        Assert.Throws<InvalidOperationException>(() => addr.AddIp(new byte[4], 64));
        Assert.Throws<ArgumentOutOfRangeException>(() => addr.AddIp(new byte[5], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => addr.AddIp(new byte[4], 65536));
        Assert.Throws<ArgumentNullException>(() => addr.AddRelay(null));
        Assert.Throws<ArgumentNullException>(() => new EndpointAddr(null));
    }

    private static TransportAddr Ip(int port, params byte[] bytes) => TransportAddr.ForIp(bytes, port);

    private static TransportAddr Relay(string text)
    {
        Assert.True(RelayUrl.TryParse(text, out RelayUrl url, out _));
        return TransportAddr.ForRelay(url);
    }
}
