using IrohLite.Buffers;

namespace IrohLite.Quic;

/// <summary>NEW_TOKEN (RFC 9000 section 19.7): read and checked; address validation tokens are not kept.</summary>
internal static class NewTokenFrame
{
    /// <summary>Passes over the token; returns where it stands. An empty one is a FRAME_ENCODING_ERROR.</summary>
    public static int Read(ByteReader reader, out int tokenCount)
    {
        int start = FrameField.Region(reader, FrameType.NewToken, out tokenCount);
        if (tokenCount == 0) throw FrameField.Malformed(FrameType.NewToken, "empty token");
        return start;
    }
}
