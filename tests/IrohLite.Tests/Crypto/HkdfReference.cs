using System;
using System.Linq;
using IrohLite.Crypto;

namespace IrohLite.Tests.Crypto;

/// <summary>HKDF (RFC 5869) spelled out over a provider's HMAC: what HkdfExpandLabel must agree with.</summary>
internal static class HkdfReference
{
    public static byte[] Hmac(ICryptoProvider crypto, byte[] key, byte[] data)
    {
        Padded keyRegion = new(key, 3);
        Padded dataRegion = new(data, 9);
        Padded mac = new(32, 2);
        crypto.HmacSha256(keyRegion.Array, keyRegion.Offset, key.Length, dataRegion.Array, dataRegion.Offset, data.Length, mac.Array, mac.Offset);
        mac.AssertPaddingIntact();
        return mac.Content;
    }

    public static byte[] Expand(ICryptoProvider crypto, byte[] prk, byte[] info, int size)
    {
        byte[] output = Array.Empty<byte>();
        byte[] block = Array.Empty<byte>();
        for (byte counter = 1; output.Length < size; counter++)
        {
            block = Hmac(crypto, prk, block.Concat(info).Append(counter).ToArray());
            output = output.Concat(block).ToArray();
        }

        return output[..size];
    }

    public static byte[] ExpandLabel(ICryptoProvider crypto, byte[] secret, string label, byte[] context, int size)
    {
        Padded secretRegion = new(secret, 4);
        Padded contextRegion = new(context, 6);
        Padded output = new(size, 3);
        crypto.HkdfExpandLabel(secretRegion.Array, secretRegion.Offset, System.Text.Encoding.ASCII.GetBytes(label),
            contextRegion.Array, contextRegion.Offset, context.Length, output.Array, output.Offset, size);
        output.AssertPaddingIntact();
        return output.Content;
    }
}
