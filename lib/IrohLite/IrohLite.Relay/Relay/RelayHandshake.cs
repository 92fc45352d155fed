using IrohLite.Crypto;
using IrohLite.Identity;

namespace IrohLite.Relay;

/// <summary>
/// The relay's question and our answer: the client proves its id by signing a domain-separated hash of the relay's challenge.
/// </summary>
internal static class RelayHandshake
{
    /// <summary>Length of a whole ClientAuth frame: type, id, length of the signature, signature.</summary>
    public const int ClientAuthBytes = 98;

    // Where the parts of a ClientAuth frame stand, and the LEB128 length 64 between them.
    private const int IdAt = 1;
    private const int SignatureLengthAt = 33;
    private const int SignatureAt = 34;
    private const int SignatureLength = 64;
    private const int MessageBytes = 32;

    // BLAKE3 of the context "iroh-relay handshake v1 challenge signature" in derive_key mode: a constant, so it is not computed.
    private static readonly byte[] ContextKey =
    {
        0x11, 0x13, 0x0C, 0x32, 0x95, 0x28, 0x0E, 0xEB, 0x53, 0x95, 0xE7, 0x67, 0xE3, 0x4C, 0xB3, 0x9E,
        0x3C, 0x78, 0x92, 0x30, 0x37, 0x08, 0x69, 0x4C, 0xCB, 0x6D, 0x18, 0x0B, 0xA1, 0x6C, 0x7D, 0x4C,
    };

    /// <summary>The 32 bytes that are signed for a 16-byte challenge.</summary>
    public static void SignedMessage(ICryptoProvider crypto, byte[] challenge, int challengeOffset, byte[] message, int messageOffset)
    {
        crypto.Blake3DeriveKey(ContextKey, 0, challenge, challengeOffset, RelayFrameType.ChallengeBytes, message, messageOffset);
    }

    /// <summary>Writes the ClientAuth frame that answers a challenge; returns its length, <see cref="ClientAuthBytes"/>.</summary>
    public static int WriteClientAuth(ICryptoProvider crypto, SecretKey identity, byte[] challenge, int challengeOffset,
        byte[] buffer, int offset)
    {
        byte[] message = new byte[MessageBytes];
        SignedMessage(crypto, challenge, challengeOffset, message, 0);
        buffer[offset] = RelayFrameType.ClientAuth;
        System.Array.Copy(identity.PublicKey, 0, buffer, offset + IdAt, RelayFrameType.IdBytes);
        buffer[offset + SignatureLengthAt] = SignatureLength;
        identity.Sign(message, 0, MessageBytes, buffer, offset + SignatureAt);
        return ClientAuthBytes;
    }

    /// <summary>Null when the frame is a well-formed ClientAuth (whoever signed it), else what is wrong with it.</summary>
    public static string MalformationOfClientAuth(byte[] buffer, int offset, int count)
    {
        if (count < 1 || buffer[offset] != RelayFrameType.ClientAuth) return "the first frame is not ClientAuth";
        if (count != ClientAuthBytes) return "ClientAuth of " + count.ToString() + " bytes";
        if (buffer[offset + SignatureLengthAt] != SignatureLength) return "ClientAuth with a signature that is not 64 bytes long";
        return null;
    }

    /// <summary>True when a well-formed ClientAuth frame holds the signature of its id over the challenge.</summary>
    public static bool VerifyClientAuth(ICryptoProvider crypto, byte[] challenge, int challengeOffset, byte[] buffer, int offset)
    {
        byte[] message = new byte[MessageBytes];
        SignedMessage(crypto, challenge, challengeOffset, message, 0);
        return crypto.Ed25519Verify(buffer, offset + IdAt, message, 0, MessageBytes, buffer, offset + SignatureAt);
    }

    /// <summary>
    /// Reads the payload of ServerDeniesAuth, a LEB128 length and the relay's reason; of a frame that was cut to
    /// <see cref="RelayClientLimits.KeptFrameBytes"/> the beginning. Returns null, or what is wrong with it.
    /// </summary>
    public static string ReadDenial(byte[] payload, int offset, int count, out string reason)
    {
        reason = null;
        int end = offset + count;
        int at = offset;
        int length = 0;
        for (int shift = 0; ; shift += 7)
        {
            if (at == end || shift > 21) return "ServerDeniesAuth with a broken length";
            length |= (payload[at] & 0x7F) << shift;
            if ((payload[at++] & 0x80) == 0) break;
        }

        bool isCut = count == RelayClientLimits.KeptFrameBytes && length > end - at;
        if (!isCut && length != end - at) return "ServerDeniesAuth whose length does not fit its text";
        reason = RelayText.Decode(payload, at, end - at);
        return null;
    }
}
