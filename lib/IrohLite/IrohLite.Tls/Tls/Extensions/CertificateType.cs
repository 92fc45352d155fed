using IrohLite.Buffers;

namespace IrohLite.Tls;

/// <summary>client_certificate_type and server_certificate_type (RFC 7250 section 3): raw public keys only.</summary>
internal static class CertificateType
{
    /// <summary>Writes the client's list: RawPublicKey.</summary>
    public static void WriteOffer(ByteWriter writer, int type)
    {
        writer.WriteUInt16(type);
        writer.WriteUInt16(2);
        writer.WriteByte(1);
        writer.WriteByte(TlsConstants.RawPublicKey);
    }

    /// <summary>Writes the server's choice: RawPublicKey.</summary>
    public static void WriteSelected(ByteWriter writer, int type)
    {
        writer.WriteUInt16(type);
        writer.WriteUInt16(1);
        writer.WriteByte(TlsConstants.RawPublicKey);
    }

    /// <summary>Reads a client's list and tells whether it holds RawPublicKey.</summary>
    public static bool ReadOffer(ByteReader reader)
    {
        ByteReader list = new ByteReader();
        TlsVector.Read8(reader, list);
        if (list.Remaining == 0) throw new TlsAlertException(TlsAlert.DecodeError, "certificate type: empty list");
        bool found = false;
        while (list.Remaining > 0)
            if (list.ReadByte() == TlsConstants.RawPublicKey) found = true;
        return found;
    }
}
