using System;
using System.Linq;
using System.Text;
using System.Text.Json;
using IrohLite.Crypto;
using IrohLite.Identity;
using IrohLite.Text;
using Xunit;

namespace IrohLite.Tests.Identity;

public class IdentityVectorTests
{
    [Theory]
    [MemberData(nameof(CryptoProviders.All), MemberType = typeof(CryptoProviders))]
    public void Keys_ids_and_signatures_are_those_of_iroh(string provider)
    {
        ICryptoProvider crypto = CryptoProviders.Make(provider);
        int ran = 0;
        using JsonDocument file = Vectors.Open("iroh/iroh-wire.json");
        foreach (JsonElement test in file.RootElement.GetProperty("identity").GetProperty("keys").EnumerateArray())
        {
            Padded seed = new(test.Bytes("secret"));
            SecretKey key = SecretKey.FromSeed(seed.Array, seed.Offset, crypto);
            EndpointId id = key.Id;
            Assert.Equal(test.Text("endpoint_id_hex"), id.ToString());
            Assert.Equal(test.Text("short"), id.ToShortString());
            Assert.Equal(test.Text("z32"), id.ToZ32());
            Assert.Equal(test.Text("base32_lower_nopad"), Base32.Encode(id.RawBytes, 0, 32));
            Assert.Equal(test.Text("base32hex_lower_nopad".Replace("_nopad", "")), Base32Hex.Encode(id.RawBytes, 0, 32));
            Assert.StartsWith(Base32Hex.Encode(id.RawBytes, 0, 32) + ".", test.Text("sni"));
            Assert.EndsWith(id.ToString(), test.Text("spki"));

            foreach ((byte[] message, byte[] expected) in new[]
                { (Encoding.ASCII.GetBytes(test.Text("message_ascii")), test.Bytes("signature")), (Array.Empty<byte>(), test.Bytes("signature_of_empty")) })
            {
                Padded signature = new(64);
                Padded region = new(message);
                key.Sign(region.Array, region.Offset, message.Length, signature.Array, signature.Offset);
                signature.AssertPaddingIntact();
                Assert.Equal(expected, signature.Content);
                Assert.True(crypto.Ed25519Verify(id.RawBytes, 0, message, 0, message.Length, expected, 0));
            }

            foreach (string text in new[] { id.ToString(), test.Text("base32_lower_nopad"), test.Text("base32_lower_nopad").ToUpperInvariant() })
            {
                Assert.True(EndpointId.TryParse(text, crypto, out EndpointId parsed));
                Assert.True(parsed.SameAs(id) && parsed.Equals(id) && id.SameAs(parsed.RawBytes, 0));
                Assert.Equal(id.GetHashCode(), parsed.GetHashCode());
            }

            Assert.True(SecretKey.TryParse(test.Text("secret"), crypto, out SecretKey same));
            Assert.True(same.Id.SameAs(id));
            ran++;
        }

        Assert.Equal(6, ran);
    }

    [Fact]
    public void Id_texts_are_accepted_and_refused_as_iroh_does()
    {
        int ran = 0;
        using JsonDocument file = Vectors.Open("iroh/iroh-wire.json");
        foreach (JsonElement test in file.RootElement.GetProperty("identity").GetProperty("parse").EnumerateArray())
        {
            bool isParsed = EndpointId.TryParse(test.Text("text"), CryptoProviders.Any(), out EndpointId id, out string error);
            Assert.Equal(test.Bool("ok"), isParsed);
            Assert.Equal(isParsed, id != null);
            Assert.Equal(isParsed, error == null);
            ran++;
        }

        Assert.Equal(8, ran);
    }

    [Fact]
    public void Id_bytes_are_accepted_and_refused_as_iroh_does()
    {
        int ran = 0;
        using JsonDocument file = Vectors.Open("iroh/iroh-wire.json");
        foreach (JsonElement test in file.RootElement.GetProperty("identity").GetProperty("public_key_bytes").EnumerateArray())
        {
            Padded region = new(test.Bytes("hex"));
            Assert.Equal(test.Bool("accepted_as_endpoint_id"),
                EndpointId.TryFromBytes(region.Array, region.Offset, CryptoProviders.Any(), out EndpointId id));
            Assert.Equal(test.Bool("accepted_as_endpoint_id"), id != null);
            Assert.Equal(test.Text("hex"), EndpointId.FromBytes(region.Array, region.Offset).ToString());
            ran++;
        }

        Assert.Equal(4, ran);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("197f6b23e1", "10 characters")]
    [InlineData("197F6B23E16C8532C6ABC838FACD5EA789BE0C76B2920334039BFA8B3D368D61", "lower-case hex")]
    [InlineData("df9sse9bp1nuftim3yhxiuk6w6r5hddsskjygpydux7esxjstioo", "not base32")]
    [InlineData("0200000000000000000000000000000000000000000000000000000000000000", "not a point")]
    public void A_bad_id_is_told_what_is_wrong_with_it(string text, string expected)
    {
        Assert.False(EndpointId.TryParse(text, CryptoProviders.Any(), out _, out string error));
        Assert.Contains("endpoint id", error);
        Assert.Contains(expected, error);
    }

    [Fact]
    public void A_secret_key_never_shows_itself()
    {
        byte[] seed = Enumerable.Repeat((byte)0x2A, 32).ToArray();
        SecretKey key = SecretKey.FromSeed(seed, 0, CryptoProviders.Any());
        Assert.Equal("secret key of 197f6b23e1", key.ToString());
        string secretText = new string('q', 51);
        Assert.False(SecretKey.TryParse(secretText, CryptoProviders.Any(), out _, out string error));
        Assert.DoesNotContain("qqq", error);
        Assert.Contains("secret key has 51 characters", error);
        key.Wipe();
        Assert.Equal(new byte[32], key.Seed);
        Assert.Throws<InvalidOperationException>(() => key.Sign(seed, 0, 1, new byte[64], 0));
        Assert.Equal((byte)0x2A, seed[0]);
    }

    [Fact]
    public void Generated_keys_use_the_random_source_and_differ()
    {
        ICryptoProvider crypto = CryptoProviders.Any();
        Platform.SystemRandomSource random = new();
        SecretKey one = SecretKey.Generate(random, crypto);
        SecretKey other = SecretKey.Generate(random, crypto);
        Assert.False(one.Id.SameAs(other.Id));
        Padded region = new(40);
        random.Fill(region.Array, region.Offset, 40);
        region.AssertPaddingIntact();
        Assert.Contains(region.Content, b => b != 0);
    }

    [Fact]
    public void Ids_are_equal_only_to_the_same_id()
    {
        byte[] bytes = new byte[33];
        EndpointId id = EndpointId.FromBytes(bytes, 0);
        bytes[32] = 1;
        EndpointId other = EndpointId.FromBytes(bytes, 1);
        Assert.False(id.SameAs(other));
        Assert.False(id.Equals(null));
        Assert.False(id.Equals("x"));
        Assert.False(id.SameAs((EndpointId)null));
        Assert.True(id.Equals(EndpointId.FromBytes(new byte[32], 0)));
        bytes[0] = 9;
        Assert.True(id.SameAs(new byte[32], 0));
    }
}
