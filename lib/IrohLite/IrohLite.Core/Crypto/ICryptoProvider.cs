namespace IrohLite.Crypto;

/// <summary>
/// Everything the protocol needs from cryptography, and nothing more. A packet is opened or sealed in one call; packet keys
/// live behind small integer handles, so that a native provider never copies them through managed arrays.
/// All regions are (array, offset[, count]); lengths without a count are fixed: keys, ids, secrets and hashes 32 bytes,
/// signatures 64, AES keys and tags 16, nonces 12. A region outside its array throws ArgumentOutOfRangeException.
/// A provider is used by one thread at a time.
/// </summary>
public interface ICryptoProvider
{
    /// <summary>A short name for logs and the user, such as "native" or "managed".</summary>
    string Name { get; }

    /// <summary>X25519 (RFC 7748): writes the public key of a private key.</summary>
    void X25519PublicKey(byte[] privateKey, int privateOffset, byte[] publicKey, int publicOffset);

    /// <summary>X25519 (RFC 7748): writes the shared secret; false when it is all zero, which TLS must refuse (RFC 8446 section 7.4.2).</summary>
    bool X25519Agree(byte[] privateKey, int privateOffset, byte[] peerPublic, int peerOffset, byte[] shared, int sharedOffset);

    /// <summary>Ed25519 (RFC 8032): writes the public key of a 32-byte seed.</summary>
    void Ed25519PublicKey(byte[] seed, int seedOffset, byte[] publicKey, int publicOffset);

    /// <summary>Ed25519 (RFC 8032): signs a message with the seed and its public key.</summary>
    void Ed25519Sign(byte[] seed, int seedOffset, byte[] publicKey, int publicOffset,
        byte[] message, int messageOffset, int messageCount, byte[] signature, int signatureOffset);

    /// <summary>Ed25519: strict verification as iroh does it: canonical S, no small-order key or R, cofactor-less equation.</summary>
    bool Ed25519Verify(byte[] publicKey, int publicOffset, byte[] message, int messageOffset, int messageCount,
        byte[] signature, int signatureOffset);

    /// <summary>True when 32 bytes decompress to a curve point: the only condition iroh puts on an EndpointId.</summary>
    bool Ed25519IsPoint(byte[] publicKey, int publicOffset);

    /// <summary>SHA-256 of one region.</summary>
    void Sha256(byte[] data, int dataOffset, int dataCount, byte[] hash, int hashOffset);

    /// <summary>HMAC-SHA-256 (RFC 2104). HKDF-Extract (RFC 5869) is this call with the salt as key.</summary>
    void HmacSha256(byte[] key, int keyOffset, int keyCount, byte[] data, int dataOffset, int dataCount, byte[] mac, int macOffset);

    /// <summary>
    /// HKDF-Expand-Label (RFC 8446 section 7.1) with a 32-byte secret. <paramref name="label"/> is the whole ASCII label with its
    /// "tls13 " prefix, at most 24 bytes; the context at most 32 bytes; the output at most 64 bytes.
    /// </summary>
    void HkdfExpandLabel(byte[] secret, int secretOffset, byte[] label, byte[] context, int contextOffset, int contextCount,
        byte[] output, int outputOffset, int outputCount);

    /// <summary>BLAKE3 derive_key with a ready context key and at most 64 bytes of material (one block): writes 32 bytes.</summary>
    void Blake3DeriveKey(byte[] contextKey, int contextKeyOffset, byte[] material, int materialOffset, int materialCount,
        byte[] output, int outputOffset);

    /// <summary>AES-128-GCM: encrypts <paramref name="count"/> bytes in place and writes the 16-byte tag behind them.</summary>
    void AesGcmSeal(byte[] key, int keyOffset, byte[] nonce, int nonceOffset, byte[] aad, int aadOffset, int aadCount,
        byte[] buffer, int offset, int count);

    /// <summary>
    /// AES-128-GCM: decrypts in place; <paramref name="count"/> includes the 16-byte tag. False when the tag is wrong; the
    /// region then holds nothing of use.
    /// </summary>
    bool AesGcmOpen(byte[] key, int keyOffset, byte[] nonce, int nonceOffset, byte[] aad, int aadOffset, int aadCount,
        byte[] buffer, int offset, int count);

    /// <summary>AES-128 on one 16-byte block (ECB), the primitive behind header protection.</summary>
    void AesEncryptBlock(byte[] key, int keyOffset, byte[] input, int inputOffset, byte[] output, int outputOffset);

    /// <summary>
    /// Derives the packet keys of one direction from a 32-byte traffic secret (RFC 9001 section 5.1: "quic key", "quic iv",
    /// "quic hp") and returns their handle. With <paramref name="updatable"/> the next generation is derived ahead as well.
    /// Throws CryptoException when every slot is taken.
    /// </summary>
    int CreatePacketKeys(byte[] secret, int secretOffset, bool updatable);

    /// <summary>
    /// Key update (RFC 9001 section 6): current becomes previous, next becomes current, a new next is derived; the header
    /// protection key stays. <paramref name="firstPacketNumber"/> is the first packet of the new phase (receive keys only).
    /// </summary>
    void RotatePacketKeys(int keys, long firstPacketNumber);

    /// <summary>Wipes the previous generation, three PTO after an update.</summary>
    void DropPreviousPacketKeys(int keys);

    /// <summary>Wipes the keys and frees the handle.</summary>
    void ReleasePacketKeys(int keys);

    /// <summary>
    /// Opens one packet in place in one call: samples, removes header protection, recovers the packet number (RFC 9000 A.3),
    /// chooses the generation by key phase for short headers (previous while it is kept and the number is below the first of the
    /// current phase, else next), and AEAD-opens. Header bytes are left unprotected in the buffer on success. On failure returns a negative
    /// number and the packet is unusable (its header may be changed).
    /// </summary>
    /// <param name="keys">Receive keys.</param>
    /// <param name="buffer">Holds the packet.</param>
    /// <param name="packetOffset">First byte of the packet.</param>
    /// <param name="packetNumberOffset">First byte of the packet number field.</param>
    /// <param name="packetEnd">One past the last byte of the packet (the tag's end).</param>
    /// <param name="largestReceived">Largest packet number received in this space, or -1.</param>
    /// <param name="opened">Three values out: [0] packet number, [1] offset of the payload, [2] PacketKeyGeneration used.</param>
    /// <returns>Payload length in bytes, or -1 (too short or not authentic).</returns>
    int OpenPacket(int keys, byte[] buffer, int packetOffset, int packetNumberOffset, int packetEnd, long largestReceived, long[] opened);

    /// <summary>
    /// Seals one packet in place in one call: AEAD over the payload with the header as associated data, tag behind it, then
    /// header protection. The header, with the packet number in clear, stands in [packetOffset, payloadOffset).
    /// </summary>
    /// <param name="keys">Send keys.</param>
    /// <param name="buffer">Holds header and payload, and 16 free bytes behind them.</param>
    /// <param name="packetOffset">First byte of the packet.</param>
    /// <param name="packetNumberOffset">First byte of the packet number field.</param>
    /// <param name="payloadOffset">First byte of the payload; minus packetNumberOffset gives the number's length, 1 to 4.</param>
    /// <param name="payloadEnd">One past the payload. Number length plus payload must be at least 4 (RFC 9001 section 5.4.2).</param>
    /// <param name="packetNumber">The full packet number, for the nonce.</param>
    /// <returns>One past the last byte of the sealed packet: payloadEnd + 16.</returns>
    int SealPacket(int keys, byte[] buffer, int packetOffset, int packetNumberOffset, int payloadOffset, int payloadEnd, long packetNumber);
}
