using System.Runtime.InteropServices;

namespace IrohLite.Native;

/// <summary>AES-128. Keys, blocks and tags are 16 bytes, nonces 12; every call returns 0 or a negative status of irohlite_crypto.h.</summary>
public static class Aes128
{
    /// <summary>GCM: encrypts count bytes in place and writes the tag behind them.</summary>
    public static int GcmSeal(byte[] key, int keyOffset, byte[] nonce, int nonceOffset, byte[] aad, int aadOffset, int aadCount,
        byte[] buffer, int offset, int count) =>
        Calls.Result(il_aes_gcm_seal(key, Calls.Size(key), keyOffset, nonce, Calls.Size(nonce), nonceOffset, aad, Calls.Size(aad),
            aadOffset, aadCount, buffer, Calls.Size(buffer), offset, count));

    /// <summary>GCM: decrypts in place; count includes the tag; -1 when the tag is wrong.</summary>
    public static int GcmOpen(byte[] key, int keyOffset, byte[] nonce, int nonceOffset, byte[] aad, int aadOffset, int aadCount,
        byte[] buffer, int offset, int count) =>
        Calls.Result(il_aes_gcm_open(key, Calls.Size(key), keyOffset, nonce, Calls.Size(nonce), nonceOffset, aad, Calls.Size(aad),
            aadOffset, aadCount, buffer, Calls.Size(buffer), offset, count));

    /// <summary>Encrypts one block.</summary>
    public static int EncryptBlock(byte[] key, int keyOffset, byte[] input, int inputOffset, byte[] output, int outputOffset) =>
        Calls.Result(il_aes_encrypt_block(key, Calls.Size(key), keyOffset, input, Calls.Size(input), inputOffset, output,
            Calls.Size(output), outputOffset));

    [DllImport(NativeLibraryLoader.Name)]
    private static extern int il_aes_gcm_seal(byte[] key, int keySize, int keyOffset, byte[] nonce, int nonceSize, int nonceOffset,
        byte[] aad, int aadSize, int aadOffset, int aadCount, byte[] buffer, int bufferSize, int offset, int count);

    [DllImport(NativeLibraryLoader.Name)]
    private static extern int il_aes_gcm_open(byte[] key, int keySize, int keyOffset, byte[] nonce, int nonceSize, int nonceOffset,
        byte[] aad, int aadSize, int aadOffset, int aadCount, byte[] buffer, int bufferSize, int offset, int count);

    [DllImport(NativeLibraryLoader.Name)]
    private static extern int il_aes_encrypt_block(byte[] key, int keySize, int keyOffset, byte[] input, int inputSize,
        int inputOffset, byte[] output, int outputSize, int outputOffset);
}
