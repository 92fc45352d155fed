using System;
using IrohLite.Crypto;

namespace IrohLite.Quic;

/// <summary>
/// The integrity tag of Retry packets (RFC 9001 section 5.8): proves that the sender has seen our Initial. Runs at most once in a
/// connection, so it may allocate.
/// </summary>
internal static class RetryIntegrity
{
    public const int TagSizeBytes = 16;

    private static readonly byte[] s_key =
    {
        0xbe, 0x0c, 0x69, 0x0b, 0x9f, 0x66, 0x57, 0x5a, 0x1d, 0x76, 0x6b, 0x54, 0xe3, 0x68, 0xc8, 0x4e,
    };

    private static readonly byte[] s_nonce = { 0x46, 0x15, 0x99, 0xd3, 0x5d, 0x63, 0x2b, 0xf2, 0x23, 0x98, 0x25, 0xbb };

    /// <summary>True when the packet in [packetOffset, packetEnd) answers an Initial sent to <paramref name="originalDcid"/>.</summary>
    public static bool Verify(ICryptoProvider crypto, ConnectionId originalDcid, byte[] buffer, int packetOffset, int packetEnd)
    {
        int count = packetEnd - packetOffset - TagSizeBytes;
        if (count < 0) return false;
        byte[] pseudo = PseudoPacket(originalDcid, buffer, packetOffset, count);
        byte[] tag = new byte[TagSizeBytes];
        Array.Copy(buffer, packetOffset + count, tag, 0, TagSizeBytes);
        return crypto.AesGcmOpen(s_key, 0, s_nonce, 0, pseudo, 0, pseudo.Length, tag, 0, TagSizeBytes);
    }

    /// <summary>Writes the tag behind the packet in [packetOffset, packetEnd); returns one past it.</summary>
    public static int WriteTag(ICryptoProvider crypto, ConnectionId originalDcid, byte[] buffer, int packetOffset, int packetEnd)
    {
        byte[] pseudo = PseudoPacket(originalDcid, buffer, packetOffset, packetEnd - packetOffset);
        crypto.AesGcmSeal(s_key, 0, s_nonce, 0, pseudo, 0, pseudo.Length, buffer, packetEnd, 0);
        return packetEnd + TagSizeBytes;
    }

    private static byte[] PseudoPacket(ConnectionId originalDcid, byte[] buffer, int packetOffset, int count)
    {
        byte[] pseudo = new byte[1 + originalDcid.Length + count];
        pseudo[0] = (byte)originalDcid.Length;
        Array.Copy(originalDcid.Bytes, 0, pseudo, 1, originalDcid.Length);
        Array.Copy(buffer, packetOffset, pseudo, 1 + originalDcid.Length, count);
        return pseudo;
    }
}
