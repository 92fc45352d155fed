using System;
using System.Linq;
using IrohLite.Buffers;
using IrohLite.Quic;
using Xunit;

namespace IrohLite.Tests.Quic.Wire;

/// <summary>Every frame but ACK: written, read back, cut at every byte, and refused where the RFC says so.</summary>
public class FrameTests
{
    private const string Id = "0102030405060708";
    private const string Token = "a0a1a2a3a4a5a6a7a8a9aaabacadaeaf";

    // A complete frame of each type, with values whose varints have different lengths.
    public static TheoryData<string> Samples => new()
    {
        "04 4040 05 80010000",            // RESET_STREAM
        "05 04 7bbd",                     // STOP_SENDING
        "06 4040 03 aabbcc",              // CRYPTO
        "07 03 aabbcc",                   // NEW_TOKEN
        "0e 04 4040 03 aabbcc",           // STREAM with offset and length
        "0f 04 4040 00",
        "0b 04 03 aabbcc",
        "10 80010000", "11 04 c000000040000000", "12 05", "13 4064",
        "14 7bbd", "15 04 7bbd", "16 05", "17 d000000000000000",
        "18 4040 01 08" + Id + Token,     // NEW_CONNECTION_ID
        "19 4040",
        "1a 0102030405060708", "1b f102030405060708",
        "1c 4128 06 03 616263", "1d 4040 03 616263",
    };

    private static void ReadOne(ByteReader reader)
    {
        long type = FrameRules.ReadType(reader);
        switch (type)
        {
            case FrameType.ResetStream: ResetStreamFrame.Read(reader, out _, out _, out _); break;
            case FrameType.StopSending: StopSendingFrame.Read(reader, out _, out _); break;
            case FrameType.Crypto: new CryptoFrame().Read(reader); break;
            case FrameType.NewToken: NewTokenFrame.Read(reader, out _); break;
            case FrameType.MaxData: MaxDataFrame.Read(reader); break;
            case FrameType.MaxStreamData: MaxStreamDataFrame.Read(reader, out _, out _); break;
            case FrameType.MaxStreamsBidirectional or FrameType.MaxStreamsUnidirectional: MaxStreamsFrame.Read(reader, type); break;
            case FrameType.DataBlocked: DataBlockedFrame.Read(reader); break;
            case FrameType.StreamDataBlocked: StreamDataBlockedFrame.Read(reader, out _, out _); break;
            case FrameType.StreamsBlockedBidirectional or FrameType.StreamsBlockedUnidirectional: StreamsBlockedFrame.Read(reader, type); break;
            case FrameType.NewConnectionId: new NewConnectionIdFrame().Read(reader); break;
            case FrameType.RetireConnectionId: RetireConnectionIdFrame.Read(reader); break;
            case FrameType.PathChallenge: PathChallengeFrame.Read(reader); break;
            case FrameType.PathResponse: PathResponseFrame.Read(reader); break;
            case FrameType.ConnectionClose or FrameType.ApplicationClose: new ConnectionCloseFrame().Read(reader, type); break;
            default:
                Assert.True(FrameType.IsStream(type));
                new StreamFrame().Read(reader, type);
                break;
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_frame_is_read_to_its_end_and_every_truncation_is_a_frame_encoding_error(string hex)
    {
        byte[] frame = Expectations.Hex(hex);
        ByteReader whole = Expectations.Reader(frame);
        ReadOne(whole);
        Assert.Equal(0, whole.Remaining);

        for (int length = 1; length < frame.Length; length++)
            Expectations.Closes(TransportErrorCode.FrameEncodingError, frame[0], () => ReadOne(Expectations.Reader(frame.AsSpan(0, length).ToArray())));
    }

    [Fact]
    public void Frames_of_plain_numbers_read_back()
    {
        ByteReader r = Expectations.Reader(Expectations.Written(ResetStreamFrame.Length(64, 5, 65536), w => ResetStreamFrame.Write(w, 64, 5, 65536)));
        Assert.Equal(FrameType.ResetStream, FrameRules.ReadType(r));
        ResetStreamFrame.Read(r, out long a, out long b, out long c);
        Assert.Equal((64, 5, 65536), (a, b, c));

        r = Expectations.Reader(Expectations.Written(StopSendingFrame.Length(4, 15293), w => StopSendingFrame.Write(w, 4, 15293)));
        Assert.Equal(FrameType.StopSending, FrameRules.ReadType(r));
        StopSendingFrame.Read(r, out a, out b);
        Assert.Equal((4, 15293), (a, b));

        r = Expectations.Reader(Expectations.Written(MaxStreamDataFrame.Length(8, VarInt.Max), w => MaxStreamDataFrame.Write(w, 8, VarInt.Max)));
        Assert.Equal(FrameType.MaxStreamData, FrameRules.ReadType(r));
        MaxStreamDataFrame.Read(r, out a, out b);
        Assert.Equal((8, VarInt.Max), (a, b));

        r = Expectations.Reader(Expectations.Written(StreamDataBlockedFrame.Length(8, 70), w => StreamDataBlockedFrame.Write(w, 8, 70)));
        Assert.Equal(FrameType.StreamDataBlocked, FrameRules.ReadType(r));
        StreamDataBlockedFrame.Read(r, out a, out b);
        Assert.Equal((8, 70), (a, b));

        r = Expectations.Reader(Expectations.Written(MaxDataFrame.Length(16384), w => MaxDataFrame.Write(w, 16384)));
        Assert.Equal(FrameType.MaxData, FrameRules.ReadType(r));
        Assert.Equal(16384, MaxDataFrame.Read(r));

        r = Expectations.Reader(Expectations.Written(DataBlockedFrame.Length(63), w => DataBlockedFrame.Write(w, 63)));
        Assert.Equal(FrameType.DataBlocked, FrameRules.ReadType(r));
        Assert.Equal(63, DataBlockedFrame.Read(r));

        r = Expectations.Reader(Expectations.Written(RetireConnectionIdFrame.Length(1), w => RetireConnectionIdFrame.Write(w, 1)));
        Assert.Equal(FrameType.RetireConnectionId, FrameRules.ReadType(r));
        Assert.Equal(1, RetireConnectionIdFrame.Read(r));

        Assert.Equal(new byte[] { 1 }, Expectations.Written(PingFrame.Length, PingFrame.Write));
        Assert.Equal(new byte[] { 0x1e }, Expectations.Written(HandshakeDoneFrame.Length, HandshakeDoneFrame.Write));
    }

    [Theory]
    [InlineData(FrameType.MaxStreamsBidirectional)]
    [InlineData(FrameType.MaxStreamsUnidirectional)]
    [InlineData(FrameType.StreamsBlockedBidirectional)]
    [InlineData(FrameType.StreamsBlockedUnidirectional)]
    public void A_stream_count_goes_up_to_2_to_the_60(long type)
    {
        bool max = type <= FrameType.MaxStreamsUnidirectional;
        foreach (long count in new[] { 0, 100, MaxStreamsFrame.MaxCount, MaxStreamsFrame.MaxCount + 1, VarInt.Max })
        {
            byte[] frame = Expectations.Written(max ? MaxStreamsFrame.Length(count) : StreamsBlockedFrame.Length(count),
                w => { if (max) MaxStreamsFrame.Write(w, type, count); else StreamsBlockedFrame.Write(w, type, count); });
            ByteReader reader = Expectations.Reader(frame);
            Assert.Equal(type, FrameRules.ReadType(reader));
            long Read() => max ? MaxStreamsFrame.Read(reader, type) : StreamsBlockedFrame.Read(reader, type);
            if (count <= MaxStreamsFrame.MaxCount) Assert.Equal(count, Read());
            else Expectations.Closes(TransportErrorCode.FrameEncodingError, type, () => Read());
        }
    }

    [Fact]
    public void Path_frames_carry_eight_bytes()
    {
        byte[] frame = Expectations.Written(PathChallengeFrame.Length, w => PathChallengeFrame.Write(w, unchecked((long)0xF102030405060708)));
        Assert.Equal("1af102030405060708", Convert.ToHexStringLower(frame));
        Assert.Equal(unchecked((long)0xF102030405060708), PathChallengeFrame.Read(Expectations.Reader(frame.AsSpan(1).ToArray())));

        frame = Expectations.Written(PathResponseFrame.Length, w => PathResponseFrame.Write(w, 1));
        Assert.Equal("1b0000000000000001", Convert.ToHexStringLower(frame));
        Assert.Equal(1, PathResponseFrame.Read(Expectations.Reader(frame.AsSpan(1).ToArray())));
    }

    [Theory]
    [InlineData(0, false, true, "0a 04 03")]
    [InlineData(0, true, true, "0b 04 03")]
    [InlineData(64, true, false, "0d 04 4040")]
    [InlineData(64, false, true, "0e 04 4040 03")]
    [InlineData(0, false, false, "08 04")]
    public void Stream_headers_leave_out_what_they_can(long offset, bool fin, bool withLength, string header)
    {
        long type = StreamFrame.TypeOf(offset, fin, withLength);
        byte[] written = Expectations.Written(StreamFrame.HeaderLength(type, 4, offset, 3), w => StreamFrame.WriteHeader(w, type, 4, offset, 3));
        Assert.Equal(Expectations.Hex(header), written);

        ByteReader reader = Expectations.Reader(written.Concat(new byte[] { 1, 2, 3 }).ToArray());
        StreamFrame frame = new();
        frame.Read(reader, FrameRules.ReadType(reader));
        Assert.Equal((4, offset, 3, fin), (frame.StreamId, frame.Offset, frame.DataCount, frame.Fin));
        Assert.Equal(new byte[] { 1, 2, 3 }, reader.Buffer.AsSpan(frame.DataOffset, 3).ToArray());
        Assert.Equal(0, reader.Remaining);
    }

    [Theory]
    [InlineData("0e 04 fffffffffffffffe 01 aa", true)]
    [InlineData("0e 04 ffffffffffffffff 01 aa", false)]
    [InlineData("0c 04 fffffffffffffffe aabb", false)]
    [InlineData("06 fffffffffffffffe 01 aa", true)]
    [InlineData("06 ffffffffffffffff 01 aa", false)]
    public void Data_beyond_the_largest_offset_is_a_frame_encoding_error(string hex, bool allowed)
    {
        byte[] frame = Expectations.Hex(hex);
        if (allowed) ReadOne(Expectations.Reader(frame));
        else Expectations.Closes(TransportErrorCode.FrameEncodingError, frame[0], () => ReadOne(Expectations.Reader(frame)));
    }

    [Fact]
    public void Crypto_frames_read_back()
    {
        byte[] written = Expectations.Written(CryptoFrame.HeaderLength(300, 2), w => CryptoFrame.WriteHeader(w, 300, 2));
        ByteReader reader = Expectations.Reader(written.Concat(new byte[] { 8, 9, 1 }).ToArray());
        CryptoFrame frame = new();
        Assert.Equal(FrameType.Crypto, FrameRules.ReadType(reader));
        frame.Read(reader);
        Assert.Equal((300, 2), (frame.Offset, frame.DataCount));
        Assert.Equal(new byte[] { 8, 9 }, reader.Buffer.AsSpan(frame.DataOffset, 2).ToArray());
        Assert.Equal(1, reader.Remaining);
    }

    [Fact]
    public void A_new_connection_id_reads_back()
    {
        ConnectionId id = Expectations.Id(Id);
        byte[] token = Expectations.Hex("ee" + Token);
        byte[] written = Expectations.Written(NewConnectionIdFrame.Length(70, 2, id), w => NewConnectionIdFrame.Write(w, 70, 2, id, token, 1));
        Assert.Equal(Expectations.Hex("18 4046 02 08" + Id + Token), written);

        ByteReader reader = Expectations.Reader(written);
        FrameRules.ReadType(reader);
        NewConnectionIdFrame frame = new();
        frame.Read(reader);
        Assert.Equal((70, 2), (frame.Sequence, frame.RetirePriorTo));
        Assert.True(frame.Id.SameAs(id));
        Assert.Equal(Token, Convert.ToHexStringLower(reader.Buffer, frame.TokenOffset, 16));
    }

    [Theory]
    [InlineData("18 01 02 08" + Id + Token)] // retires itself
    [InlineData("18 01 00 00" + Token)] // no id
    [InlineData("18 01 00 15" + Id + Id + Id + Token)] // 21 bytes
    [InlineData("18 01 00 ff" + Id + Token)]
    [InlineData("07 00")] // empty token
    public void Frames_against_the_rules_are_frame_encoding_errors(string hex) =>
        Expectations.Closes(TransportErrorCode.FrameEncodingError, Expectations.Hex(hex)[0], () => ReadOne(Expectations.Reader(Expectations.Hex(hex))));

    [Fact]
    public void A_cut_MAX_DATA_names_its_type() => // the case measured with the real iroh
        Expectations.Closes(0x7, 0x10, () => ReadOne(Expectations.Reader(0x10, 0x80, 0x00)));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(963)]
    public void A_run_of_padding_ends_at_the_first_other_byte(int run)
    {
        for (int behind = 0; behind < 20; behind++)
        {
            byte[] bytes = new byte[run + behind];
            if (behind > 0) bytes[run] = 0x1e;
            ByteReader reader = Expectations.Reader(bytes);
            Assert.Equal(run, PaddingFrame.SkipRun(reader));
            Assert.Equal(behind, reader.Remaining);
        }
    }

    [Fact]
    public void Datagram_frames_are_refused_by_name()
    {
        foreach (long type in new[] { FrameType.Datagram, FrameType.DatagramWithLength })
            Assert.Contains("DATAGRAM", Expectations.Closes(0xa, type, () => FrameRules.Check(type, EncryptionLevel.OneRtt, true)).Reason);
    }
}
