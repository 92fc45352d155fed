using System;
using System.Text.Json;
using IrohLite.Crypto;
using Xunit;

namespace IrohLite.Tests.Crypto;

public class CurveVectorTests
{
    [Theory]
    [MemberData(nameof(CryptoProviders.All), MemberType = typeof(CryptoProviders))]
    public void X25519_reproduces_rfc_7748(string provider)
    {
        ICryptoProvider crypto = CryptoProviders.Make(provider);
        using JsonDocument file = Vectors.Open("rfc7748.json");
        int ran = 0;
        foreach (JsonElement test in file.RootElement.GetProperty("function").EnumerateArray())
        {
            Assert.Equal(test.Bytes("output"), Agree(crypto, test.Bytes("scalar"), test.Bytes("u"), out _));
            ran++;
        }

        Assert.Equal(2, ran);
        JsonElement pair = file.RootElement.GetProperty("diffie_hellman");
        Assert.Equal(pair.Bytes("alice_public"), PublicKey(crypto, pair.Bytes("alice_private")));
        Assert.Equal(pair.Bytes("bob_public"), PublicKey(crypto, pair.Bytes("bob_private")));
        Assert.Equal(pair.Bytes("shared"), Agree(crypto, pair.Bytes("alice_private"), pair.Bytes("bob_public"), out bool isGood));
        Assert.True(isGood);

        JsonElement iterated = file.RootElement.GetProperty("iterated");
        byte[] k = iterated.Bytes("start");
        byte[] u = k;
        for (int i = 1; i <= 1000; i++)
        {
            (k, u) = (Agree(crypto, k, u, out _), k);
            if (i == 1) Assert.Equal(iterated.GetProperty("after").Bytes("1"), k);
        }

        Assert.Equal(iterated.GetProperty("after").Bytes("1000"), k);
    }

    [ExternalTheory("wycheproof/x25519_test.json")]
    [MemberData(nameof(CryptoProviders.All), MemberType = typeof(CryptoProviders))]
    public void X25519_agrees_with_wycheproof_and_reports_all_zero_secrets(string provider)
    {
        ICryptoProvider crypto = CryptoProviders.Make(provider);
        int ran = 0;
        int zero = 0;
        using JsonDocument file = Vectors.OpenExternal("wycheproof/x25519_test.json");
        foreach (JsonElement group in file.RootElement.GetProperty("testGroups").EnumerateArray())
            foreach (JsonElement test in group.GetProperty("tests").EnumerateArray())
            {
                byte[] expected = test.Bytes("shared");
                byte[] shared = Agree(crypto, test.Bytes("private"), test.Bytes("public"), out bool isGood);
                Assert.Equal(expected, shared);
                Assert.Equal(expected.AsSpan().ContainsAnyExcept((byte)0), isGood);
                if (!isGood) zero++;
                ran++;
            }

        Assert.Equal(518, ran);
        Assert.Equal(31, zero);
    }

    [Theory]
    [MemberData(nameof(CryptoProviders.All), MemberType = typeof(CryptoProviders))]
    public void Ed25519_reproduces_rfc_8032(string provider)
    {
        ICryptoProvider crypto = CryptoProviders.Make(provider);
        int ran = 0;
        using JsonDocument file = Vectors.Open("rfc8032_ed25519.json");
        foreach (JsonElement test in file.RootElement.GetProperty("cases").EnumerateArray())
        {
            byte[] key = test.Bytes("public_key");
            byte[] message = test.Bytes("message");
            byte[] signature = test.Bytes("signature");
            Padded seed = new(test.Bytes("secret_key"), 4);
            Padded computed = new(32, 6);
            crypto.Ed25519PublicKey(seed.Array, seed.Offset, computed.Array, computed.Offset);
            computed.AssertPaddingIntact();
            Assert.Equal(key, computed.Content);
            Assert.Equal(signature, Sign(crypto, seed.Content, key, message));
            Assert.True(Verify(crypto, key, message, signature));
            Assert.True(crypto.Ed25519IsPoint(key, 0));
            for (int bit = 0; bit < 512; bit += 37)
            {
                byte[] forged = (byte[])signature.Clone();
                forged[bit / 8] ^= (byte)(1 << (bit % 8));
                Assert.False(Verify(crypto, key, message, forged));
            }

            ran++;
        }

        Assert.Equal(5, ran);
    }

    [ExternalTheory("wycheproof/ed25519_test.json")]
    [MemberData(nameof(CryptoProviders.All), MemberType = typeof(CryptoProviders))]
    public void Ed25519_agrees_with_wycheproof(string provider)
    {
        ICryptoProvider crypto = CryptoProviders.Make(provider);
        int ran = 0;
        int wrongLength = 0;
        using JsonDocument file = Vectors.OpenExternal("wycheproof/ed25519_test.json");
        foreach (JsonElement group in file.RootElement.GetProperty("testGroups").EnumerateArray())
        {
            byte[] key = group.GetProperty("publicKey").Bytes("pk");
            foreach (JsonElement test in group.GetProperty("tests").EnumerateArray())
            {
                ran++;
                byte[] signature = test.Bytes("sig");
                bool isValid = test.Text("result") == "valid";
                if (signature.Length != 64)
                {
                    // The interface takes exactly 64 bytes; shorter and longer ones are refused before it.
                    Assert.False(isValid);
                    wrongLength++;
                    continue;
                }

                Assert.Equal(isValid, Verify(crypto, key, test.Bytes("msg"), signature));
            }
        }

        Assert.Equal(151, ran);
        Assert.InRange(wrongLength, 1, 20);
    }

    private static byte[] PublicKey(ICryptoProvider crypto, byte[] privateKey)
    {
        Padded input = new(privateKey, 3);
        Padded output = new(32);
        crypto.X25519PublicKey(input.Array, input.Offset, output.Array, output.Offset);
        output.AssertPaddingIntact();
        return output.Content;
    }

    private static byte[] Agree(ICryptoProvider crypto, byte[] privateKey, byte[] peer, out bool isGood)
    {
        Padded mine = new(privateKey, 1);
        Padded theirs = new(peer, 2);
        Padded shared = new(32, 3);
        isGood = crypto.X25519Agree(mine.Array, mine.Offset, theirs.Array, theirs.Offset, shared.Array, shared.Offset);
        shared.AssertPaddingIntact();
        return shared.Content;
    }

    private static byte[] Sign(ICryptoProvider crypto, byte[] seed, byte[] key, byte[] message)
    {
        Padded seedRegion = new(seed, 2);
        Padded keyRegion = new(key, 5);
        Padded messageRegion = new(message, 8);
        Padded signature = new(64, 4);
        crypto.Ed25519Sign(seedRegion.Array, seedRegion.Offset, keyRegion.Array, keyRegion.Offset,
            messageRegion.Array, messageRegion.Offset, message.Length, signature.Array, signature.Offset);
        signature.AssertPaddingIntact();
        return signature.Content;
    }

    private static bool Verify(ICryptoProvider crypto, byte[] key, byte[] message, byte[] signature)
    {
        Padded keyRegion = new(key, 5);
        Padded messageRegion = new(message, 8);
        Padded signatureRegion = new(signature, 4);
        return crypto.Ed25519Verify(keyRegion.Array, keyRegion.Offset, messageRegion.Array, messageRegion.Offset, message.Length,
            signatureRegion.Array, signatureRegion.Offset);
    }
}
