using System.Runtime.InteropServices;

namespace IrohLite.Native;

/// <summary>Ed25519 (RFC 8032). Keys and seeds are 32 bytes, signatures 64; every call returns 0 or a negative status of irohlite_crypto.h.</summary>
public static class Ed25519
{
    /// <summary>Writes the public key of a seed.</summary>
    public static int PublicKey(byte[] seed, int seedOffset, byte[] publicKey, int publicOffset) =>
        Calls.Result(il_ed25519_public_key(seed, Calls.Size(seed), seedOffset, publicKey, Calls.Size(publicKey), publicOffset));

    /// <summary>Signs a message with the seed and its own public key.</summary>
    public static int Sign(byte[] seed, int seedOffset, byte[] publicKey, int publicOffset, byte[] message, int messageOffset,
        int messageCount, byte[] signature, int signatureOffset) =>
        Calls.Result(il_ed25519_sign(seed, Calls.Size(seed), seedOffset, publicKey, Calls.Size(publicKey), publicOffset, message,
            Calls.Size(message), messageOffset, messageCount, signature, Calls.Size(signature), signatureOffset));

    /// <summary>Strict verification; -1 when the signature is refused.</summary>
    public static int Verify(byte[] publicKey, int publicOffset, byte[] message, int messageOffset, int messageCount,
        byte[] signature, int signatureOffset) =>
        Calls.Result(il_ed25519_verify(publicKey, Calls.Size(publicKey), publicOffset, message, Calls.Size(message), messageOffset,
            messageCount, signature, Calls.Size(signature), signatureOffset));

    /// <summary>0 when the bytes decompress to a curve point, else -1.</summary>
    public static int IsPoint(byte[] publicKey, int publicOffset) =>
        Calls.Result(il_ed25519_is_point(publicKey, Calls.Size(publicKey), publicOffset));

    [DllImport(NativeLibraryLoader.Name)]
    private static extern int il_ed25519_public_key(byte[] seed, int seedSize, int seedOffset, byte[] publicKey, int publicKeySize,
        int publicOffset);

    [DllImport(NativeLibraryLoader.Name)]
    private static extern int il_ed25519_sign(byte[] seed, int seedSize, int seedOffset, byte[] publicKey, int publicKeySize,
        int publicOffset, byte[] message, int messageSize, int messageOffset, int messageCount, byte[] signature, int signatureSize,
        int signatureOffset);

    [DllImport(NativeLibraryLoader.Name)]
    private static extern int il_ed25519_verify(byte[] publicKey, int publicKeySize, int publicOffset, byte[] message,
        int messageSize, int messageOffset, int messageCount, byte[] signature, int signatureSize, int signatureOffset);

    [DllImport(NativeLibraryLoader.Name)]
    private static extern int il_ed25519_is_point(byte[] publicKey, int publicKeySize, int publicOffset);
}
