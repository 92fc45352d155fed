using System;
using IrohLite.Buffers;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Macs;
using Org.BouncyCastle.Crypto.Modes;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math.EC.Rfc7748;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace IrohLite.Crypto;

/// <summary>
/// The whole of <see cref="ICryptoProvider"/> over Bouncy Castle's managed classes: the fallback where no native module exists, the curves
/// of the desktop provider, and the second opinion in tests. One object must not be used by two threads at once.
/// </summary>
public sealed class BouncyCastleProvider : ICryptoProvider
{
    /// <summary>Packet key slots of a provider made without saying how many.</summary>
    public const int DefaultSlots = 32;

    private readonly Sha256Digest _sha256 = new Sha256Digest();
    private readonly HMac _hmac = new HMac(new Sha256Digest());
    private readonly byte[] _info = new byte[HkdfLabel.MaxSizeBytes + 1];
    private readonly byte[] _block = new byte[32];
    private readonly BouncyCastlePacketKeyTable _packetKeys;

    /// <summary>A provider with <see cref="DefaultSlots"/> packet key slots.</summary>
    public BouncyCastleProvider()
        : this(DefaultSlots)
    {
    }

    /// <summary>A provider with room for <paramref name="slots"/> packet keys; a connection takes up to six.</summary>
    public BouncyCastleProvider(int slots)
    {
        _packetKeys = new BouncyCastlePacketKeyTable(this, slots);
    }

    /// <inheritdoc/>
    public string Name => "bouncy-castle";

    /// <inheritdoc/>
    public void X25519PublicKey(byte[] privateKey, int privateOffset, byte[] publicKey, int publicOffset)
    {
        Bytes.CheckRegion(privateKey, privateOffset, 32);
        Bytes.CheckRegion(publicKey, publicOffset, 32);
        X25519.GeneratePublicKey(privateKey, privateOffset, publicKey, publicOffset);
    }

    /// <inheritdoc/>
    public bool X25519Agree(byte[] privateKey, int privateOffset, byte[] peerPublic, int peerOffset, byte[] shared, int sharedOffset)
    {
        Bytes.CheckRegion(privateKey, privateOffset, 32);
        Bytes.CheckRegion(peerPublic, peerOffset, 32);
        Bytes.CheckRegion(shared, sharedOffset, 32);
        return X25519.CalculateAgreement(privateKey, privateOffset, peerPublic, peerOffset, shared, sharedOffset);
    }

    /// <inheritdoc/>
    public void Ed25519PublicKey(byte[] seed, int seedOffset, byte[] publicKey, int publicOffset)
    {
        Bytes.CheckRegion(seed, seedOffset, 32);
        Bytes.CheckRegion(publicKey, publicOffset, 32);
        Ed25519.GeneratePublicKey(seed, seedOffset, publicKey, publicOffset);
    }

    /// <inheritdoc/>
    public void Ed25519Sign(byte[] seed, int seedOffset, byte[] publicKey, int publicOffset,
        byte[] message, int messageOffset, int messageCount, byte[] signature, int signatureOffset)
    {
        Bytes.CheckRegion(seed, seedOffset, 32);
        Bytes.CheckRegion(publicKey, publicOffset, 32);
        Bytes.CheckRegion(message, messageOffset, messageCount);
        Bytes.CheckRegion(signature, signatureOffset, 64);
        Ed25519.Sign(seed, seedOffset, publicKey, publicOffset, message, messageOffset, messageCount, signature, signatureOffset);
    }

    /// <inheritdoc/>
    public bool Ed25519Verify(byte[] publicKey, int publicOffset, byte[] message, int messageOffset, int messageCount,
        byte[] signature, int signatureOffset)
    {
        Bytes.CheckRegion(publicKey, publicOffset, 32);
        Bytes.CheckRegion(message, messageOffset, messageCount);
        Bytes.CheckRegion(signature, signatureOffset, 64);

        // Bouncy Castle checks the cofactor-less equation, S below the group order, and canonical encodings.
        return !EdwardsPoint.HasSmallOrder(publicKey, publicOffset) && !EdwardsPoint.HasSmallOrder(signature, signatureOffset)
            && Ed25519.Verify(signature, signatureOffset, publicKey, publicOffset, message, messageOffset, messageCount);
    }

    /// <inheritdoc/>
    public bool Ed25519IsPoint(byte[] publicKey, int publicOffset)
    {
        Bytes.CheckRegion(publicKey, publicOffset, 32);
        return EdwardsPoint.Decompresses(publicKey, publicOffset);
    }

    /// <inheritdoc/>
    public void Sha256(byte[] data, int dataOffset, int dataCount, byte[] hash, int hashOffset)
    {
        Bytes.CheckRegion(data, dataOffset, dataCount);
        Bytes.CheckRegion(hash, hashOffset, 32);
        _sha256.Reset();
        _sha256.BlockUpdate(data, dataOffset, dataCount);
        _sha256.DoFinal(hash, hashOffset);
    }

    /// <inheritdoc/>
    public void HmacSha256(byte[] key, int keyOffset, int keyCount, byte[] data, int dataOffset, int dataCount, byte[] mac, int macOffset)
    {
        Bytes.CheckRegion(key, keyOffset, keyCount);
        Bytes.CheckRegion(data, dataOffset, dataCount);
        Bytes.CheckRegion(mac, macOffset, 32);
        _hmac.Init(new KeyParameter(key, keyOffset, keyCount));
        _hmac.BlockUpdate(data, dataOffset, dataCount);
        _hmac.DoFinal(mac, macOffset);
    }

    /// <inheritdoc/>
    public void HkdfExpandLabel(byte[] secret, int secretOffset, byte[] label, byte[] context, int contextOffset, int contextCount,
        byte[] output, int outputOffset, int outputCount)
    {
        Bytes.CheckRegion(secret, secretOffset, 32);
        Bytes.CheckRegion(output, outputOffset, outputCount);
        int infoCount = HkdfLabel.Write(_info, label, context, contextOffset, contextCount, outputCount);

        // RFC 5869 section 2.3: T(n) = HMAC(T(n - 1) | info | n); two blocks at most here.
        _hmac.Init(new KeyParameter(secret, secretOffset, 32));
        int done = 0;
        for (byte counter = 1; done < outputCount; counter++)
        {
            if (counter > 1) _hmac.BlockUpdate(_block, 0, 32);
            _hmac.BlockUpdate(_info, 0, infoCount);
            _hmac.Update(counter);
            _hmac.DoFinal(_block, 0);
            int taken = outputCount - done < 32 ? outputCount - done : 32;
            Array.Copy(_block, 0, output, outputOffset + done, taken);
            done += taken;
        }

        Array.Clear(_block, 0, 32);
    }

    /// <inheritdoc/>
    public void Blake3DeriveKey(byte[] contextKey, int contextKeyOffset, byte[] material, int materialOffset, int materialCount,
        byte[] output, int outputOffset)
    {
        Blake3.DeriveKey(contextKey, contextKeyOffset, material, materialOffset, materialCount, output, outputOffset);
    }

    /// <inheritdoc/>
    public void AesGcmSeal(byte[] key, int keyOffset, byte[] nonce, int nonceOffset, byte[] aad, int aadOffset, int aadCount,
        byte[] buffer, int offset, int count)
    {
        Bytes.CheckRegion(buffer, offset, count + 16);
        GcmBlockCipher cipher = StartGcm(true, key, keyOffset, nonce, nonceOffset, aad, aadOffset, aadCount);
        BouncyCastlePacketKeyTable.Seal(cipher, buffer, offset, count);
    }

    /// <inheritdoc/>
    public bool AesGcmOpen(byte[] key, int keyOffset, byte[] nonce, int nonceOffset, byte[] aad, int aadOffset, int aadCount,
        byte[] buffer, int offset, int count)
    {
        Bytes.CheckRegion(buffer, offset, count);
        if (count < 16) return false;
        GcmBlockCipher cipher = StartGcm(false, key, keyOffset, nonce, nonceOffset, aad, aadOffset, aadCount);
        return BouncyCastlePacketKeyTable.Open(cipher, buffer, offset, count);
    }

    /// <inheritdoc/>
    public void AesEncryptBlock(byte[] key, int keyOffset, byte[] input, int inputOffset, byte[] output, int outputOffset)
    {
        Bytes.CheckRegion(key, keyOffset, 16);
        Bytes.CheckRegion(input, inputOffset, 16);
        Bytes.CheckRegion(output, outputOffset, 16);
        AesEngine aes = new AesEngine();
        aes.Init(true, new KeyParameter(key, keyOffset, 16));
        aes.ProcessBlock(input, inputOffset, output, outputOffset);
    }

    /// <inheritdoc/>
    public int CreatePacketKeys(byte[] secret, int secretOffset, bool updatable)
    {
        return _packetKeys.Create(secret, secretOffset, updatable);
    }

    /// <inheritdoc/>
    public void RotatePacketKeys(int keys, long firstPacketNumber)
    {
        _packetKeys.Rotate(keys, firstPacketNumber);
    }

    /// <inheritdoc/>
    public void DropPreviousPacketKeys(int keys)
    {
        _packetKeys.DropPrevious(keys);
    }

    /// <inheritdoc/>
    public void ReleasePacketKeys(int keys)
    {
        _packetKeys.Release(keys);
    }

    /// <inheritdoc/>
    public int OpenPacket(int keys, byte[] buffer, int packetOffset, int packetNumberOffset, int packetEnd, long largestReceived, long[] opened)
    {
        return _packetKeys.Open(keys, buffer, packetOffset, packetNumberOffset, packetEnd, largestReceived, opened);
    }

    /// <inheritdoc/>
    public int SealPacket(int keys, byte[] buffer, int packetOffset, int packetNumberOffset, int payloadOffset, int payloadEnd, long packetNumber)
    {
        return _packetKeys.Seal(keys, buffer, packetOffset, packetNumberOffset, payloadOffset, payloadEnd, packetNumber);
    }

    private static GcmBlockCipher StartGcm(bool isSealing, byte[] key, int keyOffset, byte[] nonce, int nonceOffset,
        byte[] aad, int aadOffset, int aadCount)
    {
        Bytes.CheckRegion(key, keyOffset, 16);
        if (aadCount > 0) Bytes.CheckRegion(aad, aadOffset, aadCount);
        GcmBlockCipher cipher = new GcmBlockCipher(new AesEngine());
        BouncyCastlePacketKeyTable.Start(cipher, isSealing, new KeyParameter(key, keyOffset, 16), nonce, nonceOffset, aad, aadOffset, aadCount);
        return cipher;
    }
}
