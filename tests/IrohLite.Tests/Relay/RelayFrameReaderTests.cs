using System;
using System.Collections.Generic;
using System.Linq;
using IrohLite.Relay;
using Xunit;

namespace IrohLite.Tests.Relay;

public class RelayFrameReaderTests
{
    private static byte[] Data(int count) => Enumerable.Range(0, count).Select(i => (byte)(i * 3)).ToArray();

    private static byte[] Batch(int segment, int count) => [7, .. Enumerable.Repeat((byte)0x5A, 32), 2, (byte)(segment >> 8), (byte)segment, .. Data(count)];

    private static (List<string> Lines, string Error) Read(byte[] frame, int pieceBytes, int version = 2, bool authenticated = true)
    {
        RecordingRelaySink sink = new();
        RelayFrameReader reader = new(sink) { Version = version, IsAuthenticated = authenticated };
        int at = 0;
        do
        {
            Padded piece = new(frame.AsSpan(at, Math.Min(pieceBytes, frame.Length - at)).ToArray());
            at += piece.Count;
            bool isGood = reader.Receive(piece.Array, piece.Offset, piece.Count, at == frame.Length);
            Assert.Equal(isGood, reader.Error == null);
            piece.AssertPaddingIntact();
            if (!isGood) return (sink.Lines, reader.Error);
        }
        while (at < frame.Length);
        return (sink.Lines, null);
    }

    [Theory]
    [InlineData(100, 1000)]
    [InlineData(100, 1)]
    [InlineData(100, 350)]
    [InlineData(0, 333)]
    [InlineData(1, 5)]
    [InlineData(400, 400)]
    [InlineData(400, 399)]
    public void A_batch_is_cut_alike_however_it_arrives(int segment, int count)
    {
        byte[] frame = Batch(segment, count);
        int step = segment == 0 ? count : segment;
        List<string> expected = Data(count).Chunk(step).Select(piece => "datagram 5a5a5a5a " + Convert.ToHexStringLower(piece)).ToList();
        for (int pieceBytes = 1; pieceBytes <= frame.Length; pieceBytes++)
        {
            (List<string> lines, string error) = Read(frame, pieceBytes);
            Assert.Null(error);
            Assert.Equal(expected, lines);
        }
    }

    [Fact]
    public void Each_datagram_of_a_batch_is_handed_on_as_soon_as_it_is_complete()
    {
        RecordingRelaySink sink = new();
        RelayFrameReader reader = new(sink) { Version = 2, IsAuthenticated = true };
        byte[] frame = Batch(10, 35);
        const int Prefix = 36;
        Assert.True(reader.Receive(frame, 0, Prefix + 19, false));
        Assert.Single(sink.Lines);
        Assert.True(reader.Receive(frame, Prefix + 19, 1, false));
        Assert.Equal(2, sink.Lines.Count);
        Assert.True(reader.Receive(frame, Prefix + 20, 15, false));
        Assert.Equal(3, sink.Lines.Count);

        // The message turns out to end here: the short last datagram is complete.
        Assert.True(reader.Receive(frame, 0, 0, true));
        Assert.Equal(4, sink.Lines.Count);
    }

    [Fact]
    public void A_datagram_above_our_size_is_dropped_and_counted_and_its_neighbours_arrive()
    {
        for (int pieceBytes = 500; pieceBytes < 5000; pieceBytes += 500)
        {
            RecordingRelaySink sink = new();
            RelayFrameReader reader = new(sink) { Version = 2, IsAuthenticated = true };
            byte[] frame = Batch(1501, 3002 + 7);
            for (int at = 0; at < frame.Length; at += pieceBytes)
            {
                int count = Math.Min(pieceBytes, frame.Length - at);
                Assert.True(reader.Receive(frame.ToArray(), at, count, at + count == frame.Length));
            }

            Assert.Equal(2, reader.OversizeDatagrams);
            Assert.Equal(7, Assert.Single(sink.Lines).Split(' ')[2].Length / 2);
        }
    }

    [Fact]
    public void The_largest_datagram_is_handed_on()
    {
        byte[] frame = [6, .. new byte[33], .. Data(RelayClientLimits.RelayedDatagramBytes)];
        Assert.Single(Read(frame, 700).Lines);
        Assert.Single(Read(frame, 7000).Lines);
    }

    [Theory]
    [InlineData("", "empty relay frame")]
    [InlineData("40", "ends inside its type")]
    [InlineData("3f00", "unknown relay frame type 63")]
    [InlineData("0e", "unknown relay frame type 14")]
    [InlineData("4100", "unknown relay frame type 256")]
    [InlineData("c00000000000000e", "unknown relay frame type 14")]
    [InlineData("01", "type 1 goes the other way")]
    [InlineData("04", "type 4 goes the other way")]
    [InlineData("05", "type 5 goes the other way")]
    [InlineData("00", "type 0 after the handshake")]
    [InlineData("02", "type 2 after the handshake")]
    [InlineData("03", "type 3 after the handshake")]
    [InlineData("0b41", "Health frame in version 2")]
    [InlineData("0909", "type 9 with only 1 bytes")]
    [InlineData("0a", "type 10 with only 0 bytes")]
    [InlineData("09010203040506070809", "type 9 longer than 8 bytes")]
    [InlineData("0d", "type 13 with only 0 bytes")]
    [InlineData("0d0000", "type 13 longer than 1 bytes")]
    [InlineData("0c00000000000000", "type 12 with only 7 bytes")]
    [InlineData("08aa", "type 8 with only 1 bytes")]
    public void A_frame_that_breaks_a_rule_is_refused_by_name(string hex, string error)
    {
        byte[] frame = Convert.FromHexString(hex);
        for (int pieceBytes = 1; pieceBytes <= Math.Max(1, frame.Length); pieceBytes++)
        {
            (List<string> lines, string found) = Read(frame, pieceBytes);
            Assert.Contains(error, found);
            Assert.Empty(lines);
        }
    }

    [Theory]
    [InlineData(6, 33)]
    [InlineData(7, 35)]
    public void A_datagram_frame_without_data_is_refused(int type, int payloadBytes)
    {
        (List<string> lines, string error) = Read([(byte)type, .. new byte[payloadBytes]], 10);
        Assert.Contains($"type {type} with only {payloadBytes} bytes", error);
        Assert.Empty(lines);
    }

    [Fact]
    public void A_payload_may_have_65536_bytes_and_no_more()
    {
        byte[] largest = [7, .. new byte[33], 4, 0, .. new byte[65536 - 35]];
        Assert.Equal(64, Read(largest, 65537).Lines.Count);
        Assert.Contains("longer than 65536", Read([.. largest, 0], 70000).Error);
        Assert.Contains("longer than 65536", Read([.. largest, 0], 1000).Error);
    }

    [Theory]
    [InlineData("0600", 2)]
    [InlineData("0900", 2)]
    [InlineData("0d00", 2)]
    [InlineData("0b00", 1)]
    public void Session_frames_before_the_handshake_is_done_are_refused(string hex, int version)
    {
        Assert.Contains("before the handshake is done", Read(Convert.FromHexString(hex), 9, version, authenticated: false).Error);
    }

    [Fact]
    public void Status_belongs_to_version_2_and_Health_to_version_1()
    {
        Assert.Contains("Status frame in version 1", Read([0x0D, 0], 9, version: 1).Error);
        Assert.Equal("frame 0b 6869", Assert.Single(Read([0x0B, 0x68, 0x69], 9, version: 1).Lines));
    }

    [Fact]
    public void Of_a_long_text_the_beginning_is_kept()
    {
        byte[] frame = [0x0B, .. Data(5000)];
        foreach (int pieceBytes in new[] { 1, 100, 6000 })
            Assert.Equal("frame 0b " + Convert.ToHexStringLower(Data(RelayClientLimits.KeptFrameBytes)), Assert.Single(Read(frame, pieceBytes, version: 1).Lines));
    }

    [Fact]
    public void A_type_in_a_longer_varint_is_the_same_type()
    {
        Assert.Equal("frame 09 0102030405060708", Assert.Single(Read(Convert.FromHexString("40090102030405060708"), 3).Lines));
    }
}
