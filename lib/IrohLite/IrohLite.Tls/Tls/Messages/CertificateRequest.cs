using IrohLite.Buffers;

namespace IrohLite.Tls;

/// <summary>CertificateRequest (RFC 8446 section 4.3.2) with an empty context and the scheme ed25519.</summary>
internal static class CertificateRequest
{
    private const string Name = "CertificateRequest";

    /// <summary>Reads a body and checks that we can answer it.</summary>
    public static void Read(ByteReader reader)
    {
        // RFC 8446 section 4.3.2: empty, unless the request comes after the handshake.
        if (reader.ReadByte() != 0) throw new TlsAlertException(TlsAlert.IllegalParameter, "CertificateRequest: the context is not empty");
        bool hasAlgorithms = false;
        bool allowsEd25519 = false;
        ExtensionReader extensions = new ExtensionReader(reader, Name);
        while (extensions.Next())
        {
            if (extensions.Type == ExtensionType.SignatureAlgorithms)
            {
                allowsEd25519 = CodePointList.Contains(extensions.Body, TlsConstants.Ed25519, "signature_algorithms");
                extensions.ExpectEnd();
                hasAlgorithms = true;
            }
            else if (ExtensionType.IsOffered(extensions.Type))
            {
                throw ExtensionType.Unwanted(extensions.Type, Name);
            }
        }

        if (!hasAlgorithms) throw new TlsAlertException(TlsAlert.MissingExtension, "CertificateRequest: no signature_algorithms");
        if (!allowsEd25519) throw new TlsAlertException(TlsAlert.HandshakeFailure, "CertificateRequest: ed25519 is not accepted");
    }

    /// <summary>Writes a whole message.</summary>
    public static void Write(ByteWriter writer)
    {
        int message = TlsVector.BeginMessage(writer, HandshakeType.CertificateRequest);
        writer.WriteByte(0);
        int extensions = TlsVector.Begin16(writer);
        CodePointList.Write(writer, ExtensionType.SignatureAlgorithms, TlsConstants.Ed25519);
        TlsVector.End16(writer, extensions);
        TlsVector.EndMessage(writer, message);
    }
}
