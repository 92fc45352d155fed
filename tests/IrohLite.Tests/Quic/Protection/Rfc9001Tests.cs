using System;
using System.Text;
using System.Text.Json;
using IrohLite.Crypto;
using IrohLite.Quic;
using Xunit;

namespace IrohLite.Tests.Quic.Protection;

/// <summary>The samples of RFC 9001 appendix A, in both directions.</summary>
public class Rfc9001Tests
{
    private static string Text(JsonElement root, params string[] path)
    {
        foreach (string name in path) root = root.GetProperty(name);
        return root.GetString();
    }

    [Fact]
    public void Initial_secrets_follow_from_the_first_destination_id()
    {
        using JsonDocument file = Vectors.Open("rfc9001_appendix_a.json");
        byte[] client = new byte[34], server = new byte[40];
        InitialSecrets.Derive(new ReferenceCrypto(), Expectations.Id(Text(file.RootElement, "client_dcid")), client, 1, server, 5);

        Assert.Equal(Text(file.RootElement, "client", "secret"), Convert.ToHexStringLower(client, 1, 32));
        Assert.Equal(Text(file.RootElement, "server", "secret"), Convert.ToHexStringLower(server, 5, 32));
        Assert.Equal(0, client[0] + client[33] + server[4] + server[37]);
    }

    [Theory]
    [InlineData("client_initial", false)]
    [InlineData("server_initial", true)]
    public void The_sample_packet_opens_and_seals_to_the_same_bytes(string name, bool receiverIsClient)
    {
        using JsonDocument file = Vectors.Open("rfc9001_appendix_a.json");
        JsonElement sample = file.RootElement.GetProperty(name);
        byte[] packet = Expectations.Hex(Text(sample, "packet"));
        ReferenceCrypto crypto = new();
        PacketProtector protector = new(crypto);
        LevelKeys receiver = new(crypto), sender = new(crypto);
        ConnectionId dcid = Expectations.Id(Text(file.RootElement, "client_dcid"));
        receiver.InstallInitial(dcid, receiverIsClient);
        sender.InstallInitial(dcid, !receiverIsClient);
        byte[] buffer = new byte[packet.Length + 9];
        packet.CopyTo(buffer, 4);
        PacketHeader header = new();

        Assert.True(PacketHeaderReader.TryRead(buffer, 4, 4 + packet.Length, 8, header, out _));
        int length = protector.Open(receiver, header, PacketNumber.None);

        string unprotected = Text(sample, "unprotected_header");
        int numberLength = sample.GetProperty("packet_number_length").GetInt32();
        Assert.Equal(sample.GetProperty("packet_number").GetInt64(), protector.PacketNumber);
        Assert.Equal(unprotected, Convert.ToHexStringLower(buffer, 4, protector.PayloadOffset - 4));
        string payload = sample.TryGetProperty("payload", out JsonElement whole)
            ? whole.GetString()
            : Text(sample, "crypto_frame").PadRight(2 * sample.GetProperty("payload_length").GetInt32(), '0');
        Assert.Equal(payload, Convert.ToHexStringLower(buffer, protector.PayloadOffset, length));

        int end = protector.Seal(sender, buffer, 4, header.PacketNumberOffset, header.PacketNumberOffset + numberLength, protector.PayloadOffset + length, protector.PacketNumber);
        Assert.Equal(packet, buffer.AsSpan(4, end - 4).ToArray());
    }

    [Fact]
    public void The_retry_tag_verifies_for_the_original_id_alone()
    {
        using JsonDocument file = Vectors.Open("rfc9001_appendix_a.json");
        JsonElement retry = file.RootElement.GetProperty("retry");
        byte[] packet = Expectations.Hex("eeee" + Text(retry, "packet") + "ee");
        ReferenceCrypto crypto = new();
        ConnectionId original = Expectations.Id(Text(retry, "original_dcid"));
        int end = packet.Length - 1;

        Assert.True(RetryIntegrity.Verify(crypto, original, packet, 2, end));
        Assert.False(RetryIntegrity.Verify(crypto, Expectations.Id("8394c8f03e515709"), packet, 2, end));
        Assert.False(RetryIntegrity.Verify(crypto, Expectations.Id(""), packet, 2, end));
        Assert.False(RetryIntegrity.Verify(crypto, original, packet, 2, 10));
        for (int i = 2; i < end; i++)
        {
            packet[i] ^= 1;
            Assert.False(RetryIntegrity.Verify(crypto, original, packet, 2, end));
            packet[i] ^= 1;
        }
    }

    [Fact]
    public void A_retry_is_built_to_the_bytes_of_the_sample()
    {
        using JsonDocument file = Vectors.Open("rfc9001_appendix_a.json");
        JsonElement retry = file.RootElement.GetProperty("retry");
        byte[] expected = Expectations.Hex(Text(retry, "packet"));
        byte[] buffer = new byte[100], token = Expectations.Hex("00" + Text(retry, "token"));

        int end = PacketHeaderWriter.WriteRetry(buffer, 3, Expectations.Id(""), Expectations.Id("f067a5502a4262b5"), token, 1, token.Length - 1);
        buffer[3] = expected[0]; // the four low bits are unused and random
        end = RetryIntegrity.WriteTag(new ReferenceCrypto(), Expectations.Id(Text(retry, "original_dcid")), buffer, 3, end);

        Assert.Equal(expected, buffer.AsSpan(3, end - 3).ToArray());
    }

    [Fact]
    public void The_key_update_step_of_A5_is_the_one_used()
    {
        using JsonDocument file = Vectors.Open("rfc9001_appendix_a.json");
        JsonElement sample = file.RootElement.GetProperty("chacha20_short_header");
        ICryptoProvider crypto = new ReferenceCrypto();
        byte[] next = new byte[32];
        crypto.HkdfExpandLabel(Expectations.Hex(Text(sample, "secret")), 0, Encoding.ASCII.GetBytes("tls13 quic ku"), next, 0, 0, next, 0, 32);

        Assert.Equal(Text(sample, "ku"), Convert.ToHexStringLower(next));
    }
}
