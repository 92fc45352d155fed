using IrohLite.Buffers;

namespace IrohLite.Quic;

/// <summary>PATH_CHALLENGE (RFC 9000 section 19.17): asks for its eight bytes back on the same path.</summary>
internal static class PathChallengeFrame
{
    /// <summary>Type and eight bytes.</summary>
    public const int Length = 9;

    /// <summary>Reads the eight bytes as one number, most significant byte first.</summary>
    public static long Read(ByteReader reader)
    {
        if (!reader.TryReadUInt64(out long data)) throw FrameField.Malformed(FrameType.PathChallenge, "truncated frame");
        return data;
    }

    public static void Write(ByteWriter writer, long data)
    {
        writer.WriteByte((int)FrameType.PathChallenge);
        writer.WriteUInt64(data);
    }
}
