using IrohLite.Buffers;

namespace IrohLite.Quic;

/// <summary>STREAM_DATA_BLOCKED (RFC 9000 section 19.13): a stream has stopped at this limit.</summary>
internal static class StreamDataBlockedFrame
{
    public static void Read(ByteReader reader, out long streamId, out long limit)
    {
        streamId = FrameField.VarInt(reader, FrameType.StreamDataBlocked);
        limit = FrameField.VarInt(reader, FrameType.StreamDataBlocked);
    }

    public static int Length(long streamId, long limit) => 1 + VarInt.Length(streamId) + VarInt.Length(limit);

    public static void Write(ByteWriter writer, long streamId, long limit)
    {
        writer.WriteByte((int)FrameType.StreamDataBlocked);
        writer.WriteVarInt(streamId);
        writer.WriteVarInt(limit);
    }
}
