using IrohLite.Buffers;

namespace IrohLite.Quic;

/// <summary>STOP_SENDING (RFC 9000 section 19.5): the receiver wants no more of a stream.</summary>
internal static class StopSendingFrame
{
    public static void Read(ByteReader reader, out long streamId, out long errorCode)
    {
        streamId = FrameField.VarInt(reader, FrameType.StopSending);
        errorCode = FrameField.VarInt(reader, FrameType.StopSending);
    }

    public static int Length(long streamId, long errorCode) => 1 + VarInt.Length(streamId) + VarInt.Length(errorCode);

    public static void Write(ByteWriter writer, long streamId, long errorCode)
    {
        writer.WriteByte((int)FrameType.StopSending);
        writer.WriteVarInt(streamId);
        writer.WriteVarInt(errorCode);
    }
}
