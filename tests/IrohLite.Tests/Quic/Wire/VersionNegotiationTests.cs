using System;
using System.Linq;
using IrohLite.Quic;
using Xunit;

namespace IrohLite.Tests.Quic.Wire;

public class VersionNegotiationTests
{
    private static PacketHeader Received(string hex)
    {
        PacketHeader header = new();
        byte[] bytes = Expectations.Hex(hex);
        Assert.True(PacketHeaderReader.TryRead(bytes, 0, bytes.Length, 8, header, out _));
        return header;
    }

    [Fact]
    public void The_answer_swaps_the_ids_and_lists_version_1()
    {
        byte[] buffer = new byte[100];
        int size = VersionNegotiation.Write(buffer, 5, 95, Received("c0 6b3343cf 03 aabbcc 02 dddd 1234"), 0xFFF);

        Assert.Equal("ff 00000000 02 dddd 03 aabbcc 0a1a2a3a 00000001".Replace(" ", ""), Convert.ToHexStringLower(buffer, 5, size));
        Assert.True(VersionNegotiation.ListsVersion1(Received(Convert.ToHexStringLower(buffer, 5, size))));
    }

    [Fact]
    public void The_reserved_version_differs_from_the_one_asked_for()
    {
        byte[] buffer = new byte[100];
        int size = VersionNegotiation.Write(buffer, 0, 100, Received("c0 0a1a2a3a 00 00"), 0);

        Assert.Equal("c0000000000000" + "0a1a2a4a00000001", Convert.ToHexStringLower(buffer, 0, size));
    }

    [Fact]
    public void Ids_of_255_bytes_are_answered_when_they_fit()
    {
        PacketHeader received = Received("fffafafafaff" + string.Concat(Enumerable.Repeat("22", 255)) + "ff" + string.Concat(Enumerable.Repeat("33", 255)));
        byte[] buffer = new byte[525];

        Assert.Equal(525, VersionNegotiation.Write(buffer, 0, 525, received, 0));
        Assert.Equal(0x33, buffer[6]);
        Assert.Equal(0x22, buffer[262]);
        Assert.Equal(0, VersionNegotiation.Write(buffer, 0, 524, received, 0));
    }

    [Fact]
    public void A_list_without_version_1_is_told_apart() =>
        Assert.False(VersionNegotiation.ListsVersion1(Received("80 00000000 00 00 6b3343cf 00000101 01000001")));
}
