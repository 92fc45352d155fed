using IrohLite.Text;

namespace IrohLite.Identity;

/// <summary>Hosts of URLs (WHATWG URL standard, host parsing): names in lower case, IPv4 in any of its odd spellings, IPv6 in brackets.</summary>
internal static class UrlHost
{
    private const string Forbidden = " #%/:<>?@[\\]^|";

    /// <summary>The normalised host, or null with what is wrong. Hosts of non-special schemes are kept as they are.</summary>
    public static string Normalise(byte[] input, int offset, int count, bool isSpecial, out string error)
    {
        error = null;
        char[] symbols = new char[count];
        bool isLiteral = input[offset] == '[';
        for (int i = 0; i < count; i++)
        {
            byte c = input[offset + i];
            if (c >= 0x7F)
            {
                error = "the host name is not ASCII; write it in its xn-- form";
                return null;
            }

            if (isSpecial && c >= 'A' && c <= 'Z') c += 32;
            symbols[i] = (char)c;
            if (isLiteral || (c > 0x20 && Forbidden.IndexOf((char)c) < 0)) continue;
            error = "the host name contains a character it must not contain";
            return null;
        }

        string host = new string(symbols);
        if (isLiteral) return Literal(host, out error);
        if (!isSpecial || !EndsInNumber(host)) return host;
        byte[] address = IPv4(host);
        if (address != null) return IpText.Format(address);
        error = "the host ends like an IPv4 address but is none";
        return null;
    }

    private static string Literal(string host, out string error)
    {
        error = null;
        byte[] address = host[host.Length - 1] == ']' ? IpText.Parse(host.Substring(1, host.Length - 2)) : null;
        if (address != null && address.Length == 16) return "[" + IpText.Format(address) + "]";
        error = "the host in brackets is not an IPv6 address";
        return null;
    }

    private static bool EndsInNumber(string host)
    {
        string[] labels = host.Split('.');
        int last = labels.Length - 1;
        if (last > 0 && labels[last].Length == 0) last--;
        string label = labels[last];
        if (label.Length == 0) return false;
        bool allDigits = true;
        for (int i = 0; i < label.Length; i++)
            if (label[i] < '0' || label[i] > '9') allDigits = false;
        return allDigits || Number(label) >= 0;
    }

    // One to four numbers, each decimal, 0x hexadecimal or 0 octal; the last one fills the bytes that remain.
    private static byte[] IPv4(string host)
    {
        string[] labels = host.Split('.');
        int parts = labels.Length;
        if (parts > 1 && labels[parts - 1].Length == 0) parts--;
        if (parts > 4) return null;
        byte[] address = new byte[4];
        for (int i = 0; i < parts - 1; i++)
        {
            long value = Number(labels[i]);
            if (value < 0 || value > 255) return null;
            address[i] = (byte)value;
        }

        long rest = Number(labels[parts - 1]);
        if (rest < 0 || rest >= 1L << (8 * (5 - parts))) return null;
        for (int i = 3; i >= parts - 1; i--)
        {
            address[i] = (byte)rest;
            rest >>= 8;
        }

        return address;
    }

    // -1 for what is no number; values beyond 2^40 are not told apart.
    private static long Number(string label)
    {
        if (label.Length == 0) return -1;
        int at = 0;
        int radix = 10;
        if (label.Length >= 2 && label[0] == '0')
        {
            bool isHex = label[1] == 'x';
            radix = isHex ? 16 : 8;
            at = isHex ? 2 : 1;
        }

        long value = 0;
        for (; at < label.Length; at++)
        {
            int digit = label[at] - '0';
            if (digit > 9) digit = label[at] >= 'a' ? label[at] - 'a' + 10 : 99;
            if (digit < 0 || digit >= radix) return -1;
            value = value * radix + digit;
            if (value > 1L << 40) value = 1L << 40;
        }

        return value;
    }
}
