namespace IrohLite.Identity;

/// <summary>
/// The URL that names a relay, normalised as the WHATWG URL standard does it, because that text is what tickets carry and compare. Any
/// scheme parses; "http" and "ws" are dialed without TLS, everything else with it. Immutable.
/// </summary>
public sealed class RelayUrl
{
    /// <summary>Longest text that is looked at, in bytes.</summary>
    public const int MaxSizeBytes = 2048;

    private readonly string _text;

    internal RelayUrl(string text, string scheme, string host, int explicitPort, string query)
    {
        _text = text;
        UseTls = scheme != "http" && scheme != "ws";
        int defaultPort = UseTls ? 443 : 80;
        Port = explicitPort >= 0 ? explicitPort : defaultPort;
        bool isLiteral = host[0] == '[';
        bool dotted = !isLiteral && host.Length > 1 && host[host.Length - 1] == '.';
        string bare = dotted ? host.Substring(0, host.Length - 1) : host;
        Host = isLiteral ? host.Substring(1, host.Length - 2) : bare;
        HostHeader = Port == defaultPort ? bare : bare + ":" + Port.ToString();
        RequestTarget = query == null ? "/relay" : "/relay?" + query;
    }

    /// <summary>Host name without a trailing dot, or an address literal without brackets: what to look up, connect to and check certificates for.</summary>
    public string Host { get; }

    /// <summary>TCP port.</summary>
    public int Port { get; }

    /// <summary>True when the relay is spoken to over TLS.</summary>
    public bool UseTls { get; }

    /// <summary>What an HTTP request to the relay asks for: "/relay" and the query of the URL. The path of the URL is not used.</summary>
    public string RequestTarget { get; }

    /// <summary>The value of the HTTP Host header.</summary>
    public string HostHeader { get; }

    /// <summary>Parses and normalises; on false <paramref name="error"/> names the offending part.</summary>
    public static bool TryParse(string text, out RelayUrl url, out string error)
    {
        url = null;
        if (text == null || text.Length == 0)
        {
            error = "relay URL is empty";
            return false;
        }

        RelayUrlParser parser = new RelayUrlParser();
        error = parser.Parse(text);
        if (error != null) return false;
        url = new RelayUrl(parser.Text, parser.Scheme, parser.Host, parser.Port, parser.Query);
        return true;
    }

    /// <summary>True for the same normalised text.</summary>
    public bool SameAs(RelayUrl other)
    {
        return other != null && _text == other._text;
    }

    /// <summary>The normalised URL.</summary>
    public override string ToString()
    {
        return _text;
    }
}
