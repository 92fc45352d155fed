using System;
using IrohLite.Buffers;

namespace IrohLite.Crypto;

/// <summary>
/// BLAKE3 of at most one block of 64 bytes, which is all the relay handshake needs; for providers without an own one. A single block is
/// first chunk, last chunk and root at once, so each hash is one compression.
/// </summary>
public static class Blake3
{
    /// <summary>Longest input in bytes.</summary>
    public const int MaxInputBytes = 64;

    // Flags of the BLAKE3 paper, section 2.2, table 3.
    private const int ChunkStart = 1;
    private const int ChunkEnd = 2;
    private const int Root = 8;
    private const int DeriveKeyContext = 32;
    private const int DeriveKeyMaterial = 64;
    private const int Rounds = 7;

    // The first 32 bits of the fractions of the square roots of the first eight primes, as in SHA-256.
    private static readonly uint[] Iv =
    {
        0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A, 0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19,
    };

    private static readonly byte[] Permutation = { 2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8 };

    /// <summary>The 32-byte key of a context string (ASCII bytes), to be computed once and kept.</summary>
    public static void ContextKey(byte[] context, int contextOffset, int contextCount, byte[] key, int keyOffset)
    {
        Compress(Iv, DeriveKeyContext, context, contextOffset, contextCount, key, keyOffset);
    }

    /// <summary>derive_key: 32 bytes from a context key of 32 bytes and material of at most 64.</summary>
    public static void DeriveKey(byte[] contextKey, int contextKeyOffset, byte[] material, int materialOffset, int materialCount,
        byte[] output, int outputOffset)
    {
        Bytes.CheckRegion(contextKey, contextKeyOffset, 32);
        uint[] key = new uint[8];
        for (int i = 0; i < 8; i++) key[i] = Word(contextKey, contextKeyOffset + 4 * i);
        Compress(key, DeriveKeyMaterial, material, materialOffset, materialCount, output, outputOffset);
        Array.Clear(key, 0, 8);
    }

    /// <summary>The plain hash, 32 bytes.</summary>
    internal static void Hash(byte[] data, int offset, int count, byte[] output, int outputOffset)
    {
        Compress(Iv, 0, data, offset, count, output, outputOffset);
    }

    private static void Compress(uint[] chaining, int mode, byte[] data, int offset, int count, byte[] output, int outputOffset)
    {
        Bytes.CheckRegion(data, offset, count);
        Bytes.CheckRegion(output, outputOffset, 32);
        if (count > MaxInputBytes) throw new ArgumentOutOfRangeException("count");
        byte[] block = new byte[64];
        Array.Copy(data, offset, block, 0, count);
        uint[] m = new uint[16];
        for (int i = 0; i < 16; i++) m[i] = Word(block, 4 * i);

        // Words 12 and 13 are the counter of the chunk, always zero here.
        uint[] v = new uint[16];
        Array.Copy(chaining, 0, v, 0, 8);
        Array.Copy(Iv, 0, v, 8, 4);
        v[14] = (uint)count;
        v[15] = (uint)(mode | ChunkStart | ChunkEnd | Root);
        for (int round = 0; round < Rounds; round++)
        {
            Mix(v, 0, 4, 8, 12, m[0], m[1]);
            Mix(v, 1, 5, 9, 13, m[2], m[3]);
            Mix(v, 2, 6, 10, 14, m[4], m[5]);
            Mix(v, 3, 7, 11, 15, m[6], m[7]);
            Mix(v, 0, 5, 10, 15, m[8], m[9]);
            Mix(v, 1, 6, 11, 12, m[10], m[11]);
            Mix(v, 2, 7, 8, 13, m[12], m[13]);
            Mix(v, 3, 4, 9, 14, m[14], m[15]);
            uint[] permuted = new uint[16];
            for (int i = 0; i < 16; i++) permuted[i] = m[Permutation[i]];
            m = permuted;
        }

        for (int i = 0; i < 8; i++) PutWord(v[i] ^ v[i + 8], output, outputOffset + 4 * i);
        Array.Clear(v, 0, 16);
        Array.Clear(block, 0, 64);
    }

    private static void Mix(uint[] v, int a, int b, int c, int d, uint x, uint y)
    {
        v[a] = v[a] + v[b] + x;
        v[d] = RotateRight(v[d] ^ v[a], 16);
        v[c] = v[c] + v[d];
        v[b] = RotateRight(v[b] ^ v[c], 12);
        v[a] = v[a] + v[b] + y;
        v[d] = RotateRight(v[d] ^ v[a], 8);
        v[c] = v[c] + v[d];
        v[b] = RotateRight(v[b] ^ v[c], 7);
    }

    private static uint RotateRight(uint value, int bits)
    {
        return (value >> bits) | (value << (32 - bits));
    }

    private static uint Word(byte[] bytes, int offset)
    {
        return (uint)(bytes[offset] | (bytes[offset + 1] << 8) | (bytes[offset + 2] << 16) | (bytes[offset + 3] << 24));
    }

    private static void PutWord(uint value, byte[] bytes, int offset)
    {
        bytes[offset] = (byte)value;
        bytes[offset + 1] = (byte)(value >> 8);
        bytes[offset + 2] = (byte)(value >> 16);
        bytes[offset + 3] = (byte)(value >> 24);
    }
}
