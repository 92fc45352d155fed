using IrohLite.Buffers;

namespace IrohLite.Tls;

/// <summary>Certificate (RFC 8446 section 4.4.2): one raw public key and no entry extensions.</summary>
internal static class CertificateMessage
{
    /// <summary>Bytes of the whole message that <see cref="Write"/> makes.</summary>
    public const int MessageBytes = TlsLimits.HeaderBytes + 1 + 3 + 3 + RawPublicKey.SizeBytes + 2;

    private const string Name = "Certificate";

    /// <summary>
    /// Reads a body and returns where the 32 key bytes begin in the buffer. <paramref name="emptyAlert"/> is the alert for an empty
    /// list: decode_error at a client, certificate_required at a server (RFC 8446 section 4.4.2.4).
    /// </summary>
    public static int Read(ByteReader reader, int emptyAlert)
    {
        // Our CertificateRequest has an empty context, and a server's certificate always has.
        if (reader.ReadByte() != 0) throw new TlsAlertException(TlsAlert.IllegalParameter, "Certificate: the context is not empty");
        ByteReader list = new ByteReader();
        TlsVector.Read24(reader, list);
        TlsVector.ExpectEnd(reader, Name);
        if (list.Remaining == 0) throw new TlsAlertException(emptyAlert, "Certificate: the peer sent no certificate");

        ByteReader data = new ByteReader();
        TlsVector.Read24(list, data);
        if (data.Remaining == 0) throw new TlsAlertException(TlsAlert.DecodeError, "Certificate: an empty entry");
        ByteReader extensions = new ByteReader();
        TlsVector.Read16(list, extensions);

        // RFC 8446 section 4.4.2: at most one entry when it is a raw public key.
        if (list.Remaining != 0) throw new TlsAlertException(TlsAlert.IllegalParameter, "Certificate: more than one entry");

        // Nobody asked for an extension that could stand here.
        if (extensions.Remaining != 0) throw UnwantedExtension(extensions);
        return RawPublicKey.Read(data);
    }

    /// <summary>Writes a whole message.</summary>
    public static void Write(ByteWriter writer, byte[] publicKey)
    {
        int message = TlsVector.BeginMessage(writer, HandshakeType.Certificate);
        writer.WriteByte(0);
        writer.WriteUInt24(3 + RawPublicKey.SizeBytes + 2);
        writer.WriteUInt24(RawPublicKey.SizeBytes);
        RawPublicKey.Write(writer, publicKey);
        writer.WriteUInt16(0);
        TlsVector.EndMessage(writer, message);
    }

    private static TlsAlertException UnwantedExtension(ByteReader extensions)
    {
        int type = extensions.ReadUInt16();
        extensions.Skip(extensions.ReadUInt16());
        return ExtensionType.Unwanted(type, Name);
    }
}
