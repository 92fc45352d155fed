using System.Text;

namespace IrohLite.Identity;

/// <summary>Paths of URLs: "." and ".." segments resolved, the rest percent-encoded (WHATWG URL standard, path state).</summary>
internal static class UrlPath
{
    /// <summary>Appends the normalised path of [from, to); special schemes have at least "/".</summary>
    public static void Append(byte[] input, int from, int to, bool isSpecial, StringBuilder output)
    {
        int root = output.Length;
        if (from == to)
        {
            if (isSpecial) output.Append('/');
            return;
        }

        // The path starts with a slash here: the host ended at it.
        int at = from;
        while (at < to)
        {
            int start = at + 1;
            int stop = start;
            while (stop < to && input[stop] != '/' && !(isSpecial && input[stop] == '\\')) stop++;
            bool isLast = stop == to;
            int dots = Dots(input, start, stop);
            if (dots == 2) RemoveLastSegment(root, output);
            if (dots == 0)
            {
                output.Append('/');
                UrlEscape.Append(input, start, stop, UrlEscape.Path, output);
            }
            else if (isLast) output.Append('/');

            at = stop;
        }
    }

    // 1 for ".", 2 for "..", each dot also as "%2e"; else 0.
    private static int Dots(byte[] input, int start, int stop)
    {
        int dots = 0;
        while (start < stop)
        {
            if (input[start] == '.') start++;
            else if (stop - start >= 3 && input[start] == '%' && input[start + 1] == '2' && (input[start + 2] | 0x20) == 'e') start += 3;
            else return 0;
            dots++;
        }

        return dots <= 2 ? dots : 0;
    }

    private static void RemoveLastSegment(int root, StringBuilder output)
    {
        int length = output.Length;
        while (length > root && output[length - 1] != '/') length--;
        if (length > root) output.Length = length - 1;
    }
}
