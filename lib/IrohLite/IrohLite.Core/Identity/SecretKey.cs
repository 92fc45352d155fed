using System;
using IrohLite.Buffers;
using IrohLite.Crypto;

namespace IrohLite.Identity;

/// <summary>The Ed25519 seed that makes an endpoint what it is, with its public key. Its text never shows the seed.</summary>
public sealed class SecretKey
{
    /// <summary>Length of the seed in bytes.</summary>
    public const int SizeBytes = 32;

    /// <summary>Length of a signature in bytes.</summary>
    public const int SignatureSizeBytes = 64;

    private readonly byte[] _seed;
    private readonly ICryptoProvider _crypto;
    private readonly EndpointId _id;
    private bool _wiped;

    private SecretKey(byte[] seed, ICryptoProvider crypto)
    {
        _seed = seed;
        _crypto = crypto;
        byte[] publicKey = new byte[EndpointId.SizeBytes];
        crypto.Ed25519PublicKey(seed, 0, publicKey, 0);
        _id = EndpointId.FromBytes(publicKey, 0);
    }

    /// <summary>The id that belongs to this key.</summary>
    public EndpointId Id => _id;

    /// <summary>The 32 secret bytes themselves; to be stored safely and never logged.</summary>
    public byte[] Seed => _seed;

    /// <summary>The 32 bytes of the public key, shared: never write to them.</summary>
    public byte[] PublicKey => _id.RawBytes;

    /// <summary>Copies a seed of 32 bytes and computes its public key.</summary>
    public static SecretKey FromSeed(byte[] seed, int offset, ICryptoProvider crypto)
    {
        return new SecretKey(Bytes.Slice(seed, offset, SizeBytes), crypto);
    }

    /// <summary>Makes a new key.</summary>
    public static SecretKey Generate(IRandomSource random, ICryptoProvider crypto)
    {
        byte[] seed = new byte[SizeBytes];
        random.Fill(seed, 0, SizeBytes);
        return new SecretKey(seed, crypto);
    }

    /// <summary>Reads 64 lower-case hex characters, or 52 base32 characters of either case.</summary>
    public static bool TryParse(string text, ICryptoProvider crypto, out SecretKey key)
    {
        return TryParse(text, crypto, out key, out _);
    }

    /// <summary>Like the other, and on false <paramref name="error"/> says what is wrong, without repeating the text.</summary>
    public static bool TryParse(string text, ICryptoProvider crypto, out SecretKey key, out string error)
    {
        key = null;
        byte[] seed = new byte[SizeBytes];
        if (!KeyText.TryParse(text, "secret key", seed, out error)) return false;
        key = new SecretKey(seed, crypto);
        return true;
    }

    /// <summary>Signs the message into 64 bytes.</summary>
    public void Sign(byte[] message, int messageOffset, int messageCount, byte[] signature, int signatureOffset)
    {
        if (_wiped) throw new InvalidOperationException("the secret key was wiped");
        _crypto.Ed25519Sign(_seed, 0, _id.RawBytes, 0, message, messageOffset, messageCount, signature, signatureOffset);
    }

    /// <summary>Overwrites the seed; signing throws from then on.</summary>
    public void Wipe()
    {
        Bytes.Wipe(_seed, 0, SizeBytes);
        _wiped = true;
    }

    /// <summary>Names the public half only.</summary>
    public override string ToString()
    {
        return "secret key of " + _id.ToShortString();
    }
}
