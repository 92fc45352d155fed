using IrohLite.Buffers;
using IrohLite.Identity;

namespace IrohLite.Tls;

/// <summary>An Ed25519 key as SubjectPublicKeyInfo (RFC 8410 section 4), the only certificate there is here (RFC 7250).</summary>
internal static class RawPublicKey
{
    /// <summary>Bytes of the whole structure.</summary>
    public const int SizeBytes = 44;

    private const int PrefixBytes = SizeBytes - EndpointId.SizeBytes;

    // SEQUENCE { SEQUENCE { OID 1.3.101.112 }, BIT STRING with no unused bits }
    private static readonly byte[] Prefix = { 0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00 };

    /// <summary>Writes the structure.</summary>
    public static void Write(ByteWriter writer, byte[] publicKey)
    {
        writer.WriteBytes(Prefix, 0, PrefixBytes);
        writer.WriteBytes(publicKey, 0, EndpointId.SizeBytes);
    }

    /// <summary>Returns where the 32 key bytes begin in the buffer; anything but an Ed25519 key is unsupported_certificate.</summary>
    public static int Read(ByteReader reader)
    {
        if (reader.Remaining != SizeBytes || !Bytes.Equal(reader.Buffer, reader.Position, Prefix, 0, PrefixBytes))
            throw new TlsAlertException(TlsAlert.UnsupportedCertificate, "the certificate is not an Ed25519 raw public key");
        return reader.Position + PrefixBytes;
    }
}
