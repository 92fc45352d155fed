using System.Runtime.CompilerServices;

namespace IrohLite.Native;

/// <summary>X25519 (RFC 7748). Regions are 32 bytes; every call returns 0 or a negative status of irohlite_crypto.h.</summary>
public static class X25519
{
    /// <summary>Writes the public key of a private key.</summary>
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern int PublicKey(byte[] privateKey, int privateOffset, byte[] publicKey, int publicOffset);

    /// <summary>Writes the shared secret; -1 when it is all zero.</summary>
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern int Agree(byte[] privateKey, int privateOffset, byte[] peerPublic, int peerOffset, byte[] shared, int sharedOffset);
}
