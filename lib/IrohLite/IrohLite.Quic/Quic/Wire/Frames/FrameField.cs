using IrohLite.Buffers;

namespace IrohLite.Quic;

/// <summary>Reads frame fields; what is cut short is a FRAME_ENCODING_ERROR of the frame it belongs to (RFC 9000 section 12.4).</summary>
internal static class FrameField
{
    public static long VarInt(ByteReader reader, long frameType)
    {
        if (!reader.TryReadVarInt(out long value)) throw Malformed(frameType, "truncated frame");
        return value;
    }

    /// <summary>Reads a length and passes over that many bytes; returns where they start. The reader ends up behind them.</summary>
    public static int Region(ByteReader reader, long frameType, out int count)
    {
        if (!reader.TryReadVarInt(out long length) || length > reader.Remaining) throw Malformed(frameType, "truncated frame");
        count = (int)length;
        int start = reader.Position;
        reader.TrySkip(count);
        return start;
    }

    /// <summary>Passes over a fixed number of bytes; returns where they start.</summary>
    public static int Fixed(ByteReader reader, long frameType, int count)
    {
        int start = reader.Position;
        if (!reader.TrySkip(count)) throw Malformed(frameType, "truncated frame");
        return start;
    }

    public static TransportException Malformed(long frameType, string reason) =>
        new TransportException(TransportErrorCode.FrameEncodingError, frameType, reason);
}
