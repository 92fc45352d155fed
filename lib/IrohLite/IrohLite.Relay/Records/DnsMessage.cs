using IrohLite.Buffers;
using IrohLite.Text;

namespace IrohLite.Discovery;

/// <summary>
/// The few parts of DNS (RFC 1035) that TXT records need: names, one question, answers. Reading is bounded: compression pointers must
/// point back and may be followed a limited number of times.
/// </summary>
internal static class DnsMessage
{
    internal const int HeaderBytes = 12;
    internal const int TypeTxt = 16;
    internal const int ClassIn = 1;
    internal const int FlagResponse = 0x8000;
    internal const int FlagTruncated = 0x0200;
    internal const int FlagRecursionDesired = 0x0100;
    internal const int RcodeMask = 0x000f;

    private const int MaxLabelBytes = 63;
    private const int MaxNameBytes = 255;
    private const int MaxPointers = 16;

    /// <summary>Writes a dotted name; a trailing dot is allowed.</summary>
    internal static void WriteName(ByteWriter writer, string name)
    {
        string[] labels = name.Split('.');
        for (int i = 0; i < labels.Length; i++)
        {
            if (labels[i].Length == 0) continue;
            byte[] label = Utf8.Encode(labels[i]);
            writer.WriteByte(label.Length);
            writer.WriteBytes(label, 0, label.Length);
        }

        writer.WriteByte(0);
    }

    /// <summary>True when a dotted name fits DNS: labels of 1 to 63 bytes, at most 255 altogether.</summary>
    internal static bool IsName(string name)
    {
        string[] labels = name.Split('.');
        int total = 1;
        for (int i = 0; i < labels.Length; i++)
        {
            int length = Utf8.Encode(labels[i]).Length;
            if (length > MaxLabelBytes || (length == 0 && i != labels.Length - 1)) return false;
            total += length == 0 ? 0 : length + 1;
        }

        return total > 1 && total <= MaxNameBytes;
    }

    /// <summary>Reads a name as lower-case dotted text without a trailing dot; one with a dot inside a label has no such text.</summary>
    internal static bool TryReadName(ByteReader reader, int messageStart, out string name)
    {
        name = "";
        int position = reader.Position;
        int pointers = 0;
        int resume = -1;
        while (true)
        {
            if (position >= reader.End) return false;
            int length = reader.Buffer[position++];
            if (length >= 0xc0)
            {
                if (position >= reader.End || ++pointers > MaxPointers) return false;
                int target = messageStart + (((length & 0x3f) << 8) | reader.Buffer[position++]);
                if (resume < 0) resume = position;
                if (target >= position - 2) return false;
                position = target;
                continue;
            }

            if (length > MaxLabelBytes) return false;
            if (length == 0) break;
            if (length > reader.End - position || name.Length + length + 1 > MaxNameBytes) return false;
            if (!Utf8.TryDecode(reader.Buffer, position, length, out string label) || label.IndexOf('.') >= 0) return false;
            name = name.Length == 0 ? label.ToLower() : name + "." + label.ToLower();
            position += length;
        }

        return reader.TrySkip((resume < 0 ? position : resume) - reader.Position);
    }
}
