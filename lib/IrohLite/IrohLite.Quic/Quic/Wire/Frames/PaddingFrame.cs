using System;
using IrohLite.Buffers;

namespace IrohLite.Quic;

/// <summary>PADDING (RFC 9000 section 19.1): one zero byte per frame, usually a run to the packet's end.</summary>
internal static class PaddingFrame
{
    /// <summary>Passes over the rest of a run of PADDING frames, eight at a time; returns how many there were.</summary>
    public static int SkipRun(ByteReader reader)
    {
        byte[] buffer = reader.Buffer;
        int start = reader.Position;
        int end = reader.End;
        int at = start;
        while (end - at >= 8 && BitConverter.ToInt64(buffer, at) == 0) at += 8;
        while (at < end && buffer[at] == 0) at++;
        reader.TrySkip(at - start);
        return at - start;
    }

    /// <summary>Writes <paramref name="count"/> PADDING frames.</summary>
    public static void Write(byte[] buffer, int offset, int count) => Array.Clear(buffer, offset, count);
}
