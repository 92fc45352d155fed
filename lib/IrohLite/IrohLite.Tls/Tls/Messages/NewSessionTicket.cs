using IrohLite.Buffers;

namespace IrohLite.Tls;

/// <summary>NewSessionTicket (RFC 8446 section 4.6.1): checked for its form, then forgotten.</summary>
internal static class NewSessionTicket
{
    private const string Name = "NewSessionTicket";

    /// <summary>Checks a body.</summary>
    public static void Check(ByteReader reader)
    {
        reader.Skip(8);
        ByteReader field = new ByteReader();
        TlsVector.Read8(reader, field);
        TlsVector.Read16(reader, field);
        if (field.Remaining == 0) throw new TlsAlertException(TlsAlert.DecodeError, "NewSessionTicket: empty ticket");
        ExtensionReader extensions = new ExtensionReader(reader, Name);
        while (extensions.Next())
        {
            if (ExtensionType.IsOffered(extensions.Type)) throw ExtensionType.Unwanted(extensions.Type, Name);
        }
    }
}
