using System;
using System.Collections.Generic;
using System.Security.Cryptography;
using System.Text;
using IrohLite.Crypto;

namespace IrohLite.Tests.Quic;

/// <summary>
/// An ICryptoProvider for packets alone, written straight from RFC 9001 with .NET's primitives and without any of the library's
/// helpers: a second opinion on protection, and the only one that knows multipath nonces (for the multipath transcript).
/// </summary>
internal sealed class ReferenceCrypto : ICryptoProvider
{
    private sealed class Generation
    {
        public byte[] Secret;
        public byte[] Key;
        public byte[] Iv;
    }

    private sealed class Slot
    {
        public byte[] HeaderKey;
        public bool Updatable;
        public int Phase;
        public long FirstOfPhase;
        public Generation Previous;
        public Generation Current;
        public Generation Next;
    }

    private readonly Dictionary<int, Slot> _slots = new();
    private int _nextHandle = 1;

    public string Name => "reference";

    /// <summary>Multipath path id that goes into the nonce; 0 is plain QUIC.</summary>
    public uint PathId { get; set; }

    /// <summary>Handles created and not released.</summary>
    public int LiveHandles => _slots.Count;

    /// <summary>Handles whose previous generation was wiped, in order.</summary>
    public List<int> DroppedPrevious { get; } = new();

    public int CreatePacketKeys(byte[] secret, int secretOffset, bool updatable)
    {
        byte[] own = secret.AsSpan(secretOffset, 32).ToArray();
        Slot slot = new() { HeaderKey = Label(own, "quic hp", 16), Updatable = updatable, Current = Derive(own) };
        if (updatable) slot.Next = Derive(Label(own, "quic ku", 32));
        _slots.Add(_nextHandle, slot);
        return _nextHandle++;
    }

    public void RotatePacketKeys(int keys, long firstPacketNumber)
    {
        Slot slot = _slots[keys];
        slot.Previous = slot.Current;
        slot.Current = slot.Next;
        slot.Next = Derive(Label(slot.Current.Secret, "quic ku", 32));
        slot.Phase ^= 1;
        slot.FirstOfPhase = firstPacketNumber;
    }

    public void DropPreviousPacketKeys(int keys)
    {
        _slots[keys].Previous = null;
        DroppedPrevious.Add(keys);
    }

    public void ReleasePacketKeys(int keys) => Assert(_slots.Remove(keys));

    public int OpenPacket(int keys, byte[] buffer, int packetOffset, int packetNumberOffset, int packetEnd, long largestReceived, long[] opened)
    {
        Slot slot = _slots[keys];
        if (packetEnd - packetNumberOffset < 20) return -1;
        byte[] mask = Mask(slot, buffer, packetNumberOffset);
        bool isLong = (buffer[packetOffset] & 0x80) != 0;
        buffer[packetOffset] ^= (byte)(mask[0] & (isLong ? 0x0F : 0x1F));
        int numberLength = (buffer[packetOffset] & 3) + 1;
        long truncated = 0;
        for (int i = 0; i < numberLength; i++)
        {
            buffer[packetNumberOffset + i] ^= mask[1 + i];
            truncated = (truncated << 8) | buffer[packetNumberOffset + i];
        }
        // A.3, by search instead of arithmetic: the candidate nearest to the expected number.
        long expected = largestReceived + 1, window = 1L << (8 * numberLength), number = truncated;
        long near = expected - expected % window + truncated;
        foreach (long candidate in new[] { near - window, near, near + window })
            if (candidate >= 0 && Math.Abs(candidate - expected) < Math.Abs(number - expected)) number = candidate;

        Generation generation = slot.Current;
        opened[2] = PacketKeyGeneration.Current;
        if (!isLong && slot.Updatable && ((buffer[packetOffset] >> 2) & 1) != slot.Phase)
        {
            bool late = number < slot.FirstOfPhase;
            generation = late ? slot.Previous : slot.Next;
            opened[2] = late ? PacketKeyGeneration.Previous : PacketKeyGeneration.Next;
        }
        if (generation == null) return -1;
        int payload = packetNumberOffset + numberLength;
        int count = packetEnd - 16 - payload;
        if (count < 0) return -1;
        using AesGcm gcm = new(generation.Key, 16);
        try
        {
            gcm.Decrypt(Nonce(generation, number), buffer.AsSpan(payload, count).ToArray(), buffer.AsSpan(packetEnd - 16, 16),
                buffer.AsSpan(payload, count), buffer.AsSpan(packetOffset, payload - packetOffset));
        }
        catch (AuthenticationTagMismatchException)
        {
            return -1;
        }
        opened[0] = number;
        opened[1] = payload;
        return count;
    }

    public int SealPacket(int keys, byte[] buffer, int packetOffset, int packetNumberOffset, int payloadOffset, int payloadEnd, long packetNumber)
    {
        Slot slot = _slots[keys];
        using (AesGcm gcm = new(slot.Current.Key, 16))
        {
            gcm.Encrypt(Nonce(slot.Current, packetNumber), buffer.AsSpan(payloadOffset, payloadEnd - payloadOffset).ToArray(),
                buffer.AsSpan(payloadOffset, payloadEnd - payloadOffset), buffer.AsSpan(payloadEnd, 16),
                buffer.AsSpan(packetOffset, payloadOffset - packetOffset));
        }
        byte[] mask = Mask(slot, buffer, packetNumberOffset);
        bool isLong = (buffer[packetOffset] & 0x80) != 0;
        buffer[packetOffset] ^= (byte)(mask[0] & (isLong ? 0x0F : 0x1F));
        for (int i = packetNumberOffset; i < payloadOffset; i++) buffer[i] ^= mask[1 + i - packetNumberOffset];
        return payloadEnd + 16;
    }

    public void HmacSha256(byte[] key, int keyOffset, int keyCount, byte[] data, int dataOffset, int dataCount, byte[] mac, int macOffset) =>
        HMACSHA256.HashData(key.AsSpan(keyOffset, keyCount), data.AsSpan(dataOffset, dataCount), mac.AsSpan(macOffset, 32));

    public void HkdfExpandLabel(byte[] secret, int secretOffset, byte[] label, byte[] context, int contextOffset, int contextCount,
        byte[] output, int outputOffset, int outputCount)
    {
        byte[] info = new byte[4 + label.Length + contextCount];
        info[0] = (byte)(outputCount >> 8);
        info[1] = (byte)outputCount;
        info[2] = (byte)label.Length;
        label.CopyTo(info, 3);
        info[3 + label.Length] = (byte)contextCount;
        Array.Copy(context, contextOffset, info, 4 + label.Length, contextCount);
        HKDF.Expand(HashAlgorithmName.SHA256, secret.AsSpan(secretOffset, 32), output.AsSpan(outputOffset, outputCount), info);
    }

    public void AesGcmSeal(byte[] key, int keyOffset, byte[] nonce, int nonceOffset, byte[] aad, int aadOffset, int aadCount,
        byte[] buffer, int offset, int count)
    {
        using AesGcm gcm = new(key.AsSpan(keyOffset, 16), 16);
        gcm.Encrypt(nonce.AsSpan(nonceOffset, 12), buffer.AsSpan(offset, count).ToArray(), buffer.AsSpan(offset, count),
            buffer.AsSpan(offset + count, 16), aad.AsSpan(aadOffset, aadCount));
    }

    public bool AesGcmOpen(byte[] key, int keyOffset, byte[] nonce, int nonceOffset, byte[] aad, int aadOffset, int aadCount,
        byte[] buffer, int offset, int count)
    {
        using AesGcm gcm = new(key.AsSpan(keyOffset, 16), 16);
        try
        {
            gcm.Decrypt(nonce.AsSpan(nonceOffset, 12), buffer.AsSpan(offset, count - 16).ToArray(),
                buffer.AsSpan(offset + count - 16, 16), buffer.AsSpan(offset, count - 16), aad.AsSpan(aadOffset, aadCount));
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    public void X25519PublicKey(byte[] privateKey, int privateOffset, byte[] publicKey, int publicOffset) => throw new NotSupportedException();

    public bool X25519Agree(byte[] privateKey, int privateOffset, byte[] peerPublic, int peerOffset, byte[] shared, int sharedOffset) =>
        throw new NotSupportedException();

    public void Ed25519PublicKey(byte[] seed, int seedOffset, byte[] publicKey, int publicOffset) => throw new NotSupportedException();

    public void Ed25519Sign(byte[] seed, int seedOffset, byte[] publicKey, int publicOffset, byte[] message, int messageOffset,
        int messageCount, byte[] signature, int signatureOffset) => throw new NotSupportedException();

    public bool Ed25519Verify(byte[] publicKey, int publicOffset, byte[] message, int messageOffset, int messageCount,
        byte[] signature, int signatureOffset) => throw new NotSupportedException();

    public bool Ed25519IsPoint(byte[] publicKey, int publicOffset) => throw new NotSupportedException();

    public void Sha256(byte[] data, int dataOffset, int dataCount, byte[] hash, int hashOffset) => throw new NotSupportedException();

    public void Blake3DeriveKey(byte[] contextKey, int contextKeyOffset, byte[] material, int materialOffset, int materialCount,
        byte[] output, int outputOffset) => throw new NotSupportedException();

    public void AesEncryptBlock(byte[] key, int keyOffset, byte[] input, int inputOffset, byte[] output, int outputOffset) =>
        throw new NotSupportedException();

    private static Generation Derive(byte[] secret) =>
        new() { Secret = secret, Key = Label(secret, "quic key", 16), Iv = Label(secret, "quic iv", 12) };

    private static byte[] Label(byte[] secret, string label, int size)
    {
        byte[] output = new byte[size];
        new ReferenceCrypto().HkdfExpandLabel(secret, 0, Encoding.ASCII.GetBytes("tls13 " + label), secret, 0, 0, output, 0, size);
        return output;
    }

    private static byte[] Mask(Slot slot, byte[] buffer, int packetNumberOffset)
    {
        using Aes aes = Aes.Create();
        aes.Key = slot.HeaderKey;
        return aes.EncryptEcb(buffer.AsSpan(packetNumberOffset + 4, 16), PaddingMode.None);
    }

    private byte[] Nonce(Generation generation, long packetNumber)
    {
        byte[] nonce = generation.Iv.AsSpan().ToArray();
        for (int i = 0; i < 4; i++) nonce[i] ^= (byte)(PathId >> (24 - 8 * i));
        for (int i = 0; i < 8; i++) nonce[4 + i] ^= (byte)(packetNumber >> (56 - 8 * i));
        return nonce;
    }

    private static void Assert(bool condition)
    {
        if (!condition) throw new InvalidOperationException("released a handle twice");
    }
}
