using System.Runtime.CompilerServices;

namespace IrohLite.Native;

/// <summary>AES-128. Keys, blocks and tags are 16 bytes, nonces 12; every call returns 0 or a negative status of irohlite_crypto.h.</summary>
public static class Aes128
{
    /// <summary>GCM: encrypts count bytes in place and writes the tag behind them.</summary>
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern int GcmSeal(byte[] key, int keyOffset, byte[] nonce, int nonceOffset, byte[] aad, int aadOffset, int aadCount,
        byte[] buffer, int offset, int count);

    /// <summary>GCM: decrypts in place; count includes the tag; -1 when the tag is wrong.</summary>
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern int GcmOpen(byte[] key, int keyOffset, byte[] nonce, int nonceOffset, byte[] aad, int aadOffset, int aadCount,
        byte[] buffer, int offset, int count);

    /// <summary>Encrypts one block.</summary>
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern int EncryptBlock(byte[] key, int keyOffset, byte[] input, int inputOffset, byte[] output, int outputOffset);
}
