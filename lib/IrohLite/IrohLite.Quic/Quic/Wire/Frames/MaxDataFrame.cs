using IrohLite.Buffers;

namespace IrohLite.Quic;

/// <summary>MAX_DATA (RFC 9000 section 19.9): all streams together may send this many bytes.</summary>
internal static class MaxDataFrame
{
    public static long Read(ByteReader reader) => FrameField.VarInt(reader, FrameType.MaxData);

    public static int Length(long maximum) => 1 + VarInt.Length(maximum);

    public static void Write(ByteWriter writer, long maximum)
    {
        writer.WriteByte((int)FrameType.MaxData);
        writer.WriteVarInt(maximum);
    }
}
