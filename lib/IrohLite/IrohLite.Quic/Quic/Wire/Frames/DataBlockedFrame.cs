using IrohLite.Buffers;

namespace IrohLite.Quic;

/// <summary>DATA_BLOCKED (RFC 9000 section 19.12): the connection has stopped at this limit.</summary>
internal static class DataBlockedFrame
{
    public static long Read(ByteReader reader) => FrameField.VarInt(reader, FrameType.DataBlocked);

    public static int Length(long limit) => 1 + VarInt.Length(limit);

    public static void Write(ByteWriter writer, long limit)
    {
        writer.WriteByte((int)FrameType.DataBlocked);
        writer.WriteVarInt(limit);
    }
}
