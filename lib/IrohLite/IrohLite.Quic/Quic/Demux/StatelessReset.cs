using IrohLite.Buffers;
using IrohLite.Crypto;

namespace IrohLite.Quic;

/// <summary>
/// Stateless resets (RFC 9000 section 10.3): a token that follows from a secret and the connection id, so that it is the same
/// after a restart, and the packet that carries it.
/// </summary>
internal static class StatelessReset
{
    /// <summary>The shortest one, indistinguishable from a 1-RTT packet: five random-looking bytes and the token.</summary>
    public const int SizeBytes = 5 + TransportParameters.ResetTokenSizeBytes;

    public static byte[] Token(ICryptoProvider crypto, byte[] key, ConnectionId id)
    {
        byte[] mac = new byte[32];
        crypto.HmacSha256(key, 0, key.Length, id.Bytes, 0, id.Length, mac, 0);
        return Bytes.Slice(mac, 0, TransportParameters.ResetTokenSizeBytes);
    }

    /// <summary>Writes a reset for an id we do not know.</summary>
    public static int Write(byte[] buffer, int offset, ICryptoProvider crypto, IRandomSource random, byte[] key, ConnectionId id)
    {
        random.Fill(buffer, offset, 5);
        buffer[offset] = (byte)(0x40 | (buffer[offset] & 0x3F));
        Bytes.Copy(Token(crypto, key, id), 0, buffer, offset + 5, TransportParameters.ResetTokenSizeBytes);
        return SizeBytes;
    }
}
