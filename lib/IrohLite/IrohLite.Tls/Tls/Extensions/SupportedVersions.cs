using IrohLite.Buffers;

namespace IrohLite.Tls;

/// <summary>supported_versions (RFC 8446 section 4.2.1).</summary>
internal static class SupportedVersions
{
    /// <summary>Writes the client's list: TLS 1.3.</summary>
    public static void WriteOffer(ByteWriter writer)
    {
        writer.WriteUInt16(ExtensionType.SupportedVersions);
        writer.WriteUInt16(3);
        writer.WriteByte(2);
        writer.WriteUInt16(TlsConstants.Tls13);
    }

    /// <summary>Writes the server's choice: TLS 1.3.</summary>
    public static void WriteSelected(ByteWriter writer)
    {
        writer.WriteUInt16(ExtensionType.SupportedVersions);
        writer.WriteUInt16(2);
        writer.WriteUInt16(TlsConstants.Tls13);
    }

    /// <summary>Reads a client's list and tells whether it holds TLS 1.3.</summary>
    public static bool ReadOffer(ByteReader reader)
    {
        int count = reader.ReadByte();
        if (count == 0 || (count & 1) != 0 || count > reader.Remaining)
            throw new TlsAlertException(TlsAlert.DecodeError, "supported_versions: bad list length");
        bool found = false;
        for (int i = 0; i < count; i += 2)
            if (reader.ReadUInt16() == TlsConstants.Tls13) found = true;
        return found;
    }
}
