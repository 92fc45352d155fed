using IrohLite.Buffers;

namespace IrohLite.Tls;

/// <summary>Length-prefixed fields (RFC 8446 section 3.4). A length that passes the end of its surroundings throws Malformed.</summary>
internal static class TlsVector
{
    /// <summary>Reads a one-byte length and lets <paramref name="content"/> see what it covers.</summary>
    public static void Read8(ByteReader reader, ByteReader content) => Enter(reader, content, reader.ReadByte());

    /// <summary>Reads a two-byte length and lets <paramref name="content"/> see what it covers.</summary>
    public static void Read16(ByteReader reader, ByteReader content) => Enter(reader, content, reader.ReadUInt16());

    /// <summary>Reads a three-byte length and lets <paramref name="content"/> see what it covers.</summary>
    public static void Read24(ByteReader reader, ByteReader content) => Enter(reader, content, reader.ReadUInt24());

    /// <summary>Refuses bytes behind the last field.</summary>
    public static void ExpectEnd(ByteReader reader, string what)
    {
        if (reader.Remaining != 0) throw new TlsAlertException(TlsAlert.DecodeError, what + ": trailing bytes");
    }

    /// <summary>Writes a two-byte length to be filled by <see cref="End16"/>; returns its position.</summary>
    public static int Begin16(ByteWriter writer)
    {
        int position = writer.Position;
        writer.WriteUInt16(0);
        return position;
    }

    /// <summary>Fills the length that <see cref="Begin16"/> left open.</summary>
    public static void End16(ByteWriter writer, int position) => writer.PatchUInt16(position, writer.Position - position - 2);

    /// <summary>Writes a message header whose length <see cref="EndMessage"/> fills; returns the length's position.</summary>
    public static int BeginMessage(ByteWriter writer, int type)
    {
        writer.WriteByte(type);
        int position = writer.Position;
        writer.WriteUInt24(0);
        return position;
    }

    /// <summary>Fills the length that <see cref="BeginMessage"/> left open.</summary>
    public static void EndMessage(ByteWriter writer, int position) => writer.PatchUInt24(position, writer.Position - position - 3);

    private static void Enter(ByteReader reader, ByteReader content, int count)
    {
        int start = reader.Position;
        reader.Skip(count);
        content.Reset(reader.Buffer, start, count);
    }
}
