using System;
using System.Security.Cryptography;
using System.Text;
using IrohLite.Crypto;

namespace IrohLite.Tests.Tls;

/// <summary>
/// A peer written for the tests, which sends what it is told: every message passes through <see cref="Edit"/> before it enters the
/// peer's transcript, so that signatures and Finished values fit the changed bytes.
/// </summary>
internal abstract class HandPeer
{
    private readonly byte[] _seed;
    private readonly byte[] _publicKey = new byte[32];

    protected HandPeer(ICryptoProvider crypto, byte[] seed)
    {
        Crypto = crypto;
        _seed = seed;
        crypto.Ed25519PublicKey(seed, 0, _publicKey, 0);
    }

    /// <summary>Gets type and bytes of a message about to be sent; returns what is sent instead, nothing to leave it out.</summary>
    public Func<int, byte[], byte[]> Edit { get; set; } = (_, message) => message;

    /// <summary>Every byte sent and received so far.</summary>
    public byte[] Transcript { get; protected set; } = Array.Empty<byte>();

    protected ICryptoProvider Crypto { get; }

    public static byte[] Spki(byte[] key) => Wire.Cat(Wire.Hex("302a300506032b6570032100"), key);

    public byte[] Certificate() => Wire.Message(11, Wire.V8(), Wire.V24(Wire.V24(Spki(_publicKey)), Wire.V16()));

    protected byte[] Agree(byte[] privateKey, byte[] share)
    {
        byte[] shared = new byte[32];
        if (!Crypto.X25519Agree(privateKey, 0, share, 0, shared, 0)) throw new InvalidOperationException("zero secret");
        return shared;
    }

    protected byte[] PublicShare(byte[] privateKey)
    {
        byte[] share = new byte[32];
        Crypto.X25519PublicKey(privateKey, 0, share, 0);
        return share;
    }

    protected byte[] Put(int type, byte[] message)
    {
        byte[] edited = Edit(type, message);
        Transcript = Wire.Cat(Transcript, edited);
        return edited;
    }

    protected byte[] PutVerify(string side)
    {
        byte[] content = Signed(side, Transcript);
        byte[] signature = new byte[64];
        Crypto.Ed25519Sign(_seed, 0, _publicKey, 0, content, 0, content.Length, signature, 0);
        return Put(15, Wire.Message(15, Wire.U16(0x0807), Wire.V16(signature)));
    }

    protected byte[] PutFinished(byte[] secret) => Put(20, Wire.Message(20, HandSchedule.Finished(secret, Transcript)));

    protected static byte[] Signed(string side, byte[] transcript) => Wire.Cat(
        Encoding.ASCII.GetBytes(new string(' ', 64) + "TLS 1.3, " + side + " CertificateVerify\0"), SHA256.HashData(transcript));

    /// <summary>Checks the flight of the other side: certificate, signature and Finished; returns its key.</summary>
    protected byte[] CheckFlight(string side, byte[] secret, byte[] stream)
    {
        byte[] key = null;
        foreach (byte[] message in Wire.Split(stream))
        {
            switch (message[0])
            {
                case 11:
                    key = message.AsSpan(4 + 1 + 3 + 3 + 12, 32).ToArray();
                    if (!message.AsSpan().SequenceEqual(Wire.Message(11, Wire.V8(), Wire.V24(Wire.V24(Spki(key)), Wire.V16()))))
                        throw new InvalidOperationException("odd certificate");
                    break;
                case 15:
                    byte[] content = Signed(side, Transcript);
                    if (!Crypto.Ed25519Verify(key, 0, content, 0, content.Length, message, 8)) throw new InvalidOperationException("bad signature");
                    break;
                case 20:
                    if (!message.AsSpan(4).SequenceEqual(HandSchedule.Finished(secret, Transcript)))
                        throw new InvalidOperationException("bad Finished");
                    break;
            }

            Transcript = Wire.Cat(Transcript, message);
        }

        return key;
    }
}
