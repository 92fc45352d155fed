using IrohLite.Buffers;

namespace IrohLite.Discovery;

/// <summary>Joins the pieces of a chunked HTTP body where they lie (RFC 9112 section 7.1). Trailers are not looked at.</summary>
internal static class ChunkedBody
{
    /// <summary>The last piece is not there yet.</summary>
    internal const int Incomplete = -1;

    /// <summary>This is no chunked body.</summary>
    internal const int Malformed = -2;

    private const int MaxSizeDigits = 4;

    /// <summary>The length of the body, which then starts at <paramref name="offset"/>; or why there is none, with nothing moved.</summary>
    internal static int Join(byte[] buffer, int offset, int end)
    {
        int count = Walk(buffer, offset, end, false);
        return count < 0 ? count : Walk(buffer, offset, end, true);
    }

    private static int Walk(byte[] buffer, int offset, int end, bool moves)
    {
        int at = offset;
        int count = 0;
        while (true)
        {
            int size = 0;
            int first = at;
            while (at < end && HexValue(buffer[at]) >= 0)
            {
                if (at - first == MaxSizeDigits) return Malformed;
                size = size * 16 + HexValue(buffer[at++]);
            }

            if (at < end && at == first) return Malformed;

            // A chunk extension may stand before the end of the line.
            while (at < end && buffer[at] != '\n') at++;
            if (at == end) return Incomplete;
            at++;
            if (size == 0) return count;
            if (end - at < size + 2) return Incomplete;
            if (buffer[at + size] != '\r' || buffer[at + size + 1] != '\n') return Malformed;
            if (moves) Bytes.Copy(buffer, at, buffer, offset + count, size);
            count += size;
            at += size + 2;
        }
    }

    private static int HexValue(byte digit)
    {
        if (digit >= '0' && digit <= '9') return digit - '0';
        int letter = digit | 0x20;
        return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
    }
}
