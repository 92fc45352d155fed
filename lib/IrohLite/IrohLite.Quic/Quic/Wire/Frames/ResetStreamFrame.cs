using IrohLite.Buffers;

namespace IrohLite.Quic;

/// <summary>RESET_STREAM (RFC 9000 section 19.4): the sender gives up a stream at its final size.</summary>
internal static class ResetStreamFrame
{
    public static void Read(ByteReader reader, out long streamId, out long errorCode, out long finalSize)
    {
        streamId = FrameField.VarInt(reader, FrameType.ResetStream);
        errorCode = FrameField.VarInt(reader, FrameType.ResetStream);
        finalSize = FrameField.VarInt(reader, FrameType.ResetStream);
    }

    public static int Length(long streamId, long errorCode, long finalSize) =>
        1 + VarInt.Length(streamId) + VarInt.Length(errorCode) + VarInt.Length(finalSize);

    public static void Write(ByteWriter writer, long streamId, long errorCode, long finalSize)
    {
        writer.WriteByte((int)FrameType.ResetStream);
        writer.WriteVarInt(streamId);
        writer.WriteVarInt(errorCode);
        writer.WriteVarInt(finalSize);
    }
}
