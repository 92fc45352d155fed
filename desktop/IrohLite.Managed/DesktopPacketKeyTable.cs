#nullable enable
using System;
using System.Security.Cryptography;

namespace IrohLite.Crypto;

/// <summary>Packet keys on the platform's AES: one cipher object for each key, so that a packet costs no allocation.</summary>
internal sealed class DesktopPacketKeyTable : PacketKeyTable
{
    private const int TagSizeBytes = 16;

    private readonly AesGcm?[] _ciphers;
    private readonly Aes?[] _headerAes;
    private readonly ICryptoTransform?[] _headerCiphers;

    public DesktopPacketKeyTable(ICryptoProvider crypto, int slots)
        : base(crypto, slots)
    {
        _ciphers = new AesGcm?[CellCount];
        _headerAes = new Aes?[slots];
        _headerCiphers = new ICryptoTransform?[slots];
    }

    /// <summary>Seals in place, the tag behind.</summary>
    public static void Seal(AesGcm cipher, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> aad, Span<byte> textAndTag)
    {
        Span<byte> text = textAndTag[..^TagSizeBytes];
        cipher.Encrypt(nonce, text, text, textAndTag[^TagSizeBytes..], aad);
    }

    /// <summary>Opens in place; the platform wipes the text when the tag is wrong.</summary>
    public static bool Open(AesGcm cipher, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> aad, Span<byte> textAndTag)
    {
        Span<byte> text = textAndTag[..^TagSizeBytes];
        try
        {
            cipher.Decrypt(nonce, text, textAndTag[^TagSizeBytes..], text, aad);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    protected override void SetCell(int cell, byte[] key)
    {
        _ciphers[cell]?.Dispose();
        _ciphers[cell] = new AesGcm(key, TagSizeBytes);
    }

    protected override void ClearCell(int cell)
    {
        _ciphers[cell]?.Dispose();
        _ciphers[cell] = null;
    }

    protected override void SealCell(int cell, byte[] nonce, byte[] buffer, int headerOffset, int headerCount, int offset, int count) =>
        Seal(_ciphers[cell]!, nonce, buffer.AsSpan(headerOffset, headerCount), buffer.AsSpan(offset, count + TagSizeBytes));

    protected override bool OpenCell(int cell, byte[] nonce, byte[] buffer, int headerOffset, int headerCount, int offset, int count) =>
        Open(_ciphers[cell]!, nonce, buffer.AsSpan(headerOffset, headerCount), buffer.AsSpan(offset, count));

    protected override void SetHeaderKey(int slot, byte[] key)
    {
        Aes aes = Aes.Create();
        aes.Mode = CipherMode.ECB;
        aes.Padding = PaddingMode.None;
        aes.Key = (byte[])key.Clone();
        _headerAes[slot] = aes;
        _headerCiphers[slot] = aes.CreateEncryptor();
    }

    protected override void ClearHeaderKey(int slot)
    {
        _headerCiphers[slot]?.Dispose();
        _headerAes[slot]?.Dispose();
        _headerCiphers[slot] = null;
        _headerAes[slot] = null;
    }

    protected override void HeaderMask(int slot, byte[] sample, int sampleOffset, byte[] mask) =>
        _headerCiphers[slot]!.TransformBlock(sample, sampleOffset, 16, mask, 0);
}
