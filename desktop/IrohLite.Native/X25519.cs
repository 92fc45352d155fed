using System.Runtime.InteropServices;

namespace IrohLite.Native;

/// <summary>X25519 (RFC 7748). Regions are 32 bytes; every call returns 0 or a negative status of irohlite_crypto.h.</summary>
public static class X25519
{
    /// <summary>Writes the public key of a private key.</summary>
    public static int PublicKey(byte[] privateKey, int privateOffset, byte[] publicKey, int publicOffset) =>
        Calls.Result(il_x25519_public_key(privateKey, Calls.Size(privateKey), privateOffset, publicKey, Calls.Size(publicKey),
            publicOffset));

    /// <summary>Writes the shared secret; -1 when it is all zero.</summary>
    public static int Agree(byte[] privateKey, int privateOffset, byte[] peerPublic, int peerOffset, byte[] shared, int sharedOffset) =>
        Calls.Result(il_x25519_agree(privateKey, Calls.Size(privateKey), privateOffset, peerPublic, Calls.Size(peerPublic),
            peerOffset, shared, Calls.Size(shared), sharedOffset));

    [DllImport(NativeLibraryLoader.Name)]
    private static extern int il_x25519_public_key(byte[] privateKey, int privateKeySize, int privateOffset, byte[] publicKey,
        int publicKeySize, int publicOffset);

    [DllImport(NativeLibraryLoader.Name)]
    private static extern int il_x25519_agree(byte[] privateKey, int privateKeySize, int privateOffset, byte[] peerPublic,
        int peerPublicSize, int peerOffset, byte[] shared, int sharedSize, int sharedOffset);
}
