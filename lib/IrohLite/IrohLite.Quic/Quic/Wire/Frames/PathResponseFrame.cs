using IrohLite.Buffers;

namespace IrohLite.Quic;

/// <summary>PATH_RESPONSE (RFC 9000 section 19.18): the eight bytes of a PATH_CHALLENGE.</summary>
internal static class PathResponseFrame
{
    /// <summary>Type and eight bytes.</summary>
    public const int Length = 9;

    /// <summary>Reads the eight bytes as one number, most significant byte first.</summary>
    public static long Read(ByteReader reader)
    {
        if (!reader.TryReadUInt64(out long data)) throw FrameField.Malformed(FrameType.PathResponse, "truncated frame");
        return data;
    }

    public static void Write(ByteWriter writer, long data)
    {
        writer.WriteByte((int)FrameType.PathResponse);
        writer.WriteUInt64(data);
    }
}
