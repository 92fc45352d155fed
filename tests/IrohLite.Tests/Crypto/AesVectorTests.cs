using System;
using System.Linq;
using System.Text.Json;
using IrohLite.Crypto;
using Xunit;

namespace IrohLite.Tests.Crypto;

public class AesVectorTests
{
    [ExternalTheory("wycheproof/aes128_gcm_iv96_subset.json")]
    [MemberData(nameof(CryptoProviders.All), MemberType = typeof(CryptoProviders))]
    public void Gcm_agrees_with_wycheproof(string provider)
    {
        ICryptoProvider crypto = CryptoProviders.Make(provider);
        int valid = 0;
        int invalid = 0;
        using JsonDocument file = Vectors.OpenExternal("wycheproof/aes128_gcm_iv96_subset.json");
        foreach (JsonElement group in file.RootElement.GetProperty("testGroups").EnumerateArray())
            foreach (JsonElement test in group.GetProperty("tests").EnumerateArray())
            {
                byte[] sealedText = test.Bytes("ct").Concat(test.Bytes("tag")).ToArray();
                bool isValid = test.Text("result") == "valid";
                byte[] opened = Open(crypto, test.Bytes("key"), test.Bytes("iv"), test.Bytes("aad"), sealedText, out bool isOpen);
                Assert.Equal(isValid, isOpen);
                if (!isValid)
                {
                    invalid++;
                    continue;
                }

                Assert.Equal(test.Bytes("msg"), opened);
                Assert.Equal(sealedText, Seal(crypto, test.Bytes("key"), test.Bytes("iv"), test.Bytes("aad"), test.Bytes("msg")));
                valid++;
            }

        Assert.Equal(40, valid);
        Assert.Equal(27, invalid);
    }

    [Theory]
    [MemberData(nameof(CryptoProviders.All), MemberType = typeof(CryptoProviders))]
    public void A_failed_open_leaves_nothing_of_the_text(string provider)
    {
        ICryptoProvider crypto = CryptoProviders.Make(provider);
        byte[] text = Enumerable.Repeat((byte)0x77, 40).ToArray();
        byte[] sealedText = Seal(crypto, new byte[16], new byte[12], Array.Empty<byte>(), text);
        sealedText[^1] ^= 1;
        byte[] left = Open(crypto, new byte[16], new byte[12], Array.Empty<byte>(), sealedText, out bool isOpen);
        Assert.False(isOpen);
        Assert.DoesNotContain((byte)0x77, left);
        Open(crypto, new byte[16], new byte[12], Array.Empty<byte>(), new byte[15], out isOpen);
        Assert.False(isOpen);
    }

    [Theory]
    [MemberData(nameof(CryptoProviders.All), MemberType = typeof(CryptoProviders))]
    public void Associated_data_may_be_absent(string provider)
    {
        ICryptoProvider crypto = CryptoProviders.Make(provider);
        byte[] buffer = new byte[24];
        crypto.AesGcmSeal(new byte[16], 0, new byte[12], 0, null, 0, 0, buffer, 0, 8);
        Assert.Equal(Seal(crypto, new byte[16], new byte[12], Array.Empty<byte>(), new byte[8]), buffer);
        Assert.True(crypto.AesGcmOpen(new byte[16], 0, new byte[12], 0, null, 0, 0, buffer, 0, 24));
    }

    [Theory]
    [MemberData(nameof(CryptoProviders.All), MemberType = typeof(CryptoProviders))]
    public void A_block_is_encrypted_as_in_fips_197(string provider)
    {
        ICryptoProvider crypto = CryptoProviders.Make(provider);
        Padded key = new(Convert.FromHexString("000102030405060708090a0b0c0d0e0f"), 3);
        Padded input = new(Convert.FromHexString("00112233445566778899aabbccddeeff"), 5);
        Padded output = new(16, 2);
        crypto.AesEncryptBlock(key.Array, key.Offset, input.Array, input.Offset, output.Array, output.Offset);
        output.AssertPaddingIntact();
        Assert.Equal("69C4E0D86A7B0430D8CDB78070B4C55A", Convert.ToHexString(output.Content));

        // In place.
        crypto.AesEncryptBlock(key.Array, key.Offset, input.Array, input.Offset, input.Array, input.Offset);
        input.AssertPaddingIntact();
        Assert.Equal(output.Content, input.Content);
    }

    [Theory]
    [MemberData(nameof(CryptoProviders.All), MemberType = typeof(CryptoProviders))]
    public void The_retry_tag_of_rfc_9001_is_reproduced(string provider)
    {
        ICryptoProvider crypto = CryptoProviders.Make(provider);
        using JsonDocument file = Vectors.Open("rfc9001_appendix_a.json");
        JsonElement retry = file.RootElement.GetProperty("retry");
        byte[] dcid = retry.Bytes("original_dcid");
        byte[] packet = retry.Bytes("packet");
        byte[] pseudo = new[] { (byte)dcid.Length }.Concat(dcid).Concat(packet[..^16]).ToArray();
        Assert.Equal(retry.Bytes("integrity_tag"), Seal(crypto, retry.Bytes("key"), retry.Bytes("nonce"), pseudo, Array.Empty<byte>()));
    }

    [Theory]
    [MemberData(nameof(CryptoProviders.Pairs), MemberType = typeof(CryptoProviders))]
    public void What_one_provider_seals_another_opens(string sealer, string opener)
    {
        ICryptoProvider one = CryptoProviders.Make(sealer);
        ICryptoProvider other = CryptoProviders.Make(opener);
        Random random = new(5116);
        for (int i = 0; i < 200; i++)
        {
            byte[] key = Next(random, 16);
            byte[] nonce = Next(random, 12);
            byte[] aad = Next(random, random.Next(60));
            byte[] text = Next(random, i < 40 ? i : random.Next(1500));
            byte[] sealedText = Seal(one, key, nonce, aad, text);
            Assert.Equal(sealedText, Seal(other, key, nonce, aad, text));
            Assert.Equal(text, Open(other, key, nonce, aad, sealedText, out bool isOpen));
            Assert.True(isOpen);
            sealedText[random.Next(sealedText.Length)] ^= 0x10;
            Open(other, key, nonce, aad, sealedText, out isOpen);
            Assert.False(isOpen);
        }
    }

    private static byte[] Next(Random random, int count)
    {
        byte[] bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Seal(ICryptoProvider crypto, byte[] key, byte[] nonce, byte[] aad, byte[] text)
    {
        Padded keyRegion = new(key, 1);
        Padded nonceRegion = new(nonce, 2);
        Padded aadRegion = new(aad, 3);
        Padded buffer = new(text.Concat(new byte[16]).ToArray(), 4);
        crypto.AesGcmSeal(keyRegion.Array, 1, nonceRegion.Array, 2, aadRegion.Array, 3, aad.Length, buffer.Array, 4, text.Length);
        buffer.AssertPaddingIntact();
        return buffer.Content;
    }

    private static byte[] Open(ICryptoProvider crypto, byte[] key, byte[] nonce, byte[] aad, byte[] sealedText, out bool isOpen)
    {
        Padded keyRegion = new(key, 1);
        Padded nonceRegion = new(nonce, 2);
        Padded aadRegion = new(aad, 3);
        Padded buffer = new(sealedText, 4);
        isOpen = crypto.AesGcmOpen(keyRegion.Array, 1, nonceRegion.Array, 2, aadRegion.Array, 3, aad.Length, buffer.Array, 4, sealedText.Length);
        buffer.AssertPaddingIntact();
        return buffer.Content[..Math.Max(0, sealedText.Length - 16)];
    }
}
