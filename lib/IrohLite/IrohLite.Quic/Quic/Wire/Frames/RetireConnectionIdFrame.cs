using IrohLite.Buffers;

namespace IrohLite.Quic;

/// <summary>RETIRE_CONNECTION_ID (RFC 9000 section 19.16): the sender will not use this id of ours again.</summary>
internal static class RetireConnectionIdFrame
{
    public static long Read(ByteReader reader) => FrameField.VarInt(reader, FrameType.RetireConnectionId);

    public static int Length(long sequence) => 1 + VarInt.Length(sequence);

    public static void Write(ByteWriter writer, long sequence)
    {
        writer.WriteByte((int)FrameType.RetireConnectionId);
        writer.WriteVarInt(sequence);
    }
}
