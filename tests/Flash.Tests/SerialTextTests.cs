using System;
using System.IO;
using System.Linq;
using System.Text;
using IrohLite.Tools.Flash;
using Xunit;

namespace Flash.Tests;

/// <summary>The board's serial bytes as lines: packets of the wire protocol, plain text, and what lies between.</summary>
public class SerialTextTests
{
    [Fact]
    public void Plain_text_passes_as_it_is() => Assert.Equal("rst:0x1\nboot\n", Read(Bytes("rst:0x1\r\nboot\r\n")));

    [Fact]
    public void Messages_are_unwrapped_and_other_packets_dropped() =>
        Assert.Equal("Endpoint ID: ab\nup 60 s\n", Read([.. Packet(1, "Endpoint ID: ab\n"), .. Packet(0, "ping"), .. Packet(1, "up 60 s\n")]));

    [Fact]
    public void Text_before_between_and_after_packets_is_kept() =>
        Assert.Equal("ets Jul 29\nhello\nN NFPK no\nbye\n", Read([.. Bytes("ets Jul 29\n"), .. Packet(1, "hello\n"), .. Bytes("N NFPK no\n"), .. Packet(1, "bye\n")]));

    [Fact]
    public void Every_split_gives_the_same_text()
    {
        byte[] stream = [.. Bytes("NF"), .. Packet(1, "température 23 °C\n"), .. Bytes("NFPKTV2\n"), .. Packet(7, "dropped"), .. Packet(1, "end\n")];
        string whole = Read(stream);
        Assert.Equal("NFtempérature 23 °C\nNFPKTV2\nend\n", whole);
        for (int at = 1; at < stream.Length; at++) Assert.Equal(whole, Read(stream[..at], stream[at..]));
    }

    [Fact]
    public void A_packet_of_absurd_size_does_not_swallow_what_follows()
    {
        byte[] broken = Packet(1, "");
        broken[31] = 0x7F;
        Assert.Equal("alive\n", Read([.. broken, .. Packet(1, "alive\n")]));
    }

    [Fact]
    public void Control_characters_do_not_reach_the_terminal() => Assert.Equal("a[31mb\n", Read(Bytes("a\u001b[31mb\a\n")));

    private static string Read(params byte[][] pieces)
    {
        StringWriter output = new();
        SerialText text = new(output);
        foreach (byte[] piece in pieces) text.Feed(piece);
        return output.ToString();
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Packet(int command, string payload)
    {
        byte[] content = Bytes(payload);
        return [.. Bytes("NFPKTV1\0"), .. new byte[8], .. BitConverter.GetBytes(command), .. new byte[8], .. BitConverter.GetBytes(content.Length), .. content];
    }
}
