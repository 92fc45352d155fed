using IrohLite.Buffers;
using IrohLite.Crypto;

namespace IrohLite.Quic;

/// <summary>
/// The token of a stateless reset (RFC 9000 section 10.3.2): it follows from a secret key and the connection id, so that it is
/// the same after a restart.
/// </summary>
internal static class ResetToken
{
    /// <summary>The first half of HMAC-SHA-256 over the id.</summary>
    public static byte[] Derive(ICryptoProvider crypto, byte[] key, ConnectionId id)
    {
        byte[] mac = new byte[2 * TransportParameters.ResetTokenSizeBytes];
        crypto.HmacSha256(key, 0, key.Length, id.Bytes, 0, id.Length, mac, 0);
        return Bytes.Slice(mac, 0, TransportParameters.ResetTokenSizeBytes);
    }
}
