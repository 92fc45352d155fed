using System.Text;
using IrohLite.Text;

namespace IrohLite.Identity;

/// <summary>
/// The part of the WHATWG URL parser that URLs with a host need. Not carried over, and refused: URLs without a host, host names that are
/// not ASCII, and percent signs in host names.
/// </summary>
internal sealed class RelayUrlParser
{
    /// <summary>What <see cref="Port"/> holds when the URL names none, or its scheme's default.</summary>
    public const int NoPort = -1;

    private byte[] _in;
    private int _at;
    private int _end;
    private bool _isSpecial;

    /// <summary>Normalised URL.</summary>
    public string Text;

    /// <summary>Lower-case scheme.</summary>
    public string Scheme;

    /// <summary>Normalised host; an IPv6 literal in brackets.</summary>
    public string Host;

    public int Port = NoPort;

    /// <summary>Query without its question mark, or null.</summary>
    public string Query;

    /// <summary>Parses; returns null when all is well, else what is wrong.</summary>
    public string Parse(string text)
    {
        Strip(Utf8.Encode(text));
        if (_end > RelayUrl.MaxSizeBytes) return "relay URL is longer than " + RelayUrl.MaxSizeBytes.ToString() + " bytes";
        if (!ReadScheme()) return "relay URL has no scheme such as https:";
        if (!SkipSlashes()) return "relay URL has no host behind its scheme";
        StringBuilder output = new StringBuilder(_end + 8);
        output.Append(Scheme);
        output.Append("://");
        string error = ReadAuthority(output);
        if (error != null) return error;
        UrlPath.Append(_in, _at, PathEnd(), _isSpecial, output);
        ReadQueryAndFragment(output);
        Text = output.ToString();
        return null;
    }

    private static int DefaultPort(string scheme)
    {
        switch (scheme)
        {
            case "http":
            case "ws":
                return 80;
            case "https":
            case "wss":
                return 443;
            case "ftp":
                return 21;
            default:
                return NoPort;
        }
    }

    // Leading and trailing control characters and spaces go, tabs and line ends go everywhere.
    private void Strip(byte[] bytes)
    {
        int from = 0;
        int to = bytes.Length;
        while (from < to && bytes[from] <= 0x20) from++;
        while (to > from && bytes[to - 1] <= 0x20) to--;
        _in = new byte[to - from];
        _end = 0;
        for (int i = from; i < to; i++)
            if (bytes[i] != 9 && bytes[i] != 10 && bytes[i] != 13) _in[_end++] = bytes[i];
    }

    private bool ReadScheme()
    {
        char[] scheme = new char[_end];
        for (int i = 0; i < _end; i++)
        {
            int c = _in[i];
            if (c >= 'A' && c <= 'Z') c += 32;
            bool isLetter = c >= 'a' && c <= 'z';
            if (c == ':' && i > 0)
            {
                Scheme = new string(scheme, 0, i);
                _isSpecial = DefaultPort(Scheme) != NoPort || Scheme == "file";
                _at = i + 1;
                return true;
            }

            if (!isLetter && (i == 0 || !((c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.'))) return false;
            scheme[i] = (char)c;
        }

        return false;
    }

    // Special schemes take any number of slashes of either kind, others exactly two.
    private bool SkipSlashes()
    {
        if (!_isSpecial)
        {
            if (_end - _at < 2 || _in[_at] != '/' || _in[_at + 1] != '/') return false;
            _at += 2;
            return true;
        }

        while (_at < _end && IsSlash(_in[_at])) _at++;
        return true;
    }

    private string ReadAuthority(StringBuilder output)
    {
        int stop = _at;
        int hostStart = _at;
        while (stop < _end && _in[stop] != '?' && _in[stop] != '#' && !IsSlash(_in[stop]))
        {
            if (_in[stop] == '@') hostStart = stop + 1;
            stop++;
        }

        if (hostStart > _at) AppendCredentials(_at, hostStart - 1, output);
        int portColon = stop;
        for (int i = stop - 1; i >= hostStart && _in[i] != ']'; i--)
            if (_in[i] == ':') portColon = i;
        if (portColon == hostStart) return "relay URL has no host";
        Host = UrlHost.Normalise(_in, hostStart, portColon - hostStart, _isSpecial, out string error);
        if (Host == null) return "relay URL: " + error;
        output.Append(Host);
        _at = stop;
        return ReadPort(portColon + 1, stop, output);
    }

    private string ReadPort(int from, int to, StringBuilder output)
    {
        if (from >= to) return null;
        int value = 0;
        for (int i = from; i < to; i++)
        {
            int digit = _in[i] - '0';
            if (digit < 0 || digit > 9) return "relay URL: the port is not a number";
            value = 10 * value + digit;
            if (value > 65535) return "relay URL: the port is above 65535";
        }

        if (value == DefaultPort(Scheme)) return null;
        Port = value;
        output.Append(':');
        output.Append(value.ToString());
        return null;
    }

    private void AppendCredentials(int from, int to, StringBuilder output)
    {
        int colon = from;
        while (colon < to && _in[colon] != ':') colon++;
        UrlEscape.Append(_in, from, colon, UrlEscape.UserInfo, output);
        if (colon + 1 < to)
        {
            output.Append(':');
            UrlEscape.Append(_in, colon + 1, to, UrlEscape.UserInfo, output);
        }

        if (colon > from || colon + 1 < to) output.Append('@');
    }

    private int PathEnd()
    {
        int end = _at;
        while (end < _end && _in[end] != '?' && _in[end] != '#') end++;
        return end;
    }

    private void ReadQueryAndFragment(StringBuilder output)
    {
        int at = PathEnd();
        if (at < _end && _in[at] == '?')
        {
            int stop = at + 1;
            while (stop < _end && _in[stop] != '#') stop++;
            StringBuilder query = new StringBuilder();
            UrlEscape.Append(_in, at + 1, stop, _isSpecial ? UrlEscape.SpecialQuery : UrlEscape.Query, query);
            Query = query.ToString();
            output.Append('?');
            output.Append(Query);
            at = stop;
        }

        if (at == _end) return;
        output.Append('#');
        UrlEscape.Append(_in, at + 1, _end, UrlEscape.Fragment, output);
    }

    private bool IsSlash(byte c)
    {
        return c == '/' || (_isSpecial && c == '\\');
    }
}
