using System;
using System.Linq;
using System.Text.Json;
using IrohLite.Tickets;
using Xunit;

namespace IrohLite.Tests.Tickets;

public class PostcardTests
{
    [Fact]
    public void Integers_of_the_wire_file_round_trip_and_every_cut_is_refused()
    {
        int ran = 0;
        using JsonDocument file = Vectors.Open("iroh/iroh-wire.json");
        foreach (JsonElement test in file.RootElement.GetProperty("tickets").GetProperty("postcard_varint").EnumerateArray())
        {
            PostcardWriter writer = new();
            writer.WriteInteger(test.Long("value"));
            byte[] bytes = test.Bytes("hex");
            Assert.Equal(bytes, writer.Buffer[..writer.Count]);
            Padded region = new(bytes);
            Assert.True(Reader(region).TryReadUInt16(out int value));
            Assert.Equal(test.Long("value"), value);
            for (int cut = 0; cut < bytes.Length; cut++) Assert.False(new PostcardReader(region.Array, region.Offset, cut).TryReadUInt64(out _));
            ran++;
        }

        Assert.Equal(9, ran);
    }

    [Theory]
    [InlineData("8000", 16, true, 0)]
    [InlineData("808000", 16, true, 0)]
    [InlineData("ffff03", 16, true, 65535)]
    [InlineData("ffff04", 16, false, 0)]
    [InlineData("80808000", 16, false, 0)]
    [InlineData("8080808000", 32, true, 0)]
    [InlineData("ffffffff0f", 32, true, 4294967295)]
    [InlineData("ffffffff10", 32, false, 0)]
    [InlineData("808080808000", 32, false, 0)]
    [InlineData("80808080808080808000", 64, true, 0)]
    [InlineData("ffffffffffffffffff01", 64, true, -1)]
    [InlineData("ffffffffffffffffff02", 64, false, 0)]
    [InlineData("8080808080808080808000", 64, false, 0)]
    public void Over_long_integers_are_read_up_to_the_length_of_their_type(string hex, int bits, bool isGood, long expected)
    {
        PostcardReader reader = Reader(new Padded(Convert.FromHexString(hex)));
        long value = 0;
        int small = 0;
        bool isRead = bits == 16 ? reader.TryReadUInt16(out small) : bits == 32 ? reader.TryReadUInt32(out value) : reader.TryReadUInt64(out value);
        Assert.Equal(isGood, isRead);
        if (isGood) Assert.Equal(expected, bits == 16 ? small : value);
    }

    [Fact]
    public void Strings_and_bytes_round_trip_and_every_cut_is_refused()
    {
        PostcardWriter writer = new();
        writer.WriteByte(7);
        writer.WriteString("grüße");
        writer.WriteBytes(new byte[] { 0, 1, 2, 3 }, 1, 2);
        writer.WriteFixed(new byte[300], 0, 300);
        writer.WriteInteger(-1);
        byte[] bytes = writer.Buffer[..writer.Count];
        Assert.Equal(1 + 8 + 3 + 300 + 10, bytes.Length);
        for (int cut = 0; cut <= bytes.Length; cut++)
        {
            PostcardReader reader = new(bytes, 0, cut);
            bool isRead = reader.TryReadByte(out int first) && first == 7
                && reader.TryReadString(100, out string text) && text == "grüße"
                && reader.TryReadLength(10, out int length) && length == 2 && reader.TrySkip(2)
                && reader.TryReadFixed(new byte[300], 0, 300) && reader.TryReadUInt64(out long last) && last == -1;
            Assert.Equal(cut == bytes.Length, isRead);
        }
    }

    [Fact]
    public void Strings_are_bounded_and_strict()
    {
        Assert.True(Reader(new Padded(new byte[] { 2, 0x61, 0x62 })).TryReadString(2, out string text));
        Assert.Equal("ab", text);
        Assert.False(Reader(new Padded(new byte[] { 2, 0x61, 0x62 })).TryReadString(1, out _));
        Assert.False(Reader(new Padded(new byte[] { 2, 0x61, 0xFF })).TryReadString(2, out _));
        Assert.False(Reader(new Padded(new byte[] { 3, 0x61, 0x62 })).TryReadString(9, out _));
        byte[] huge = Enumerable.Repeat((byte)0xFF, 9).Append((byte)1).ToArray();
        Assert.False(Reader(new Padded(huge)).TryReadString(int.MaxValue, out _));
    }

    private static PostcardReader Reader(Padded region) => new(region.Array, region.Offset, region.Count);
}
