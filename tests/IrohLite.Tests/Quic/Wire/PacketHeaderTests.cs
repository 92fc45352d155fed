using System;
using System.Linq;
using System.Text.Json;
using IrohLite.Diagnostics;
using IrohLite.Quic;
using Xunit;

namespace IrohLite.Tests.Quic.Wire;

public class PacketHeaderTests
{
    private readonly PacketHeader _header = new();

    // The packet stands in the middle of a larger array whose bytes would read as plausible lengths.
    private bool Read(byte[] packet, int cidLength, out int reason)
    {
        byte[] buffer = Enumerable.Repeat((byte)0x01, packet.Length + 64).ToArray();
        packet.CopyTo(buffer, 30);
        return PacketHeaderReader.TryRead(buffer, 30, 30 + packet.Length, cidLength, _header, out reason);
    }

    private string Slice(int offset, int count) => Convert.ToHexStringLower(_header.Buffer, offset, count);

    private static byte[] Initial(string token, string length, int payloadBytes, string dcid = "8394c8f03e515708", string scid = "c0c1")
    {
        string Prefixed(string hex) => (hex.Length / 2).ToString("x2") + hex;
        return Expectations.Hex("c000000001" + Prefixed(dcid) + Prefixed(scid) + token + length).Concat(new byte[payloadBytes]).ToArray();
    }

    [Fact]
    public void Long_headers_of_any_version_give_their_ids()
    {
        using JsonDocument file = Vectors.Open("quic_invariants.json");
        int valid = 0, dropped = 0;
        foreach (JsonElement sample in file.RootElement.GetProperty("long_header").EnumerateArray())
        {
            byte[] packet = Expectations.Hex(sample.GetProperty("bytes").GetString());
            bool isVersion1 = packet.Length >= 5 && packet[4] == 1 && packet[1] == 0;
            // The samples end behind the ids; version 1 goes on with token, length and at least 20 bytes.
            if (isVersion1 && !sample.TryGetProperty("valid", out _)) packet = packet.Concat(new byte[] { 0, 20 }).Concat(new byte[20]).ToArray();
            bool read = Read(packet, 8, out int reason);
            if (sample.TryGetProperty("valid", out _))
            {
                Assert.False(read);
                Assert.Equal(DropReason.Truncated, reason);
                dropped++;
                continue;
            }
            Assert.True(read);
            Assert.Equal(DropReason.None, reason);
            Assert.Equal(sample.GetProperty("version").GetString(), _header.Version.ToString("x8"));
            Assert.Equal(sample.GetProperty("dcid").GetString(), Slice(_header.DcidOffset, _header.DcidLength));
            Assert.Equal(sample.GetProperty("scid").GetString(), Slice(_header.ScidOffset, _header.ScidLength));
            Assert.Equal(isVersion1 ? PacketType.Initial : PacketType.OtherVersion, _header.Type);
            Assert.True(_header.IsLong);
            valid++;
        }
        Assert.Equal((3, 2), (valid, dropped));
    }

    [Fact]
    public void Version_negotiation_samples_are_read_or_dropped()
    {
        using JsonDocument file = Vectors.Open("quic_invariants.json");
        int valid = 0, dropped = 0;
        foreach (JsonElement sample in file.RootElement.GetProperty("version_negotiation").EnumerateArray())
        {
            bool read = Read(Expectations.Hex(sample.GetProperty("bytes").GetString()), 8, out int reason);
            if (sample.TryGetProperty("valid", out _))
            {
                Assert.False(read);
                Assert.Equal(DropReason.MalformedHeader, reason);
                dropped++;
                continue;
            }
            Assert.True(read);
            Assert.Equal(PacketType.VersionNegotiation, _header.Type);
            Assert.Equal(sample.GetProperty("dcid").GetString(), _header.Dcid.ToString());
            Assert.Equal(sample.GetProperty("scid").GetString(), _header.Scid.ToString());
            string list = string.Concat(sample.GetProperty("versions").EnumerateArray().Select(v => v.GetString()));
            Assert.Equal(list, Slice(_header.TokenOffset, _header.TokenCount));
            Assert.True(VersionNegotiation.ListsVersion1(_header));
            valid++;
        }
        Assert.Equal((2, 2), (valid, dropped));
    }

    [Fact]
    public void Short_headers_carry_an_id_of_the_local_length()
    {
        using JsonDocument file = Vectors.Open("quic_invariants.json");
        int count = 0;
        foreach (JsonElement sample in file.RootElement.GetProperty("short_header").EnumerateArray())
        {
            byte[] packet = Expectations.Hex(sample.GetProperty("bytes").GetString()).Concat(new byte[30]).ToArray();
            int cidLength = sample.GetProperty("local_cid_length").GetInt32();
            bool fixedBit = (packet[0] & 0x40) != 0;
            Assert.Equal(fixedBit, Read(packet, cidLength, out int reason));
            Assert.Equal(fixedBit ? DropReason.None : DropReason.MalformedHeader, reason);
            if (fixedBit)
            {
                Assert.Equal(PacketType.OneRtt, _header.Type);
                Assert.False(_header.IsLong);
                Assert.Equal(sample.GetProperty("dcid").GetString(), Slice(_header.DcidOffset, _header.DcidLength));
                Assert.Equal(0, _header.Scid.Length);
                Assert.Equal(_header.PacketOffset + 9, _header.PacketNumberOffset);
                Assert.Equal(packet.Length, _header.SizeBytes);
            }
            count++;
        }
        Assert.Equal(2, count);
    }

    [Theory]
    [InlineData("14")]
    [InlineData("4014")]
    [InlineData("80000014")]
    [InlineData("c000000000000014")]
    public void The_length_field_may_have_any_varint_length(string length)
    {
        Assert.True(Read(Initial("00", length, 20 + 7), 8, out _));

        Assert.Equal(PacketType.Initial, _header.Type);
        Assert.Equal(_header.PacketNumberOffset + 20, _header.PacketEnd);
        Assert.Equal(30 + 17 + 1 + length.Length / 2, _header.PacketNumberOffset);
        Assert.Equal("8394c8f03e515708", _header.Dcid.ToString());
        Assert.Equal("c0c1", _header.Scid.ToString());
    }

    [Fact]
    public void A_token_is_located()
    {
        Assert.True(Read(Initial("03aabbcc", "4014", 20), 8, out _));

        Assert.Equal("aabbcc", Slice(_header.TokenOffset, _header.TokenCount));
    }

    [Fact]
    public void A_version_1_packet_without_the_fixed_bit_is_dropped()
    {
        byte[] packet = Initial("00", "4014", 20);
        packet[0] = 0x80;

        Assert.False(Read(packet, 8, out int reason));
        Assert.Equal(DropReason.MalformedHeader, reason);
    }

    [Theory]
    [InlineData(21, 2)]
    [InlineData(2, 21)]
    [InlineData(255, 255)]
    public void A_version_1_connection_id_above_20_bytes_is_dropped(int dcid, int scid)
    {
        byte[] packet = Initial("00", "4014", 20, new string('a', 2 * dcid), new string('b', 2 * scid));

        Assert.False(Read(packet, 8, out int reason));
        Assert.Equal(DropReason.MalformedHeader, reason);
    }

    [Theory]
    [InlineData("00", "4015")] // Length beyond the datagram
    [InlineData("00", "ffffffffffffffff")]
    [InlineData("3f", "4014")] // token beyond the packet
    [InlineData("ffffffffffffffff", "4014")]
    [InlineData("00", "4013")] // no room for the header protection sample
    public void Lengths_that_do_not_fit_are_dropped(string token, string length)
    {
        Assert.False(Read(Initial(token, length, 20), 8, out int reason));
        Assert.Equal(DropReason.Truncated, reason);
    }

    [Fact]
    public void A_short_packet_needs_a_sample()
    {
        Assert.True(Read(new byte[] { 0x40 }.Concat(new byte[28]).ToArray(), 8, out _));
        Assert.False(Read(new byte[] { 0x40 }.Concat(new byte[27]).ToArray(), 8, out int reason));
        Assert.Equal(DropReason.Truncated, reason);
    }

    [Fact]
    public void Every_truncation_of_every_type_is_dropped()
    {
        byte[] initial = Initial("03aabbcc", "4014", 20);
        byte[] handshake = initial.ToArray();
        handshake[0] = 0xE0;
        foreach (byte[] packet in new[] { initial, handshake.AsSpan(0, 17).ToArray().Append((byte)20).Concat(new byte[20]).ToArray() })
        {
            Assert.True(Read(packet, 8, out _));
            for (int length = 0; length < packet.Length; length++)
            {
                Assert.False(Read(packet.AsSpan(0, length).ToArray(), 8, out int reason));
                Assert.Equal(DropReason.Truncated, reason);
            }
        }
    }

    [Fact]
    public void Coalesced_packets_are_split_by_their_lengths()
    {
        byte[] first = Initial("00", "4014", 20), second = Initial("00", "8000001e", 30);
        second[0] = 0xE3;
        second = second.AsSpan(0, 17).ToArray().Concat(second.AsSpan(18).ToArray()).ToArray(); // a Handshake has no token field
        byte[] third = new byte[] { 0x5F }.Concat(new byte[40]).ToArray();
        byte[] datagram = first.Concat(second).Concat(third).ToArray();

        int[] types = new int[3];
        int at = 0;
        for (int i = 0; i < 3; i++)
        {
            Assert.True(PacketHeaderReader.TryRead(datagram, at, datagram.Length, 8, _header, out _));
            types[i] = _header.Type;
            at = _header.PacketEnd;
        }

        Assert.Equal(new[] { PacketType.Initial, PacketType.Handshake, PacketType.OneRtt }, types);
        Assert.Equal(datagram.Length, at);
    }

    [Fact]
    public void A_retry_without_a_token_is_dropped()
    {
        byte[] packet = Expectations.Hex("f0000000010008f067a5502a4262b5").Concat(new byte[17]).ToArray();

        Assert.True(Read(packet, 8, out _));
        Assert.Equal((PacketType.Retry, 1), (_header.Type, _header.TokenCount));
        Assert.False(Read(packet.AsSpan(0, packet.Length - 1).ToArray(), 8, out _));
    }

    [Fact]
    public void A_zero_rtt_packet_is_recognised_and_has_no_level()
    {
        byte[] packet = Initial("00", "4014", 20);
        packet[0] = 0xD0;
        packet = packet.AsSpan(0, 17).ToArray().Concat(packet.AsSpan(18).ToArray()).ToArray();

        Assert.True(Read(packet, 8, out _));
        Assert.Equal(PacketType.ZeroRtt, _header.Type);
        Assert.Equal(-1, EncryptionLevel.OfPacket(_header.Type));
    }

    [Fact]
    public void Random_bytes_are_read_or_dropped_and_stay_inside_the_datagram()
    {
        Random random = new(20);
        int read = 0;
        for (int i = 0; i < 50000; i++)
        {
            byte[] packet = new byte[random.Next(90)];
            random.NextBytes(packet);
            if (packet.Length > 5 && random.Next(2) == 0) new byte[] { 0, 0, 0, 1, (byte)random.Next(9) }.CopyTo(packet, 1);
            if (!Read(packet, 8, out int reason))
            {
                Assert.NotEqual(DropReason.None, reason);
                continue;
            }
            read++;
            Assert.InRange(_header.PacketEnd, 31, 30 + packet.Length);
            if (_header.TokenCount != 0) Assert.InRange(_header.TokenOffset + _header.TokenCount, 31, 30 + packet.Length);
            if (_header.PacketNumberOffset > 0) Assert.InRange(_header.PacketEnd - _header.PacketNumberOffset, 20, packet.Length);
        }
        Assert.InRange(read, 1000, 49000);
    }

    [Fact]
    public void A_written_initial_with_a_token_reads_back()
    {
        ConnectionId dcid = Expectations.Id("0102030405060708090a0b0c0d0e0f1011121314"), scid = Expectations.Id("d0d1d2d3");
        byte[] buffer = new byte[200], token = { 9, 9, 7, 7, 7, 9 };

        int payload = PacketHeaderWriter.WriteLong(buffer, 10, PacketType.Initial, dcid, scid, token, 2, 3, 0x1234, 2);
        Assert.Equal(PacketHeaderWriter.LongLength(PacketType.Initial, 20, 4, 3, 2), payload - 10);
        PacketHeaderWriter.PatchLength(buffer, payload - 2, payload + 50);

        Assert.True(PacketHeaderReader.TryRead(buffer, 10, 200, 8, _header, out _));
        Assert.Equal(PacketType.Initial, _header.Type);
        Assert.True(_header.Dcid.SameAs(dcid));
        Assert.True(_header.Scid.SameAs(scid));
        Assert.Equal("070707", Slice(_header.TokenOffset, _header.TokenCount));
        Assert.Equal(payload - 2, _header.PacketNumberOffset);
        Assert.Equal(payload + 50, _header.PacketEnd);
        Assert.Equal(0x12, buffer[payload - 2]);
        Assert.Equal(0x34, buffer[payload - 1]);
    }

    [Theory]
    [InlineData(0x4000)]
    [InlineData(-1)]
    public void A_packet_length_that_two_bytes_cannot_hold_is_a_mistake_of_ours(int length) =>
        Assert.Throws<InvalidOperationException>(() => PacketHeaderWriter.PatchLength(new byte[20], 10, 10 + length));
}
