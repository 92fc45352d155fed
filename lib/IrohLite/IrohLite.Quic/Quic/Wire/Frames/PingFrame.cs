using IrohLite.Buffers;

namespace IrohLite.Quic;

/// <summary>PING (RFC 9000 section 19.2): nothing but its type; asks for an acknowledgement.</summary>
internal static class PingFrame
{
    public const int Length = 1;

    public static void Write(ByteWriter writer) => writer.WriteByte((int)FrameType.Ping);
}
