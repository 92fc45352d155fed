using IrohLite.Buffers;

namespace IrohLite.Quic;

/// <summary>MAX_STREAMS (RFC 9000 section 19.11): how many streams of a kind may be opened in all.</summary>
internal static class MaxStreamsFrame
{
    /// <summary>Largest stream count: 2^60.</summary>
    public const long MaxCount = 1L << 60;

    /// <summary>Reads the count of either type; above 2^60 no stream id could name the last stream (RFC 9000 section 4.6).</summary>
    public static long Read(ByteReader reader, long type)
    {
        long maximum = FrameField.VarInt(reader, type);
        if (maximum > MaxStreamsFrame.MaxCount) throw FrameField.Malformed(type, "stream count above 2^60");
        return maximum;
    }

    public static int Length(long maximum) => 1 + VarInt.Length(maximum);

    /// <summary>Writes type <see cref="FrameType.MaxStreamsBidirectional"/> or <see cref="FrameType.MaxStreamsUnidirectional"/>.</summary>
    public static void Write(ByteWriter writer, long type, long maximum)
    {
        writer.WriteByte((int)type);
        writer.WriteVarInt(maximum);
    }
}
