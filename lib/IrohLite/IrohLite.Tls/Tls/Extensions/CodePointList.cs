using IrohLite.Buffers;

namespace IrohLite.Tls;

/// <summary>supported_groups and signature_algorithms: a list of 16-bit numbers (RFC 8446 sections 4.2.3 and 4.2.7).</summary>
internal static class CodePointList
{
    /// <summary>Writes an extension with one number.</summary>
    public static void Write(ByteWriter writer, int type, int value)
    {
        writer.WriteUInt16(type);
        writer.WriteUInt16(4);
        writer.WriteUInt16(2);
        writer.WriteUInt16(value);
    }

    /// <summary>Reads a list, which must not be empty, and tells whether it holds <paramref name="wanted"/>.</summary>
    public static bool Contains(ByteReader reader, int wanted, string what)
    {
        int count = reader.ReadUInt16();
        if (count == 0 || (count & 1) != 0 || count > reader.Remaining)
            throw new TlsAlertException(TlsAlert.DecodeError, what + ": bad list length");
        bool found = false;
        for (int i = 0; i < count; i += 2)
            if (reader.ReadUInt16() == wanted) found = true;
        return found;
    }
}
