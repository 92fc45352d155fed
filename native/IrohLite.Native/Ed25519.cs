using System.Runtime.CompilerServices;

namespace IrohLite.Native;

/// <summary>Ed25519 (RFC 8032). Keys and seeds are 32 bytes, signatures 64; every call returns 0 or a negative status of irohlite_crypto.h.</summary>
public static class Ed25519
{
    /// <summary>Writes the public key of a seed.</summary>
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern int PublicKey(byte[] seed, int seedOffset, byte[] publicKey, int publicOffset);

    /// <summary>Signs a message with the seed and its own public key.</summary>
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern int Sign(byte[] seed, int seedOffset, byte[] publicKey, int publicOffset,
        byte[] message, int messageOffset, int messageCount, byte[] signature, int signatureOffset);

    /// <summary>Strict verification; -1 when the signature is refused.</summary>
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern int Verify(byte[] publicKey, int publicOffset, byte[] message, int messageOffset, int messageCount,
        byte[] signature, int signatureOffset);

    /// <summary>0 when the bytes decompress to a curve point, else -1.</summary>
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern int IsPoint(byte[] publicKey, int publicOffset);
}
