using IrohLite.Buffers;

namespace IrohLite.Quic;

/// <summary>STREAMS_BLOCKED (RFC 9000 section 19.14): no stream could be opened at this limit.</summary>
internal static class StreamsBlockedFrame
{
    /// <summary>Reads the count of either type; above 2^60 no stream id could name the last stream (RFC 9000 section 19.14).</summary>
    public static long Read(ByteReader reader, long type)
    {
        long limit = FrameField.VarInt(reader, type);
        if (limit > MaxStreamsFrame.MaxCount) throw FrameField.Malformed(type, "stream count above 2^60");
        return limit;
    }

    public static int Length(long limit) => 1 + VarInt.Length(limit);

    /// <summary>Writes type <see cref="FrameType.StreamsBlockedBidirectional"/> or <see cref="FrameType.StreamsBlockedUnidirectional"/>.</summary>
    public static void Write(ByteWriter writer, long type, long limit)
    {
        writer.WriteByte((int)type);
        writer.WriteVarInt(limit);
    }
}
