using System;
using System.Linq;
using System.Text.Json;
using IrohLite.Buffers;
using Xunit;

namespace IrohLite.Tests.Buffers;

public class VarIntTests
{
    [Fact]
    public void Vectors_of_rfc_9000_and_of_the_wire_file_round_trip()
    {
        int ran = 0;
        using JsonDocument rfc = Vectors.Open("rfc9000_appendix_a.json");
        foreach (JsonElement test in rfc.RootElement.GetProperty("varint").EnumerateArray()) ran += CheckRead(test.Bytes("bytes"), test.Long("value"));
        foreach (JsonElement test in rfc.RootElement.GetProperty("varint_boundaries_derived").EnumerateArray())
            ran += CheckBoth(test.Bytes("bytes"), test.Long("value"));
        using JsonDocument wire = Vectors.Open("iroh/iroh-wire.json");
        foreach (JsonElement test in wire.RootElement.GetProperty("quic_varint").EnumerateArray())
            ran += CheckBoth(test.Bytes("hex"), test.Long("value"));
        Assert.Equal(5 + 12 + 13, ran);
    }

    [Fact]
    public void Every_cut_of_every_length_is_refused()
    {
        byte[] buffer = new byte[8];
        foreach (long value in new long[] { 63, 16383, 1073741823, VarInt.Max })
        {
            int length = VarInt.Write(buffer, 0, value);
            for (int cut = 0; cut < length; cut++) Assert.False(VarInt.TryRead(buffer, 0, cut, out _, out _));
            Assert.True(VarInt.TryRead(buffer, 0, length, out long read, out int readLength));
            Assert.Equal((value, length), (read, readLength));
        }
    }

    [Theory]
    [InlineData("4000", 0)]
    [InlineData("80000025", 37)]
    [InlineData("c000000000000025", 37)]
    public void Longer_encodings_than_needed_are_read(string hex, long value)
    {
        Assert.Equal(1, CheckRead(Convert.FromHexString(hex), value));
    }

    [Fact]
    public void Values_outside_the_range_are_a_mistake_of_the_caller()
    {
        Assert.Throws<InvalidOperationException>(() => VarInt.Length(-1));
        Assert.Throws<InvalidOperationException>(() => VarInt.Length(VarInt.Max + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => VarInt.Write(new byte[3], 0, 20000));
    }

    private static int CheckBoth(byte[] bytes, long value)
    {
        Padded region = new(bytes.Length);
        Assert.Equal(bytes.Length, VarInt.Length(value));
        Assert.Equal(bytes.Length, VarInt.Write(region.Array, region.Offset, value));
        region.AssertPaddingIntact();
        Assert.Equal(bytes, region.Content);
        return CheckRead(bytes, value);
    }

    private static int CheckRead(byte[] bytes, long value)
    {
        Padded region = new(bytes);
        Assert.True(VarInt.TryRead(region.Array, region.Offset, region.Offset + bytes.Length, out long read, out int length));
        Assert.Equal((value, bytes.Length), (read, length));
        return 1;
    }
}
