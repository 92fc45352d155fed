using System;
using System.Collections.Generic;
using System.Linq;
using IrohLite.Crypto;

namespace IrohLite.Tests.Tls;

/// <summary>Remembers the results of the slow curve operations, so that thousands of equal handshakes cost little.</summary>
internal sealed class MemoCrypto : ICryptoProvider
{
    private readonly ICryptoProvider _inner;
    private readonly Dictionary<string, byte[]> _results = new();

    public MemoCrypto(ICryptoProvider inner)
    {
        _inner = inner;
    }

    public string Name => _inner.Name;

    public void X25519PublicKey(byte[] privateKey, int privateOffset, byte[] publicKey, int publicOffset) =>
        Recall("x", 32, publicKey, publicOffset, o => _inner.X25519PublicKey(privateKey, privateOffset, o, 0),
            privateKey.AsSpan(privateOffset, 32).ToArray());

    public bool X25519Agree(byte[] privateKey, int privateOffset, byte[] peerPublic, int peerOffset, byte[] shared, int sharedOffset)
    {
        byte[] result = new byte[33];
        Recall("a", 33, result, 0, o => o[32] = (byte)(_inner.X25519Agree(privateKey, privateOffset, peerPublic, peerOffset, o, 0) ? 1 : 0),
            privateKey.AsSpan(privateOffset, 32).ToArray(), peerPublic.AsSpan(peerOffset, 32).ToArray());
        Array.Copy(result, 0, shared, sharedOffset, 32);
        return result[32] == 1;
    }

    public void Ed25519PublicKey(byte[] seed, int seedOffset, byte[] publicKey, int publicOffset) =>
        Recall("p", 32, publicKey, publicOffset, o => _inner.Ed25519PublicKey(seed, seedOffset, o, 0), seed.AsSpan(seedOffset, 32).ToArray());

    public void Ed25519Sign(byte[] seed, int seedOffset, byte[] publicKey, int publicOffset,
        byte[] message, int messageOffset, int messageCount, byte[] signature, int signatureOffset) =>
        Recall("s", 64, signature, signatureOffset,
            o => _inner.Ed25519Sign(seed, seedOffset, publicKey, publicOffset, message, messageOffset, messageCount, o, 0),
            seed.AsSpan(seedOffset, 32).ToArray(), message.AsSpan(messageOffset, messageCount).ToArray());

    public bool Ed25519Verify(byte[] publicKey, int publicOffset, byte[] message, int messageOffset, int messageCount,
        byte[] signature, int signatureOffset)
    {
        byte[] result = new byte[1];
        Recall("v", 1, result, 0,
            o => o[0] = (byte)(_inner.Ed25519Verify(publicKey, publicOffset, message, messageOffset, messageCount, signature, signatureOffset) ? 1 : 0),
            publicKey.AsSpan(publicOffset, 32).ToArray(), message.AsSpan(messageOffset, messageCount).ToArray(),
            signature.AsSpan(signatureOffset, 64).ToArray());
        return result[0] == 1;
    }

    public bool Ed25519IsPoint(byte[] publicKey, int publicOffset) => _inner.Ed25519IsPoint(publicKey, publicOffset);

    public void Sha256(byte[] data, int dataOffset, int dataCount, byte[] hash, int hashOffset) =>
        _inner.Sha256(data, dataOffset, dataCount, hash, hashOffset);

    public void HmacSha256(byte[] key, int keyOffset, int keyCount, byte[] data, int dataOffset, int dataCount, byte[] mac, int macOffset) =>
        _inner.HmacSha256(key, keyOffset, keyCount, data, dataOffset, dataCount, mac, macOffset);

    public void HkdfExpandLabel(byte[] secret, int secretOffset, byte[] label, byte[] context, int contextOffset, int contextCount,
        byte[] output, int outputOffset, int outputCount) =>
        _inner.HkdfExpandLabel(secret, secretOffset, label, context, contextOffset, contextCount, output, outputOffset, outputCount);

    public void Blake3DeriveKey(byte[] contextKey, int contextKeyOffset, byte[] material, int materialOffset, int materialCount,
        byte[] output, int outputOffset) => throw NotTls();

    public void AesGcmSeal(byte[] key, int keyOffset, byte[] nonce, int nonceOffset, byte[] aad, int aadOffset, int aadCount,
        byte[] buffer, int offset, int count) => throw NotTls();

    public bool AesGcmOpen(byte[] key, int keyOffset, byte[] nonce, int nonceOffset, byte[] aad, int aadOffset, int aadCount,
        byte[] buffer, int offset, int count) => throw NotTls();

    public void AesEncryptBlock(byte[] key, int keyOffset, byte[] input, int inputOffset, byte[] output, int outputOffset) => throw NotTls();

    public int CreatePacketKeys(byte[] secret, int secretOffset, bool updatable) => throw NotTls();

    public void RotatePacketKeys(int keys, long firstPacketNumber) => throw NotTls();

    public void DropPreviousPacketKeys(int keys) => throw NotTls();

    public void ReleasePacketKeys(int keys) => throw NotTls();

    public int OpenPacket(int keys, byte[] buffer, int packetOffset, int packetNumberOffset, int packetEnd, long largestReceived, long[] opened) =>
        throw NotTls();

    public int SealPacket(int keys, byte[] buffer, int packetOffset, int packetNumberOffset, int payloadOffset, int payloadEnd, long packetNumber) =>
        throw NotTls();

    private static Exception NotTls() => new InvalidOperationException("TLS has no business with packets");

    private void Recall(string operation, int size, byte[] output, int outputOffset, Action<byte[]> compute, params byte[][] inputs)
    {
        string key = operation + string.Join(".", inputs.Select(Convert.ToHexString));
        if (!_results.TryGetValue(key, out byte[] result))
        {
            result = new byte[size];
            compute(result);
            _results[key] = result;
        }

        result.CopyTo(output, outputOffset);
    }
}
