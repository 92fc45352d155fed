using System;
using System.Collections.Generic;
using System.Linq;
using IrohLite.Relay;
using Xunit;

namespace IrohLite.Tests.Relay;

public class WebSocketReaderTests
{
    private static readonly byte[] Mask = [0x11, 0x22, 0x33, 0x44];

    // Feeds bytes in pieces and lists the events; data pieces are joined to whole messages.
    private static List<string> Read(byte[] stream, bool masked, int pieceBytes, int maxMessageBytes = 100000)
    {
        WebSocketReader reader = new(masked, maxMessageBytes);
        List<string> events = [];
        List<byte> message = [];
        for (int at = 0; at < stream.Length; at += pieceBytes)
        {
            Padded piece = new(stream.AsSpan(at, Math.Min(pieceBytes, stream.Length - at)).ToArray());
            reader.Feed(piece.Array, piece.Offset, piece.Count);
            for (int found = reader.Next(); found != WebSocketEvent.NeedBytes; found = reader.Next())
            {
                if (found == WebSocketEvent.Data)
                {
                    message.AddRange(piece.Array.AsSpan(reader.DataOffset, reader.DataCount).ToArray());
                    if (!reader.IsMessageEnd) continue;
                    events.Add("message " + Convert.ToHexStringLower(message.ToArray()));
                    message.Clear();
                }
                else if (found == WebSocketEvent.Ping) events.Add("ping " + Convert.ToHexStringLower(reader.Control, 0, reader.ControlCount));
                else if (found == WebSocketEvent.Close) events.Add("close " + reader.CloseCode);
                else
                {
                    events.Add($"error {reader.CloseCode} {reader.Error}");
                    Assert.Equal(WebSocketEvent.Error, reader.Next());
                    return events;
                }
            }

            piece.AssertPaddingIntact();
        }

        return events;
    }

    private static byte[] Frame(int first, byte[] payload, bool masked)
    {
        byte[] frame = new byte[WebSocketFrame.HeaderBytes(payload.Length, masked) + payload.Length];
        int header = WebSocketFrame.WriteHeader(frame, 0, 0, payload.Length, masked ? Mask : null);
        frame[0] = (byte)first;
        payload.CopyTo(frame, header);
        if (masked) WebSocketFrame.ApplyMask(frame, header, payload.Length, Mask, 0);
        return frame;
    }

    private static byte[] Counted(int count) => Enumerable.Range(0, count).Select(i => (byte)i).ToArray();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_stream_reads_the_same_however_it_is_split(bool masked)
    {
        byte[] stream =
        [
            .. Frame(0x82, Counted(5), masked), .. Frame(0x89, [1, 2], masked), .. Frame(0x02, Counted(130), masked), .. Frame(0x8A, [], masked),
            .. Frame(0x89, Counted(125), masked), .. Frame(0x00, [], masked), .. Frame(0x80, [7, 8], masked), .. Frame(0x81, "text"u8.ToArray(), masked),
            .. Frame(0x82, [], masked), .. Frame(0x82, Counted(300), masked), .. Frame(0x88, [0x03, 0xE8, 0x62], masked),
        ];
        List<string> expected =
        [
            "message " + Convert.ToHexStringLower(Counted(5)), "ping 0102", "ping " + Convert.ToHexStringLower(Counted(125)),
            "message " + Convert.ToHexStringLower(Counted(130)) + "0708", "message ", "message " + Convert.ToHexStringLower(Counted(300)), "close 1000",
        ];
        for (int pieceBytes = 1; pieceBytes <= stream.Length; pieceBytes++) Assert.Equal(expected, Read(stream, masked, pieceBytes));
    }

    [Theory]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(65535)]
    [InlineData(65536)]
    public void Lengths_at_the_borders_of_the_three_forms_are_read(int count)
    {
        byte[] stream = Frame(0x82, Counted(count), true);
        Assert.Equal(["message " + Convert.ToHexStringLower(Counted(count))], Read(stream, true, 4096));
    }

    [Theory]
    [InlineData("c200", "reserved bits")]
    [InlineData("a200", "reserved bits")]
    [InlineData("9200", "reserved bits")]
    [InlineData("8300", "reserved opcode 3")]
    [InlineData("8700", "reserved opcode 7")]
    [InlineData("8b00", "reserved opcode 11")]
    [InlineData("8f00", "reserved opcode 15")]
    [InlineData("8280", "masked WebSocket frame from a server")]
    [InlineData("0900", "fragmented WebSocket control frame")]
    [InlineData("0800", "fragmented WebSocket control frame")]
    [InlineData("897e", "control frame above 125 bytes")]
    [InlineData("887f", "control frame above 125 bytes")]
    [InlineData("8000", "continuation without a message")]
    [InlineData("02018202", "message inside another", "0201aa8201bb")]
    [InlineData("827e007d", "longer form than needed")]
    [InlineData("827f000000000000ffff", "longer form than needed")]
    [InlineData("827f8000000000000000", "top bit set")]
    [InlineData("880103", "close frame with one byte")]
    [InlineData("880203e7", "close code 999")]
    [InlineData("880203ec", "close code 1004")]
    [InlineData("880203ed", "close code 1005")]
    [InlineData("880203ee", "close code 1006")]
    [InlineData("880203f7", "close code 1015")]
    [InlineData("88021388", "close code 5000")]
    public void A_broken_framing_rule_ends_the_stream_with_1002(string hex, string error, string instead = null)
    {
        byte[] stream = Convert.FromHexString(instead ?? hex);
        for (int pieceBytes = 1; pieceBytes <= stream.Length; pieceBytes++)
        {
            string last = Read(stream, false, pieceBytes).Last();
            Assert.StartsWith("error 1002 ", last);
            Assert.Contains(error, last);
        }
    }

    [Fact]
    public void An_unmasked_frame_from_a_client_is_refused()
    {
        Assert.Equal("error 1002 unmasked WebSocket frame from a client", Assert.Single(Read([0x82, 0x00], true, 2)));
    }

    [Fact]
    public void A_close_reason_that_is_not_UTF8_is_refused_with_1007()
    {
        Assert.StartsWith("error 1007 ", Assert.Single(Read([0x88, 0x03, 0x03, 0xE8, 0xFF], false, 9)));
    }

    [Fact]
    public void A_message_above_the_limit_is_refused_with_1009_before_its_payload_arrives()
    {
        Assert.StartsWith("error 1009 ", Assert.Single(Read([0x82, 0x7E, 0x03, 0xE9], false, 9, maxMessageBytes: 1000)));
        Assert.StartsWith("error 1009 ", Assert.Single(Read([0x82, 0x7F, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], false, 9)));
        Assert.Single(Read(Frame(0x82, Counted(1000), false), false, 9000, maxMessageBytes: 1000), "message " + Convert.ToHexStringLower(Counted(1000)));

        // Fragments count together.
        byte[] fragments = [.. Frame(0x02, Counted(600), false), .. Frame(0x80, Counted(401), false)];
        Assert.StartsWith("error 1009 ", Assert.Single(Read(fragments, false, 5000, maxMessageBytes: 1000)));
    }

    [Fact]
    public void Pieces_are_handed_on_before_the_frame_is_complete()
    {
        WebSocketReader reader = new(false, 1000);
        byte[] start = [0x82, 0x64, 1, 2, 3];
        reader.Feed(start, 0, start.Length);
        Assert.Equal(WebSocketEvent.Data, reader.Next());
        Assert.Equal((2, 3, false), (reader.DataOffset, reader.DataCount, reader.IsMessageEnd));
        Assert.Equal(WebSocketEvent.NeedBytes, reader.Next());
    }
}
