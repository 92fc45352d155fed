using IrohLite.Buffers;
using IrohLite.Crypto;

namespace IrohLite.Quic;

/// <summary>The packet that tells a peer that we have forgotten its connection (RFC 9000 section 10.3).</summary>
internal static class StatelessReset
{
    /// <summary>The shortest one, indistinguishable from a 1-RTT packet: five random-looking bytes and the token.</summary>
    public const int SizeBytes = 5 + TransportParameters.ResetTokenSizeBytes;

    /// <summary>Writes a reset for an id we do not know.</summary>
    public static int Write(byte[] buffer, int offset, ICryptoProvider crypto, IRandomSource random, byte[] key, ConnectionId id)
    {
        random.Fill(buffer, offset, 5);
        buffer[offset] = (byte)(0x40 | (buffer[offset] & 0x3F));
        Bytes.Copy(ResetToken.Derive(crypto, key, id), 0, buffer, offset + 5, TransportParameters.ResetTokenSizeBytes);
        return SizeBytes;
    }
}
