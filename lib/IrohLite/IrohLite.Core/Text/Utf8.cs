using System.Text;
using IrohLite.Buffers;

namespace IrohLite.Text;

/// <summary>
/// UTF-8 (RFC 3629) that refuses what is not well formed. A NUL is refused as well, because strings of the device runtime end there.
/// </summary>
public static class Utf8
{
    /// <summary>The bytes of a string.</summary>
    public static byte[] Encode(string text)
    {
        return Encoding.UTF8.GetBytes(text);
    }

    /// <summary>Decodes the region; false, with null, unless it is well formed and free of NUL.</summary>
    public static bool TryDecode(byte[] buffer, int offset, int count, out string text)
    {
        text = null;
        if (!IsValid(buffer, offset, count)) return false;
        text = count == 0 ? "" : Encoding.UTF8.GetString(buffer, offset, count);
        return true;
    }

    /// <summary>Decodes the region for a log or a user: bytes that are not printable ASCII become '?' unless the whole is well formed.</summary>
    public static string DecodeLossy(byte[] buffer, int offset, int count)
    {
        if (TryDecode(buffer, offset, count, out string text)) return text;
        char[] shown = new char[count];
        for (int i = 0; i < count; i++)
        {
            byte value = buffer[offset + i];
            shown[i] = value >= 0x20 && value < 0x7F ? (char)value : '?';
        }

        return new string(shown);
    }

    /// <summary>True when the region is well-formed UTF-8 without NUL: no overlong forms, no surrogates, nothing above U+10FFFF.</summary>
    public static bool IsValid(byte[] buffer, int offset, int count)
    {
        Bytes.CheckRegion(buffer, offset, count);
        int at = offset;
        int end = offset + count;
        while (at < end)
        {
            int lead = buffer[at++];
            if (lead > 0 && lead < 0x80) continue;
            int more;
            int low = 0x80;
            int high = 0xBF;

            // RFC 3629 section 4: the second byte has a narrower range behind E0, ED, F0 and F4.
            if (lead >= 0xC2 && lead <= 0xDF) more = 1;
            else if (lead >= 0xE0 && lead <= 0xEF) more = 2;
            else if (lead >= 0xF0 && lead <= 0xF4) more = 3;
            else return false;
            if (lead == 0xE0) low = 0xA0;
            else if (lead == 0xED) high = 0x9F;
            else if (lead == 0xF0) low = 0x90;
            else if (lead == 0xF4) high = 0x8F;
            if (more > end - at) return false;
            if (buffer[at] < low || buffer[at] > high) return false;
            for (int i = 1; i < more; i++)
                if ((buffer[at + i] & 0xC0) != 0x80) return false;
            at += more;
        }

        return true;
    }
}
