using IrohLite.Identity;
using IrohLite.Text;

namespace IrohLite.Discovery;

/// <summary>
/// What an endpoint publishes about itself as TXT strings key=value: relays first, then addresses. Parsing follows iroh: a string
/// without '=' or with an unknown key spoils the whole answer, an address that does not parse is passed over.
/// </summary>
public static class EndpointInfo
{
    /// <summary>Longest string, in bytes (one DNS character-string).</summary>
    public const int MaxStringBytes = 255;

    /// <summary>Most strings in one answer.</summary>
    public const int MaxStrings = 64;

    /// <summary>The strings for an address, in the order iroh writes them. Strings that are too long are left out.</summary>
    /// <param name="addr">The address.</param>
    /// <param name="withIp">Whether IP addresses are published; by default iroh publishes relays only.</param>
    public static string[] ToStrings(EndpointAddr addr, bool withIp)
    {
        string[] found = new string[addr.Count];
        int count = 0;
        for (int i = 0; i < addr.Count && count < MaxStrings; i++)
        {
            TransportAddr place = addr.Get(i);
            string text = place.Kind == TransportAddr.KindRelay ? "relay=" + place.Relay.ToString()
                : withIp ? "addr=" + IpText.FormatWithPort(place.IpAddress, place.Port) : null;
            if (text != null && Utf8.Encode(text).Length <= MaxStringBytes) found[count++] = text;
        }

        string[] strings = new string[count];
        System.Array.Copy(found, 0, strings, 0, count);
        return strings;
    }

    /// <summary>Adds what the strings say to <paramref name="addr"/>; false, with the offending string named, when the answer is spoilt.</summary>
    public static bool TryAddTo(EndpointAddr addr, string[] strings, int count, out string error)
    {
        for (int i = 0; i < count; i++)
        {
            error = Add(addr, strings[i]);
            if (error != null) return false;
        }

        error = null;
        return true;
    }

    private static string Add(EndpointAddr addr, string text)
    {
        int equals = text.IndexOf('=');
        if (equals < 0) return "the string '" + text + "' is not of the form key=value";
        string key = text.Substring(0, equals);
        string value = text.Substring(equals + 1);
        int second = value.IndexOf('=');
        if (second >= 0) value = value.Substring(0, second);

        switch (key)
        {
            case "relay":
                if (!RelayUrl.TryParse(value, out RelayUrl relay, out string why)) return "the relay '" + value + "' is no URL: " + why;
                if (addr.Count < EndpointAddr.MaxCount) addr.AddRelay(relay);
                return null;
            case "addr":
                if (IpText.TryParseWithPort(value, out byte[] address, out int port) && addr.Count < EndpointAddr.MaxCount) addr.AddIp(address, port);
                return null;
            case "user-data":
                return null;
            default:
                return "the key '" + key + "' is unknown";
        }
    }
}
