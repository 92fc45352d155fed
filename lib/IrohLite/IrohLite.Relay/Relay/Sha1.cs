using System;

namespace IrohLite.Relay;

/// <summary>
/// SHA-1 (FIPS 180-4) of a short text, only for the WebSocket opening handshake (RFC 6455 section 1.3), which uses it to show that
/// the server speaks WebSocket and not for any security. It runs once per connection.
/// </summary>
internal static class Sha1
{
    /// <summary>Length of a hash in bytes.</summary>
    public const int SizeBytes = 20;

    private const int BlockBytes = 64;

    /// <summary>The hash of the region, as a new array.</summary>
    public static byte[] Hash(byte[] data, int offset, int count)
    {
        // Padding: 0x80, zeros, then the length in bits as 8 bytes.
        int blocks = (count + 9 + BlockBytes - 1) / BlockBytes;
        byte[] padded = new byte[blocks * BlockBytes];
        Array.Copy(data, offset, padded, 0, count);
        padded[count] = 0x80;
        WriteWord(padded, padded.Length - 4, (uint)count << 3);

        uint[] state = { 0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0 };
        uint[] words = new uint[80];
        for (int i = 0; i < blocks; i++) Compress(state, words, padded, i * BlockBytes);

        byte[] hash = new byte[SizeBytes];
        for (int i = 0; i < 5; i++) WriteWord(hash, 4 * i, state[i]);
        return hash;
    }

    private static void Compress(uint[] state, uint[] words, byte[] block, int offset)
    {
        for (int i = 0; i < 16; i++, offset += 4)
            words[i] = (uint)((block[offset] << 24) | (block[offset + 1] << 16) | (block[offset + 2] << 8) | block[offset + 3]);
        for (int i = 16; i < 80; i++) words[i] = Rotate(words[i - 3] ^ words[i - 8] ^ words[i - 14] ^ words[i - 16], 1);

        uint a = state[0];
        uint b = state[1];
        uint c = state[2];
        uint d = state[3];
        uint e = state[4];
        for (int i = 0; i < 80; i++)
        {
            uint mixed;
            if (i < 20) mixed = ((b & c) | (~b & d)) + 0x5A827999;
            else if (i < 40) mixed = (b ^ c ^ d) + 0x6ED9EBA1;
            else if (i < 60) mixed = ((b & c) | (b & d) | (c & d)) + 0x8F1BBCDC;
            else mixed = (b ^ c ^ d) + 0xCA62C1D6;
            uint next = Rotate(a, 5) + mixed + e + words[i];
            e = d;
            d = c;
            c = Rotate(b, 30);
            b = a;
            a = next;
        }

        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
        state[4] += e;
    }

    private static uint Rotate(uint value, int bits)
    {
        return (value << bits) | (value >> (32 - bits));
    }

    private static void WriteWord(byte[] buffer, int offset, uint value)
    {
        buffer[offset] = (byte)(value >> 24);
        buffer[offset + 1] = (byte)(value >> 16);
        buffer[offset + 2] = (byte)(value >> 8);
        buffer[offset + 3] = (byte)value;
    }
}
