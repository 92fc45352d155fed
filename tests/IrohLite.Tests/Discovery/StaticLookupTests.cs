using IrohLite.Discovery;
using IrohLite.Identity;
using Xunit;

namespace IrohLite.Tests.Discovery;

/// <summary>Addresses the program knows itself.</summary>
public class StaticLookupTests
{
    [Fact]
    public void A_set_address_is_found_and_replaced_and_no_other_id_is()
    {
        StaticLookup lookup = new();
        Assert.Null(lookup.Lookup(Id(1), 0).Addr);
        EndpointAddr first = At(1, 1000), second = At(1, 2000);
        lookup.Set(first);
        lookup.Set(second);
        Assert.Same(second, lookup.Lookup(Id(1), 0).Addr);
        LookupAnswer unknown = lookup.Lookup(Id(2), 0);
        Assert.Null(unknown.Addr);
        Assert.Contains("static list", unknown.Failure);
    }

    [Fact]
    public void One_more_than_it_holds_takes_the_place_of_the_oldest()
    {
        StaticLookup lookup = new();
        for (int i = 0; i <= StaticLookup.Capacity; i++) lookup.Set(At(i, 1000));
        Assert.Null(lookup.Lookup(Id(0), 0).Addr);
        for (int i = 1; i <= StaticLookup.Capacity; i++) Assert.True(lookup.Lookup(Id(i), 0).Addr != null, "id " + i);
    }

    private static EndpointAddr At(int number, int port)
    {
        EndpointAddr addr = new(Id(number));
        addr.AddIp([127, 0, 0, 1], port);
        return addr;
    }

    private static EndpointId Id(int number)
    {
        byte[] raw = new byte[EndpointId.SizeBytes];
        raw[0] = (byte)number;
        return EndpointId.FromBytes(raw, 0);
    }
}
