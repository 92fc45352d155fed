using System.Runtime.CompilerServices;

namespace IrohLite.Native;

/// <summary>Hash functions and what is built on them; every call returns 0 or a negative status of irohlite_crypto.h.</summary>
public static class Hashing
{
    /// <summary>SHA-256; the hash has 32 bytes.</summary>
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern int Sha256(byte[] data, int dataOffset, int dataCount, byte[] hash, int hashOffset);

    /// <summary>HMAC-SHA-256; the mac has 32 bytes.</summary>
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern int HmacSha256(byte[] key, int keyOffset, int keyCount, byte[] data, int dataOffset, int dataCount,
        byte[] mac, int macOffset);

    /// <summary>HKDF-Expand-Label (RFC 8446 section 7.1); the whole array is the label, at most 24 bytes, context 32, output 64.</summary>
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern int HkdfExpandLabel(byte[] secret, int secretOffset, byte[] label, byte[] context, int contextOffset,
        int contextCount, byte[] output, int outputOffset, int outputCount);

    /// <summary>BLAKE3 derive_key of at most 64 bytes with a ready context key of 32 bytes; the output has 32 bytes.</summary>
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern int Blake3DeriveKey(byte[] contextKey, int contextKeyOffset, byte[] material, int materialOffset,
        int materialCount, byte[] output, int outputOffset);
}
