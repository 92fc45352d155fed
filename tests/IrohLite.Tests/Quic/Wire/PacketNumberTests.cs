using System;
using System.Globalization;
using System.Text.Json;
using IrohLite.Quic;
using Xunit;

namespace IrohLite.Tests.Quic.Wire;

public class PacketNumberTests
{
    private static long Number(JsonElement e) => long.Parse(e.GetString().Substring(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    [Fact]
    public void Examples_of_RFC_9000_A2_are_encoded()
    {
        using JsonDocument file = Vectors.Open("rfc9000_appendix_a.json");
        int count = 0;
        foreach (JsonElement row in file.RootElement.GetProperty("packet_number_encode").EnumerateArray())
        {
            long number = Number(row.GetProperty("packet_number"));
            int length = PacketNumber.EncodedLength(number, Number(row.GetProperty("largest_acked")));
            Assert.Equal(row.GetProperty("bits").GetInt32(), 8 * length);
            byte[] buffer = { 0xEE, 0xEE, 0xEE, 0xEE, 0xEE, 0xEE };
            PacketNumber.Write(buffer, 1, number, length);
            Assert.Equal(row.GetProperty("truncated").GetString().Substring(2), Convert.ToHexStringLower(buffer, 1, length));
            Assert.Equal(0xEE, buffer[0]);
            Assert.Equal(0xEE, buffer[1 + length]);
            count++;
        }
        Assert.Equal(2, count);
    }

    [Fact]
    public void Examples_of_RFC_9000_A3_are_decoded()
    {
        using JsonDocument file = Vectors.Open("rfc9000_appendix_a.json");
        int count = 0;
        foreach (JsonElement row in file.RootElement.GetProperty("packet_number_decode").EnumerateArray())
        {
            long decoded = PacketNumber.Decode(Number(row.GetProperty("largest")), Number(row.GetProperty("truncated")), row.GetProperty("bits").GetInt32() / 8);
            Assert.Equal(Number(row.GetProperty("result")), decoded);
            count++;
        }
        Assert.Equal(1, count);
    }

    [Fact]
    public void The_241_derived_rows_are_decoded()
    {
        using JsonDocument file = Vectors.Open("rfc9000_appendix_a.json");
        int count = 0;
        foreach (JsonElement row in file.RootElement.GetProperty("packet_number_decode_derived").GetProperty("rows").EnumerateArray())
        {
            long[] v = new long[4];
            for (int i = 0; i < 4; i++) v[i] = row[i].ValueKind == JsonValueKind.Number ? row[i].GetInt64() : Number(row[i]);
            Assert.Equal(v[3], PacketNumber.Decode(v[0], v[2], (int)v[1] / 8));
            count++;
        }
        Assert.Equal(241, count);
    }

    [Fact]
    public void Whatever_the_peer_acknowledged_it_decodes_the_number_we_send()
    {
        Random random = new(7);
        for (int i = 0; i < 20000; i++)
        {
            long acked = random.Next(3) == 0 ? PacketNumber.None : random.NextInt64(1L << random.Next(1, 61));
            long number = acked + 1 + random.NextInt64(1L << random.Next(1, 31));
            int length = PacketNumber.EncodedLength(number, acked);
            // The peer has received at least what it acknowledged, at most all before this one.
            long received = acked + random.NextInt64(number - acked);
            long truncated = number & ((1L << (8 * length)) - 1);
            Assert.Equal(number, PacketNumber.Decode(received, truncated, length));
        }
    }

    [Theory]
    [InlineData(0, -1, 1)]
    [InlineData(127, -1, 1)]
    [InlineData(128, -1, 2)]
    [InlineData(0x7FFF, -1, 2)]
    [InlineData(0x8000, -1, 3)]
    [InlineData(0x7FFFFF, -1, 3)]
    [InlineData(0x800000, -1, 4)]
    [InlineData(1000, 999, 1)]
    public void The_length_covers_twice_the_unacknowledged_distance(long number, long acked, int length) =>
        Assert.Equal(length, PacketNumber.EncodedLength(number, acked));
}
