using System;
using System.Linq;
using System.Text;
using System.Text.Json;
using IrohLite.Crypto;
using Xunit;

namespace IrohLite.Tests.Crypto;

public class HashVectorTests
{
    [Theory]
    [MemberData(nameof(CryptoProviders.All), MemberType = typeof(CryptoProviders))]
    public void Hmac_and_hkdf_reproduce_rfc_5869(string provider)
    {
        ICryptoProvider crypto = CryptoProviders.Make(provider);
        int ran = 0;
        using JsonDocument file = Vectors.Open("rfc5869.json");
        foreach (JsonElement test in file.RootElement.GetProperty("cases").EnumerateArray().Where(c => c.Text("hash") == "sha256"))
        {
            byte[] prk = HkdfReference.Hmac(crypto, test.Bytes("salt"), test.Bytes("ikm"));
            Assert.Equal(test.Bytes("prk"), prk);
            Assert.Equal(test.Bytes("okm"), HkdfReference.Expand(crypto, prk, test.Bytes("info"), test.Int("L")));
            ran++;
        }

        Assert.Equal(3, ran);
    }

    [ExternalTheory("wycheproof/hkdf_sha256_test.json")]
    [MemberData(nameof(CryptoProviders.All), MemberType = typeof(CryptoProviders))]
    public void Hkdf_agrees_with_wycheproof(string provider)
    {
        ICryptoProvider crypto = CryptoProviders.Make(provider);
        int ran = 0;
        using JsonDocument file = Vectors.OpenExternal("wycheproof/hkdf_sha256_test.json");
        foreach (JsonElement group in file.RootElement.GetProperty("testGroups").EnumerateArray())
            foreach (JsonElement test in group.GetProperty("tests").EnumerateArray())
            {
                // The three invalid ones ask for more than HKDF can give.
                if (test.Text("result") == "invalid") continue;
                byte[] prk = HkdfReference.Hmac(crypto, test.Bytes("salt"), test.Bytes("ikm"));
                Assert.Equal(test.Bytes("okm"), HkdfReference.Expand(crypto, prk, test.Bytes("info"), test.Int("size")));
                ran++;
            }

        Assert.Equal(83, ran);
    }

    [ExternalTheory("wycheproof/hmac_sha256_test.json")]
    [MemberData(nameof(CryptoProviders.All), MemberType = typeof(CryptoProviders))]
    public void Hmac_agrees_with_wycheproof(string provider)
    {
        ICryptoProvider crypto = CryptoProviders.Make(provider);
        int ran = 0;
        using JsonDocument file = Vectors.OpenExternal("wycheproof/hmac_sha256_test.json");
        foreach (JsonElement group in file.RootElement.GetProperty("testGroups").EnumerateArray())
            foreach (JsonElement test in group.GetProperty("tests").EnumerateArray())
            {
                byte[] mac = HkdfReference.Hmac(crypto, test.Bytes("key"), test.Bytes("msg"));
                byte[] tag = test.Bytes("tag");
                Assert.Equal(test.Text("result") == "valid", mac.AsSpan(0, tag.Length).SequenceEqual(tag));
                ran++;
            }

        Assert.Equal(174, ran);
    }

    [Theory]
    [MemberData(nameof(CryptoProviders.All), MemberType = typeof(CryptoProviders))]
    public void Sha256_agrees_with_the_platform_at_every_length_up_to_three_blocks(string provider)
    {
        ICryptoProvider crypto = CryptoProviders.Make(provider);
        byte[] data = Enumerable.Range(0, 193).Select(i => (byte)(i * 7)).ToArray();
        for (int length = 0; length <= data.Length; length++)
        {
            Padded input = new(data[..length], length % 5);
            Padded hash = new(32, 3);
            crypto.Sha256(input.Array, input.Offset, length, hash.Array, hash.Offset);
            hash.AssertPaddingIntact();
            Assert.Equal(System.Security.Cryptography.SHA256.HashData(data.AsSpan(0, length)), hash.Content);
        }
    }

    [Theory]
    [MemberData(nameof(CryptoProviders.All), MemberType = typeof(CryptoProviders))]
    public void Expand_label_agrees_with_hkdf_spelled_out_for_all_sizes(string provider)
    {
        ICryptoProvider crypto = CryptoProviders.Make(provider);
        Random random = new(20261120);
        for (int size = 0; size <= 64; size++)
        {
            byte[] secret = new byte[32];
            byte[] context = new byte[random.Next(33)];
            random.NextBytes(secret);
            random.NextBytes(context);
            string label = "tls13 " + new string('x', random.Next(19));
            byte[] info = new byte[] { 0, (byte)size, (byte)label.Length }.Concat(Encoding.ASCII.GetBytes(label))
                .Append((byte)context.Length).Concat(context).ToArray();
            Assert.Equal(HkdfReference.Expand(crypto, secret, info, size), HkdfReference.ExpandLabel(crypto, secret, label, context, size));
        }
    }

    [Theory]
    [MemberData(nameof(CryptoProviders.All), MemberType = typeof(CryptoProviders))]
    public void Expand_label_refuses_what_exceeds_its_limits(string provider)
    {
        ICryptoProvider crypto = CryptoProviders.Make(provider);
        byte[] secret = new byte[32];
        byte[] output = new byte[80];
        Assert.Throws<ArgumentOutOfRangeException>(() => crypto.HkdfExpandLabel(secret, 0, new byte[25], null, 0, 0, output, 0, 32));
        Assert.Throws<ArgumentOutOfRangeException>(() => crypto.HkdfExpandLabel(secret, 0, new byte[24], new byte[33], 0, 33, output, 0, 32));
        Assert.Throws<ArgumentOutOfRangeException>(() => crypto.HkdfExpandLabel(secret, 0, new byte[24], null, 0, 0, output, 0, 65));
    }

    [Theory]
    [MemberData(nameof(CryptoProviders.All), MemberType = typeof(CryptoProviders))]
    public void Blake3_derive_key_reproduces_the_official_and_relay_vectors(string provider)
    {
        ICryptoProvider crypto = CryptoProviders.Make(provider);
        int ran = 0;
        using JsonDocument file = Vectors.Open("iroh/iroh-wire.json");
        JsonElement blake3 = file.RootElement.GetProperty("blake3");
        foreach (JsonElement test in blake3.GetProperty("derive_key_official").EnumerateArray())
        {
            byte[] key = new byte[32];
            byte[] context = Encoding.ASCII.GetBytes(test.Text("context"));
            Blake3.ContextKey(context, 0, context.Length, key, 0);
            Padded input = new(Enumerable.Range(0, test.Int("input_len")).Select(i => (byte)(i % 251)).ToArray());
            Padded keyRegion = new(key, 3);
            Padded output = new(32);
            void Derive() => crypto.Blake3DeriveKey(keyRegion.Array, keyRegion.Offset, input.Array, input.Offset, input.Count,
                output.Array, output.Offset);
            if (input.Count > Blake3.MaxInputBytes) Assert.Throws<ArgumentOutOfRangeException>(Derive);
            else
            {
                Derive();
                Assert.Equal(test.Bytes("output"), output.Content);
            }

            output.AssertPaddingIntact();
            ran++;
        }

        byte[] relayKey = new byte[32];
        byte[] relayContext = Encoding.ASCII.GetBytes(blake3.Text("relay_context"));
        Blake3.ContextKey(relayContext, 0, relayContext.Length, relayKey, 0);
        Assert.Equal(blake3.Bytes("relay_context_key_words_le"), relayKey);
        Assert.Equal(5, ran);
    }

    [ExternalFact("blake3_test_vectors.json")]
    public void Blake3_of_one_block_reproduces_the_projects_own_vectors()
    {
        int ran = 0;
        using JsonDocument file = Vectors.OpenExternal("blake3_test_vectors.json");
        byte[] context = Encoding.ASCII.GetBytes(file.RootElement.Text("context_string"));
        byte[] contextKey = new byte[32];
        Blake3.ContextKey(context, 0, context.Length, contextKey, 0);
        foreach (JsonElement test in file.RootElement.GetProperty("cases").EnumerateArray().Where(c => c.Int("input_len") <= 64))
        {
            byte[] input = Enumerable.Range(0, test.Int("input_len")).Select(i => (byte)(i % 251)).ToArray();
            byte[] output = new byte[32];
            Blake3.Hash(input, 0, input.Length, output, 0);
            Assert.Equal(test.Bytes("hash")[..32], output);
            Blake3.DeriveKey(contextKey, 0, input, 0, input.Length, output, 0);
            Assert.Equal(test.Bytes("derive_key")[..32], output);
            ran++;
        }

        Assert.Equal(11, ran);
    }
}
