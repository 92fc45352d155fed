using System.Text;
using IrohLite.Buffers;

namespace IrohLite.Tls;

/// <summary>CertificateVerify (RFC 8446 section 4.4.3) with ed25519 only.</summary>
internal static class CertificateVerify
{
    /// <summary>Bytes that are signed: 64 spaces, a context of 33 bytes, a zero, the transcript hash.</summary>
    public const int ContentBytes = 64 + ContextBytes + 1 + TlsConstants.HashBytes;

    /// <summary>Where the transcript hash stands in the signed bytes.</summary>
    public const int HashOffset = ContentBytes - TlsConstants.HashBytes;

    /// <summary>Bytes of the whole message that <see cref="Write"/> makes.</summary>
    public const int MessageBytes = TlsLimits.HeaderBytes + 2 + 2 + TlsConstants.SignatureBytes;

    private const int ContextBytes = 33;

    private static readonly byte[] ServerContext = Encoding.UTF8.GetBytes("TLS 1.3, server CertificateVerify");
    private static readonly byte[] ClientContext = Encoding.UTF8.GetBytes("TLS 1.3, client CertificateVerify");

    /// <summary>Builds what is signed, with room for the hash at <see cref="HashOffset"/>.</summary>
    public static byte[] Content(bool byServer)
    {
        byte[] content = new byte[ContentBytes];
        for (int i = 0; i < 64; i++) content[i] = 0x20;
        Bytes.Copy(byServer ? ServerContext : ClientContext, 0, content, 64, ContextBytes);
        return content;
    }

    /// <summary>Reads a body and returns where the 64 signature bytes begin in the buffer.</summary>
    public static int Read(ByteReader reader)
    {
        int scheme = reader.ReadUInt16();
        ByteReader signature = new ByteReader();
        TlsVector.Read16(reader, signature);
        TlsVector.ExpectEnd(reader, "CertificateVerify");

        // RFC 8446 section 4.4.3: only a scheme that was offered.
        if (scheme != TlsConstants.Ed25519)
            throw new TlsAlertException(TlsAlert.IllegalParameter, "CertificateVerify: the signature scheme was not offered");
        if (signature.Remaining != TlsConstants.SignatureBytes)
            throw new TlsAlertException(TlsAlert.DecryptError, "CertificateVerify: an ed25519 signature has 64 bytes");
        return signature.Position;
    }

    /// <summary>Writes a whole message.</summary>
    public static void Write(ByteWriter writer, byte[] signature)
    {
        int message = TlsVector.BeginMessage(writer, HandshakeType.CertificateVerify);
        writer.WriteUInt16(TlsConstants.Ed25519);
        writer.WriteUInt16(TlsConstants.SignatureBytes);
        writer.WriteBytes(signature, 0, TlsConstants.SignatureBytes);
        TlsVector.EndMessage(writer, message);
    }
}
