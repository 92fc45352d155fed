using IrohLite.Buffers;

namespace IrohLite.Quic;

/// <summary>MAX_STREAM_DATA (RFC 9000 section 19.10): a stream's bytes may go up to this offset.</summary>
internal static class MaxStreamDataFrame
{
    public static void Read(ByteReader reader, out long streamId, out long maximum)
    {
        streamId = FrameField.VarInt(reader, FrameType.MaxStreamData);
        maximum = FrameField.VarInt(reader, FrameType.MaxStreamData);
    }

    public static int Length(long streamId, long maximum) => 1 + VarInt.Length(streamId) + VarInt.Length(maximum);

    public static void Write(ByteWriter writer, long streamId, long maximum)
    {
        writer.WriteByte((int)FrameType.MaxStreamData);
        writer.WriteVarInt(streamId);
        writer.WriteVarInt(maximum);
    }
}
