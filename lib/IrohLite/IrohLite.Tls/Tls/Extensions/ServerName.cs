using IrohLite.Buffers;

namespace IrohLite.Tls;

/// <summary>server_name (RFC 6066 section 3). A client sends it as iroh 1.0 does; a server never looks at it.</summary>
internal static class ServerName
{
    /// <summary>Writes one host name in ASCII.</summary>
    public static void Write(ByteWriter writer, byte[] name)
    {
        writer.WriteUInt16(ExtensionType.ServerName);
        int extension = TlsVector.Begin16(writer);
        int list = TlsVector.Begin16(writer);
        writer.WriteByte(0);
        writer.WriteUInt16(name.Length);
        writer.WriteBytes(name, 0, name.Length);
        TlsVector.End16(writer, list);
        TlsVector.End16(writer, extension);
    }
}
