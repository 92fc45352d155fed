#nullable enable
using System;
using System.Security.Cryptography;

namespace IrohLite.Crypto;

/// <summary>
/// <see cref="ICryptoProvider"/> for the desktop: AES, hashes and HKDF from .NET, which uses the system's library, and the curves it lacks
/// from <see cref="BouncyCastleProvider"/>. One object must not be used by two threads at once.
/// </summary>
public sealed class DesktopCryptoProvider : ICryptoProvider
{
    /// <summary>Packet key slots of a provider made without saying how many.</summary>
    public const int DefaultSlots = 1024;

    private readonly BouncyCastleProvider _curves = new(1);
    private readonly DesktopPacketKeyTable _packetKeys;
    private readonly byte[] _info = new byte[HkdfLabel.MaxSizeBytes];

    /// <summary>A provider with <see cref="DefaultSlots"/> packet key slots.</summary>
    public DesktopCryptoProvider()
        : this(DefaultSlots)
    {
    }

    /// <summary>A provider with room for <paramref name="slots"/> packet keys; a connection takes up to six.</summary>
    public DesktopCryptoProvider(int slots)
    {
        _packetKeys = new DesktopPacketKeyTable(this, slots);
    }

    /// <inheritdoc/>
    public string Name => "managed";

    /// <inheritdoc/>
    public void X25519PublicKey(byte[] privateKey, int privateOffset, byte[] publicKey, int publicOffset) =>
        _curves.X25519PublicKey(privateKey, privateOffset, publicKey, publicOffset);

    /// <inheritdoc/>
    public bool X25519Agree(byte[] privateKey, int privateOffset, byte[] peerPublic, int peerOffset, byte[] shared, int sharedOffset) =>
        _curves.X25519Agree(privateKey, privateOffset, peerPublic, peerOffset, shared, sharedOffset);

    /// <inheritdoc/>
    public void Ed25519PublicKey(byte[] seed, int seedOffset, byte[] publicKey, int publicOffset) =>
        _curves.Ed25519PublicKey(seed, seedOffset, publicKey, publicOffset);

    /// <inheritdoc/>
    public void Ed25519Sign(byte[] seed, int seedOffset, byte[] publicKey, int publicOffset,
        byte[] message, int messageOffset, int messageCount, byte[] signature, int signatureOffset) =>
        _curves.Ed25519Sign(seed, seedOffset, publicKey, publicOffset, message, messageOffset, messageCount, signature, signatureOffset);

    /// <inheritdoc/>
    public bool Ed25519Verify(byte[] publicKey, int publicOffset, byte[] message, int messageOffset, int messageCount,
        byte[] signature, int signatureOffset) =>
        _curves.Ed25519Verify(publicKey, publicOffset, message, messageOffset, messageCount, signature, signatureOffset);

    /// <inheritdoc/>
    public bool Ed25519IsPoint(byte[] publicKey, int publicOffset) => _curves.Ed25519IsPoint(publicKey, publicOffset);

    /// <inheritdoc/>
    public void Sha256(byte[] data, int dataOffset, int dataCount, byte[] hash, int hashOffset) =>
        SHA256.HashData(data.AsSpan(dataOffset, dataCount), hash.AsSpan(hashOffset, 32));

    /// <inheritdoc/>
    public void HmacSha256(byte[] key, int keyOffset, int keyCount, byte[] data, int dataOffset, int dataCount, byte[] mac, int macOffset) =>
        HMACSHA256.HashData(key.AsSpan(keyOffset, keyCount), data.AsSpan(dataOffset, dataCount), mac.AsSpan(macOffset, 32));

    /// <inheritdoc/>
    public void HkdfExpandLabel(byte[] secret, int secretOffset, byte[] label, byte[]? context, int contextOffset, int contextCount,
        byte[] output, int outputOffset, int outputCount)
    {
        int infoCount = HkdfLabel.Write(_info, label, context, contextOffset, contextCount, outputCount);
        Span<byte> to = output.AsSpan(outputOffset, outputCount);
        ReadOnlySpan<byte> prk = secret.AsSpan(secretOffset, 32);
        if (outputCount > 0) HKDF.Expand(HashAlgorithmName.SHA256, prk, to, _info.AsSpan(0, infoCount));
    }

    /// <inheritdoc/>
    public void Blake3DeriveKey(byte[] contextKey, int contextKeyOffset, byte[] material, int materialOffset, int materialCount,
        byte[] output, int outputOffset) =>
        Blake3.DeriveKey(contextKey, contextKeyOffset, material, materialOffset, materialCount, output, outputOffset);

    /// <inheritdoc/>
    public void AesGcmSeal(byte[] key, int keyOffset, byte[] nonce, int nonceOffset, byte[]? aad, int aadOffset, int aadCount,
        byte[] buffer, int offset, int count)
    {
        using AesGcm cipher = new(key.AsSpan(keyOffset, 16), 16);
        DesktopPacketKeyTable.Seal(cipher, nonce.AsSpan(nonceOffset, 12), aad.AsSpan(aadOffset, aadCount), buffer.AsSpan(offset, count + 16));
    }

    /// <inheritdoc/>
    public bool AesGcmOpen(byte[] key, int keyOffset, byte[] nonce, int nonceOffset, byte[]? aad, int aadOffset, int aadCount,
        byte[] buffer, int offset, int count)
    {
        Span<byte> textAndTag = buffer.AsSpan(offset, count);
        if (count < 16) return false;
        using AesGcm cipher = new(key.AsSpan(keyOffset, 16), 16);
        return DesktopPacketKeyTable.Open(cipher, nonce.AsSpan(nonceOffset, 12), aad.AsSpan(aadOffset, aadCount), textAndTag);
    }

    /// <inheritdoc/>
    public void AesEncryptBlock(byte[] key, int keyOffset, byte[] input, int inputOffset, byte[] output, int outputOffset)
    {
        using Aes aes = Aes.Create();
        aes.Key = key.AsSpan(keyOffset, 16).ToArray();
        aes.EncryptEcb(input.AsSpan(inputOffset, 16), output.AsSpan(outputOffset, 16), PaddingMode.None);
    }

    /// <inheritdoc/>
    public int CreatePacketKeys(byte[] secret, int secretOffset, bool updatable) => _packetKeys.Create(secret, secretOffset, updatable);

    /// <inheritdoc/>
    public void RotatePacketKeys(int keys, long firstPacketNumber) => _packetKeys.Rotate(keys, firstPacketNumber);

    /// <inheritdoc/>
    public void DropPreviousPacketKeys(int keys) => _packetKeys.DropPrevious(keys);

    /// <inheritdoc/>
    public void ReleasePacketKeys(int keys) => _packetKeys.Release(keys);

    /// <inheritdoc/>
    public int OpenPacket(int keys, byte[] buffer, int packetOffset, int packetNumberOffset, int packetEnd, long largestReceived, long[] opened) =>
        _packetKeys.Open(keys, buffer, packetOffset, packetNumberOffset, packetEnd, largestReceived, opened);

    /// <inheritdoc/>
    public int SealPacket(int keys, byte[] buffer, int packetOffset, int packetNumberOffset, int payloadOffset, int payloadEnd, long packetNumber) =>
        _packetKeys.Seal(keys, buffer, packetOffset, packetNumberOffset, payloadOffset, payloadEnd, packetNumber);
}
