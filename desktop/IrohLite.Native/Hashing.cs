using System.Runtime.InteropServices;

namespace IrohLite.Native;

/// <summary>Hash functions and what is built on them; every call returns 0 or a negative status of irohlite_crypto.h.</summary>
public static class Hashing
{
    /// <summary>SHA-256; the hash has 32 bytes.</summary>
    public static int Sha256(byte[] data, int dataOffset, int dataCount, byte[] hash, int hashOffset) =>
        Calls.Result(il_sha256(data, Calls.Size(data), dataOffset, dataCount, hash, Calls.Size(hash), hashOffset));

    /// <summary>HMAC-SHA-256; the mac has 32 bytes.</summary>
    public static int HmacSha256(byte[] key, int keyOffset, int keyCount, byte[] data, int dataOffset, int dataCount, byte[] mac,
        int macOffset) =>
        Calls.Result(il_hmac_sha256(key, Calls.Size(key), keyOffset, keyCount, data, Calls.Size(data), dataOffset, dataCount, mac,
            Calls.Size(mac), macOffset));

    /// <summary>HKDF-Expand-Label (RFC 8446 section 7.1); the whole array is the label, at most 24 bytes, context 32, output 64.</summary>
    public static int HkdfExpandLabel(byte[] secret, int secretOffset, byte[] label, byte[] context, int contextOffset,
        int contextCount, byte[] output, int outputOffset, int outputCount) =>
        Calls.Result(il_hkdf_expand_label(secret, Calls.Size(secret), secretOffset, label, Calls.Size(label), 0, Calls.Size(label),
            context, Calls.Size(context), contextOffset, contextCount, output, Calls.Size(output), outputOffset, outputCount));

    /// <summary>BLAKE3 derive_key of at most 64 bytes with a ready context key of 32 bytes; the output has 32 bytes.</summary>
    public static int Blake3DeriveKey(byte[] contextKey, int contextKeyOffset, byte[] material, int materialOffset,
        int materialCount, byte[] output, int outputOffset) =>
        Calls.Result(il_blake3_derive_key(contextKey, Calls.Size(contextKey), contextKeyOffset, material, Calls.Size(material),
            materialOffset, materialCount, output, Calls.Size(output), outputOffset));

    [DllImport(NativeLibraryLoader.Name)]
    private static extern int il_sha256(byte[] data, int dataSize, int dataOffset, int dataCount, byte[] hash, int hashSize,
        int hashOffset);

    [DllImport(NativeLibraryLoader.Name)]
    private static extern int il_hmac_sha256(byte[] key, int keySize, int keyOffset, int keyCount, byte[] data, int dataSize,
        int dataOffset, int dataCount, byte[] mac, int macSize, int macOffset);

    [DllImport(NativeLibraryLoader.Name)]
    private static extern int il_hkdf_expand_label(byte[] secret, int secretSize, int secretOffset, byte[] label, int labelSize,
        int labelOffset, int labelCount, byte[] context, int contextSize, int contextOffset, int contextCount, byte[] output,
        int outputSize, int outputOffset, int outputCount);

    [DllImport(NativeLibraryLoader.Name)]
    private static extern int il_blake3_derive_key(byte[] contextKey, int contextKeySize, int contextKeyOffset, byte[] material,
        int materialSize, int materialOffset, int materialCount, byte[] output, int outputSize, int outputOffset);
}
