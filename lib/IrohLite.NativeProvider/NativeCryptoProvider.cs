using IrohLite.Crypto;

namespace IrohLite.Native;

/// <summary>
/// The cryptography of the native module: on the ESP32 in the firmware image, on the PC in libirohlite_crypto. Packet keys lie
/// in one fixed native table that all providers of a process share (24 slots on the ESP32); a provider takes a bounded part of it.
/// </summary>
public sealed class NativeCryptoProvider : ICryptoProvider
{
    /// <summary>Packet keys of a provider made without saying how many; the native table may hold fewer.</summary>
    public const int DefaultMaxPacketKeys = 2048;

    private readonly int _maxPacketKeys;
    private int _packetKeys;

    /// <summary>A provider with at most <see cref="DefaultMaxPacketKeys"/> packet keys.</summary>
    public NativeCryptoProvider()
        : this(DefaultMaxPacketKeys)
    {
    }

    /// <summary>A provider with at most <paramref name="maxPacketKeys"/> packet keys; a connection takes up to six.</summary>
    public NativeCryptoProvider(int maxPacketKeys)
    {
        _maxPacketKeys = maxPacketKeys;
    }

    /// <inheritdoc/>
    public string Name => "native";

    /// <inheritdoc/>
    public void X25519PublicKey(byte[] privateKey, int privateOffset, byte[] publicKey, int publicOffset) =>
        NativeStatus.Require(X25519.PublicKey(privateKey, privateOffset, publicKey, publicOffset), "X25519 public key");

    /// <inheritdoc/>
    public bool X25519Agree(byte[] privateKey, int privateOffset, byte[] peerPublic, int peerOffset, byte[] shared, int sharedOffset) =>
        NativeStatus.Accepted(X25519.Agree(privateKey, privateOffset, peerPublic, peerOffset, shared, sharedOffset), "X25519");

    /// <inheritdoc/>
    public void Ed25519PublicKey(byte[] seed, int seedOffset, byte[] publicKey, int publicOffset) =>
        NativeStatus.Require(Ed25519.PublicKey(seed, seedOffset, publicKey, publicOffset), "Ed25519 public key");

    /// <inheritdoc/>
    public void Ed25519Sign(byte[] seed, int seedOffset, byte[] publicKey, int publicOffset,
        byte[] message, int messageOffset, int messageCount, byte[] signature, int signatureOffset) =>
        NativeStatus.Require(Ed25519.Sign(seed, seedOffset, publicKey, publicOffset, message, messageOffset, messageCount,
            signature, signatureOffset), "Ed25519 sign");

    /// <inheritdoc/>
    public bool Ed25519Verify(byte[] publicKey, int publicOffset, byte[] message, int messageOffset, int messageCount,
        byte[] signature, int signatureOffset) =>
        NativeStatus.Accepted(Ed25519.Verify(publicKey, publicOffset, message, messageOffset, messageCount,
            signature, signatureOffset), "Ed25519 verify");

    /// <inheritdoc/>
    public bool Ed25519IsPoint(byte[] publicKey, int publicOffset) =>
        NativeStatus.Accepted(Ed25519.IsPoint(publicKey, publicOffset), "Ed25519 point");

    /// <inheritdoc/>
    public void Sha256(byte[] data, int dataOffset, int dataCount, byte[] hash, int hashOffset) =>
        NativeStatus.Require(Hashing.Sha256(data, dataOffset, dataCount, hash, hashOffset), "SHA-256");

    /// <inheritdoc/>
    public void HmacSha256(byte[] key, int keyOffset, int keyCount, byte[] data, int dataOffset, int dataCount, byte[] mac, int macOffset) =>
        NativeStatus.Require(Hashing.HmacSha256(key, keyOffset, keyCount, data, dataOffset, dataCount, mac, macOffset), "HMAC");

    /// <inheritdoc/>
    public void HkdfExpandLabel(byte[] secret, int secretOffset, byte[] label, byte[] context, int contextOffset, int contextCount,
        byte[] output, int outputOffset, int outputCount) =>
        NativeStatus.Require(Hashing.HkdfExpandLabel(secret, secretOffset, label, context, contextOffset, contextCount,
            output, outputOffset, outputCount), "HKDF");

    /// <inheritdoc/>
    public void Blake3DeriveKey(byte[] contextKey, int contextKeyOffset, byte[] material, int materialOffset, int materialCount,
        byte[] output, int outputOffset) =>
        NativeStatus.Require(Hashing.Blake3DeriveKey(contextKey, contextKeyOffset, material, materialOffset, materialCount,
            output, outputOffset), "BLAKE3");

    /// <inheritdoc/>
    public void AesGcmSeal(byte[] key, int keyOffset, byte[] nonce, int nonceOffset, byte[] aad, int aadOffset, int aadCount,
        byte[] buffer, int offset, int count) =>
        NativeStatus.Require(Aes128.GcmSeal(key, keyOffset, nonce, nonceOffset, aad, aadOffset, aadCount, buffer, offset, count),
            "AES-GCM seal");

    /// <inheritdoc/>
    public bool AesGcmOpen(byte[] key, int keyOffset, byte[] nonce, int nonceOffset, byte[] aad, int aadOffset, int aadCount,
        byte[] buffer, int offset, int count) =>
        NativeStatus.Accepted(Aes128.GcmOpen(key, keyOffset, nonce, nonceOffset, aad, aadOffset, aadCount, buffer, offset, count),
            "AES-GCM open");

    /// <inheritdoc/>
    public void AesEncryptBlock(byte[] key, int keyOffset, byte[] input, int inputOffset, byte[] output, int outputOffset) =>
        NativeStatus.Require(Aes128.EncryptBlock(key, keyOffset, input, inputOffset, output, outputOffset), "AES");

    /// <inheritdoc/>
    public int CreatePacketKeys(byte[] secret, int secretOffset, bool updatable)
    {
        int keys = _packetKeys < _maxPacketKeys ? PacketKeys.Create(secret, secretOffset, updatable) : NativeStatus.NoSlot;
        NativeStatus.Require(keys, "create packet keys");
        _packetKeys++;
        return keys;
    }

    /// <inheritdoc/>
    public void RotatePacketKeys(int keys, long firstPacketNumber) =>
        NativeStatus.Require(PacketKeys.Rotate(keys, firstPacketNumber), "rotate packet keys");

    /// <inheritdoc/>
    public void DropPreviousPacketKeys(int keys) =>
        NativeStatus.Require(PacketKeys.DropPrevious(keys), "drop previous packet keys");

    /// <inheritdoc/>
    public void ReleasePacketKeys(int keys)
    {
        NativeStatus.Require(PacketKeys.Release(keys), "release packet keys");
        _packetKeys--;
    }

    /// <inheritdoc/>
    public int OpenPacket(int keys, byte[] buffer, int packetOffset, int packetNumberOffset, int packetEnd, long largestReceived, long[] opened)
    {
        int count = PacketKeys.Open(keys, buffer, packetOffset, packetNumberOffset, packetEnd, largestReceived, opened);
        return count >= NativeStatus.Refused ? count : NativeStatus.Require(count, "open packet");
    }

    /// <inheritdoc/>
    public int SealPacket(int keys, byte[] buffer, int packetOffset, int packetNumberOffset, int payloadOffset, int payloadEnd, long packetNumber)
    {
        // On the device naming a string makes an object, so it is named in the failure only.
        int end = PacketKeys.Seal(keys, buffer, packetOffset, packetNumberOffset, payloadOffset, payloadEnd, packetNumber);
        return end >= NativeStatus.Ok ? end : NativeStatus.Require(end, "seal packet");
    }
}
