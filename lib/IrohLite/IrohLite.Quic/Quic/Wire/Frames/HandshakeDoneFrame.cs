using IrohLite.Buffers;

namespace IrohLite.Quic;

/// <summary>HANDSHAKE_DONE (RFC 9000 section 19.20): nothing but its type; the server confirms the handshake.</summary>
internal static class HandshakeDoneFrame
{
    public const int Length = 1;

    public static void Write(ByteWriter writer) => writer.WriteByte((int)FrameType.HandshakeDone);
}
