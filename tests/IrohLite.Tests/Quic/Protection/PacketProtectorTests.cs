using System;
using System.Linq;
using IrohLite.Crypto;
using IrohLite.Quic;
using Xunit;

namespace IrohLite.Tests.Quic.Protection;

public class PacketProtectorTests
{
    private readonly ReferenceCrypto _crypto = new();
    private readonly PacketProtector _protector;
    private readonly PacketHeader _header = new();
    private readonly LevelKeys _client;
    private readonly LevelKeys _server;
    private readonly ConnectionId _id = Expectations.Id("0102030405060708");

    public PacketProtectorTests()
    {
        _protector = new PacketProtector(_crypto);
        byte[] secrets = Enumerable.Range(0, 64).Select(i => (byte)i).ToArray();
        _client = new LevelKeys(_crypto);
        _server = new LevelKeys(_crypto);
        _client.Install(secrets, 0, secrets, 32, true, true);
        _server.Install(secrets, 0, secrets, 32, false, true);
    }

    // A packet from the client, in the middle of a poisoned array.
    private byte[] Packet(int type, long number, byte[] payload, int reserved, out int end)
    {
        byte[] buffer = Enumerable.Repeat((byte)0xEE, payload.Length + 80).ToArray();
        int at = type == PacketType.OneRtt
            ? PacketHeaderWriter.WriteShort(buffer, 7, _id, 0, number, 2)
            : PacketHeaderWriter.WriteLong(buffer, 7, type, _id, _id, null, 0, 0, number, 2);
        if (type != PacketType.OneRtt) PacketHeaderWriter.PatchLength(buffer, at - 2, at + payload.Length + 16);
        buffer[7] |= (byte)reserved;
        payload.CopyTo(buffer, at);
        end = _protector.Seal(_client, buffer, 7, at - 2, at, at + payload.Length, number);
        for (int i = 0; i < buffer.Length; i++)
            if (i < 7 || i >= end) Assert.Equal(0xEE, buffer[i]);
        return buffer;
    }

    private int Open(byte[] buffer, int end)
    {
        Assert.True(PacketHeaderReader.TryRead(buffer, 7, end, 8, _header, out _));
        return _protector.Open(_server, _header, PacketNumber.None);
    }

    [Theory]
    [InlineData(PacketType.Initial)]
    [InlineData(PacketType.Handshake)]
    [InlineData(PacketType.OneRtt)]
    public void A_sealed_packet_opens(int type)
    {
        byte[] payload = { 1, 0, 0, 0, 9 };
        byte[] buffer = Packet(type, 300, payload, 0, out int end);

        Assert.Equal(5, Open(buffer, end));
        Assert.Equal(300, _protector.PacketNumber);
        Assert.Equal(payload, buffer.AsSpan(_protector.PayloadOffset, 5).ToArray());
        Assert.Equal(PacketKeyGeneration.Current, _protector.Generation);
        Assert.Equal(0, _protector.FailedCount);
    }

    [Theory]
    [InlineData(PacketType.Initial, 0x04)]
    [InlineData(PacketType.Handshake, 0x08)]
    [InlineData(PacketType.OneRtt, 0x08)]
    [InlineData(PacketType.OneRtt, 0x10)]
    public void Reserved_bits_in_an_authentic_packet_are_a_protocol_violation(int type, int bits)
    {
        byte[] buffer = Packet(type, 5, new byte[] { 1, 0, 0 }, bits, out int end);

        Expectations.Closes(TransportErrorCode.ProtocolViolation, 0, () => Open(buffer, end));
    }

    [Fact]
    public void The_spin_bit_is_no_reserved_bit()
    {
        byte[] buffer = Packet(PacketType.OneRtt, 5, new byte[] { 1, 0, 0 }, 0x20, out int end);

        Assert.Equal(3, Open(buffer, end));
    }

    [Fact]
    public void Any_changed_bit_makes_the_packet_unauthentic_and_nothing_more()
    {
        byte[] good = Packet(PacketType.OneRtt, 5, new byte[] { 1, 2, 3, 4 }, 0, out int end);
        int tried = 0;
        for (int i = 7; i < end; i++)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                if (i == 7 && bit >= 6) continue; // form and fixed bit make it another packet
                byte[] buffer = good.ToArray();
                buffer[i] ^= (byte)(1 << bit);
                Assert.Equal(-1, Open(buffer, end));
                tried++;
            }
        }
        Assert.Equal(tried, _protector.FailedCount);
        Assert.Equal((end - 7) * 8 - 2, tried);
    }

    [Fact]
    public void The_integrity_limit_ends_the_connection()
    {
        byte[] buffer = Packet(PacketType.OneRtt, 5, new byte[] { 1, 2, 3, 4 }, 0, out int end);
        buffer[end - 1] ^= 1;
        _protector.FailedCount = PacketProtector.IntegrityLimit - 1;

        Expectations.Closes(TransportErrorCode.AeadLimitReached, 0, () => Open(buffer, end));
    }

    [Fact]
    public void Released_keys_free_their_handles_once()
    {
        Assert.Equal(4, _crypto.LiveHandles);
        Assert.True(_client.Installed);
        _client.Release();
        _client.Release();
        Assert.False(_client.Installed);
        Assert.Equal(2, _crypto.LiveHandles);

        _server.InstallInitial(_id, false);
        Assert.Equal(2, _crypto.LiveHandles);
        Assert.True(_server.Installed);
    }
}
