using System;
using System.Linq;
using System.Text;
using System.Text.Json;
using IrohLite.Crypto;
using Xunit;

namespace IrohLite.Tests.Crypto;

/// <summary>RFC 9001 appendix A through the calls that QUIC makes, and the packet number rules of RFC 9000 appendix A.</summary>
public class PacketKeyVectorTests
{
    [Theory]
    [MemberData(nameof(CryptoProviders.All), MemberType = typeof(CryptoProviders))]
    public void Initial_secrets_and_keys_are_those_of_rfc_9001(string provider)
    {
        ICryptoProvider crypto = CryptoProviders.Make(provider);
        using JsonDocument file = Vectors.Open("rfc9001_appendix_a.json");
        JsonElement root = file.RootElement;
        byte[] initial = HkdfReference.Hmac(crypto, root.Bytes("initial_salt"), root.Bytes("client_dcid"));
        Assert.Equal(root.Bytes("initial_secret"), initial);
        foreach ((string side, string label) in new[] { ("client", "tls13 client in"), ("server", "tls13 server in") })
        {
            JsonElement keys = root.GetProperty(side);
            byte[] secret = HkdfReference.ExpandLabel(crypto, initial, label, Array.Empty<byte>(), 32);
            Assert.Equal(keys.Bytes("secret"), secret);
            Assert.Equal(keys.Bytes("key"), HkdfReference.ExpandLabel(crypto, secret, "tls13 quic key", Array.Empty<byte>(), 16));
            Assert.Equal(keys.Bytes("iv"), HkdfReference.ExpandLabel(crypto, secret, "tls13 quic iv", Array.Empty<byte>(), 12));
            Assert.Equal(keys.Bytes("hp"), HkdfReference.ExpandLabel(crypto, secret, "tls13 quic hp", Array.Empty<byte>(), 16));
        }

        JsonElement update = root.GetProperty("chacha20_short_header");
        Assert.Equal(update.Bytes("ku"), HkdfReference.ExpandLabel(crypto, update.Bytes("secret"), "tls13 quic ku", Array.Empty<byte>(), 32));
    }

    [Theory]
    [MemberData(nameof(CryptoProviders.All), MemberType = typeof(CryptoProviders))]
    public void Both_initial_packets_of_rfc_9001_are_sealed_and_opened_byte_for_byte(string provider)
    {
        ICryptoProvider crypto = CryptoProviders.Make(provider);
        using JsonDocument file = Vectors.Open("rfc9001_appendix_a.json");
        JsonElement root = file.RootElement;
        JsonElement client = root.GetProperty("client_initial");
        byte[] clientPayload = new byte[client.Int("payload_length")];
        client.Bytes("crypto_frame").CopyTo(clientPayload, 0);
        Check(crypto, root.GetProperty("client").Bytes("secret"), client, clientPayload);
        JsonElement server = root.GetProperty("server_initial");
        Check(crypto, root.GetProperty("server").Bytes("secret"), server, server.Bytes("payload"));
    }

    [Fact]
    public void Packet_numbers_expand_as_in_rfc_9000_a_3()
    {
        using JsonDocument file = Vectors.Open("rfc9000_appendix_a.json");
        int ran = 0;
        foreach (JsonElement test in file.RootElement.GetProperty("packet_number_decode").EnumerateArray())
        {
            Assert.Equal(Number(test.GetProperty("result")),
                PacketKeyTable.Expand(Number(test.GetProperty("truncated")), test.Int("bits"), Number(test.GetProperty("largest")) + 1));
            ran++;
        }

        foreach (JsonElement row in file.RootElement.GetProperty("packet_number_decode_derived").GetProperty("rows").EnumerateArray())
        {
            Assert.Equal(Number(row[3]), PacketKeyTable.Expand(Number(row[2]), row[1].GetInt32(), Number(row[0]) + 1));
            ran++;
        }

        Assert.True(ran > 10, "only " + ran);

        // Nothing received yet: the expected number is 0, and every length gives small numbers.
        foreach (int bits in new[] { 8, 16, 24, 32 }) Assert.Equal(5, PacketKeyTable.Expand(5, bits, 0));
    }

    private static long Number(JsonElement element) => Convert.ToInt64(element.GetString()[2..], 16);

    private static void Check(ICryptoProvider crypto, byte[] secret, JsonElement vector, byte[] payload)
    {
        byte[] header = vector.Bytes("unprotected_header");
        byte[] expected = vector.Bytes("packet");
        long number = vector.Long("packet_number");
        int numberLength = header[0] % 4 + 1;
        const int Before = 11;
        Padded packet = new(header.Concat(payload).Concat(new byte[16]).ToArray(), Before);
        int numberOffset = Before + header.Length - numberLength;
        int payloadOffset = Before + header.Length;

        Padded secretRegion = new(secret, 5);
        int keys = crypto.CreatePacketKeys(secretRegion.Array, secretRegion.Offset, false);
        int end = crypto.SealPacket(keys, packet.Array, Before, numberOffset, payloadOffset, payloadOffset + payload.Length, number);
        Assert.Equal(Before + expected.Length, end);
        Assert.Equal(expected, packet.Content);
        packet.AssertPaddingIntact();

        long[] opened = new long[3];
        Assert.Equal(payload.Length, crypto.OpenPacket(keys, packet.Array, Before, numberOffset, end, -1, opened));
        Assert.Equal(new long[] { number, payloadOffset, PacketKeyGeneration.Current }, opened);
        Assert.Equal(header, packet.Content[..header.Length]);
        Assert.Equal(payload, packet.Content[header.Length..^16]);
        packet.AssertPaddingIntact();
        crypto.ReleasePacketKeys(keys);
    }
}
