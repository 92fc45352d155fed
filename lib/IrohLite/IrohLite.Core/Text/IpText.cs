namespace IrohLite.Text;

/// <summary>Text of IP addresses, which are 4 or 16 raw bytes everywhere in this library. The device's runtime cannot parse them itself.</summary>
public static class IpText
{
    /// <summary>"192.168.1.5", or the IPv6 form of RFC 5952 without brackets, such as "2001:db8::1".</summary>
    public static string Format(byte[] address)
    {
        return address.Length == 4 ? FormatIPv4(address, 0) : FormatIPv6(address);
    }

    /// <summary>"192.168.1.5:80" or "[2001:db8::1]:80".</summary>
    public static string FormatWithPort(byte[] address, int port)
    {
        string host = address.Length == 4 ? Format(address) : "[" + Format(address) + "]";
        return host + ":" + port.ToString();
    }

    /// <summary>Reads an address: four decimal numbers, or IPv6 without brackets and zone. Null when it is neither.</summary>
    public static byte[] Parse(string text)
    {
        if (text == null) return null;
        return text.IndexOf(':') < 0 ? ParseIPv4(text) : ParseIPv6(text);
    }

    /// <summary>Reads "address:port", an IPv6 address in brackets. False when it is not that.</summary>
    public static bool TryParseWithPort(string text, out byte[] address, out int port)
    {
        address = null;
        port = 0;
        if (text == null) return false;
        int colon = text.LastIndexOf(':');
        if (colon < 1) return false;
        string host = text.Substring(0, colon);
        port = DecimalText.Parse(text.Substring(colon + 1), 65535);
        if (port < 0) return false;
        if (host[0] != '[') address = ParseIPv4(host);
        else if (host[host.Length - 1] == ']') address = ParseIPv6(host.Substring(1, host.Length - 2));
        return address != null;
    }

    private static byte[] ParseIPv4(string text)
    {
        string[] parts = text.Split('.');
        if (parts.Length != 4) return null;
        byte[] address = new byte[4];
        for (int i = 0; i < 4; i++)
        {
            // A leading zero might mean octal to somebody, so it is refused.
            int value = DecimalText.Parse(parts[i], 255);
            if (value < 0 || (parts[i].Length > 1 && parts[i][0] == '0')) return null;
            address[i] = (byte)value;
        }

        return address;
    }

    private static byte[] ParseIPv6(string text)
    {
        byte[] address = new byte[16];
        char[] symbols = text.ToCharArray();
        if (symbols.Length == 0) return null;
        int at = 0;
        int filled = 0;
        int gap = -1;
        if (symbols[0] == ':')
        {
            if (symbols.Length < 2 || symbols[1] != ':') return null;
            at = 2;
            gap = 0;
        }

        while (at < symbols.Length)
        {
            if (filled == 16) return null;
            if (symbols[at] == ':')
            {
                if (gap >= 0) return null;
                gap = filled;
                at++;
                continue;
            }

            int start = at;
            int value = 0;
            while (at < symbols.Length && at - start < 4)
            {
                int digit = HexValue(symbols[at]);
                if (digit < 0) break;
                value = (value << 4) | digit;
                at++;
            }

            if (at < symbols.Length && symbols[at] == '.')
            {
                byte[] tail = filled <= 12 ? ParseIPv4(text.Substring(start)) : null;
                if (tail == null) return null;
                System.Array.Copy(tail, 0, address, filled, 4);
                filled += 4;
                break;
            }

            if (at == start) return null;
            address[filled++] = (byte)(value >> 8);
            address[filled++] = (byte)value;
            if (at == symbols.Length) break;
            if (symbols[at] != ':' || at + 1 == symbols.Length) return null;
            at++;
        }

        if (gap < 0) return filled == 16 ? address : null;
        if (filled == 16) return null;
        int moved = filled - gap;
        byte[] spread = new byte[16];
        System.Array.Copy(address, 0, spread, 0, gap);
        System.Array.Copy(address, gap, spread, 16 - moved, moved);
        return spread;
    }

    private static string FormatIPv4(byte[] address, int offset)
    {
        return address[offset].ToString() + "." + address[offset + 1].ToString() + "." + address[offset + 2].ToString() + "."
            + address[offset + 3].ToString();
    }

    private static string FormatIPv6(byte[] address)
    {
        // RFC 5952 section 4.2: "::" stands for the longest run of zero groups, the first of equals, never for a single one.
        int bestStart = -1;
        int bestLength = 1;
        int runStart = 0;
        for (int i = 0; i <= 8; i++)
        {
            if (i < 8 && address[2 * i] == 0 && address[2 * i + 1] == 0) continue;
            if (i - runStart > bestLength)
            {
                bestStart = runStart;
                bestLength = i - runStart;
            }

            runStart = i + 1;
        }

        string text = "";
        for (int i = 0; i < 8; i++)
        {
            if (i == bestStart)
            {
                text += "::";
                i += bestLength - 1;
                continue;
            }

            if (text.Length > 0 && text[text.Length - 1] != ':') text += ":";
            text += Group((address[2 * i] << 8) | address[2 * i + 1]);
        }

        return text;
    }

    private static string Group(int value)
    {
        char[] digits = new char[4];
        int at = 4;
        do
        {
            int digit = value & 15;
            digits[--at] = (char)(digit < 10 ? '0' + digit : 'a' + digit - 10);
            value >>= 4;
        }
        while (value != 0);
        return new string(digits, at, 4 - at);
    }

    private static int HexValue(char symbol)
    {
        if (symbol >= '0' && symbol <= '9') return symbol - '0';
        if (symbol >= 'a' && symbol <= 'f') return symbol - 'a' + 10;
        return symbol >= 'A' && symbol <= 'F' ? symbol - 'A' + 10 : -1;
    }
}
