using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace IrohLite.RelayServer;

/// <summary>
/// The head of a request for /relay, checked as the real relay checks it: only what names a WebSocket and the relay protocol matters,
/// not Host, Connection or Origin.
/// </summary>
internal sealed class UpgradeRequest
{
    private const string RelayPath = "/relay";
    private readonly List<KeyValuePair<string, string>> _headers = [];

    /// <summary>Why the request is answered with 400; null when it is good.</summary>
    public string? Refusal { get; private set; }

    /// <summary>Whether the refusal is about the version, so that the answer has to name ours (RFC 6455 section 4.4).</summary>
    public bool IsVersionRefused { get; private set; }

    public string Key { get; private set; } = "";

    /// <summary>The highest offered version of the relay protocol, 1 or 2.</summary>
    public int Version { get; private set; }

    /// <summary>The token of the Authorization header, else of the query; null without one.</summary>
    public string? Token { get; private set; }

    /// <summary>The value for authentication without a challenge, null without one.</summary>
    public string? ClientAuth { get; private set; }

    /// <summary>Whether a request line asks for the relay: method GET, path exactly /relay, any query.</summary>
    public static bool IsForRelay(string requestLine)
    {
        string[] parts = requestLine.Split(' ');
        return parts.Length == 3 && parts[0] == "GET" && parts[2].StartsWith("HTTP/1.", StringComparison.Ordinal) && PathOf(parts[1]) == RelayPath;
    }

    /// <summary>Parses a whole head whose request line is for the relay.</summary>
    public static UpgradeRequest Parse(ReadOnlySpan<byte> head)
    {
        UpgradeRequest request = new();
        string[] lines = Encoding.Latin1.GetString(head).Split('\n');
        foreach (string rawLine in lines.Skip(1))
        {
            string line = rawLine.TrimEnd('\r');
            if (line.Length == 0) break;
            int colon = line.IndexOf(':');

            // RFC 9112 section 5: no line without a name, none that continues another, no space before the colon.
            if (colon <= 0 || line[0] is ' ' or '\t' || line[colon - 1] is ' ' or '\t') return request.Refuse("A header line of the request is malformed.");
            request._headers.Add(new(line[..colon], line[(colon + 1)..].Trim(' ', '\t')));
        }

        return request.Check(lines[0].Split(' ')[1]);
    }

    private UpgradeRequest Check(string target)
    {
        if (First("upgrade") != "websocket") return Refuse("The header Upgrade has to be websocket.");
        if (First("sec-websocket-key") is not { } key) return Refuse("The header Sec-WebSocket-Key is missing.");
        if (First("sec-websocket-version") != "13")
        {
            IsVersionRefused = true;
            return Refuse("The header Sec-WebSocket-Version has to be 13.");
        }

        if (First("sec-websocket-protocol") is not { } protocols || protocols.Any(c => c is < ' ' or > '~'))
            return Refuse("The header Sec-WebSocket-Protocol is missing or not ASCII.");
        string[] offered = protocols.Split(',', StringSplitOptions.TrimEntries);
        Version = offered.Contains("iroh-relay-v2") ? 2 : offered.Contains("iroh-relay-v1") ? 1 : 0;
        if (Version == 0) return Refuse("The header Sec-WebSocket-Protocol offers no version of the iroh relay protocol that is spoken here.");

        Key = key;
        Token = BearerToken() ?? QueryToken(target);
        ClientAuth = First("x-iroh-relay-client-auth-v1");
        return this;
    }

    private static string PathOf(string target)
    {
        int query = target.IndexOf('?');
        return query < 0 ? target : target[..query];
    }

    private string? First(string name) =>
        _headers.FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    private string? BearerToken()
    {
        const string Scheme = "Bearer ";
        return _headers
            .Where(header => header.Key.Equals("authorization", StringComparison.OrdinalIgnoreCase))
            .Select(header => header.Value)
            .FirstOrDefault(value => value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))?[Scheme.Length..].Trim();
    }

    private static string? QueryToken(string target)
    {
        int query = target.IndexOf('?');
        if (query < 0) return null;
        foreach (string pair in target[(query + 1)..].Split('&'))
            if (pair.StartsWith("token=", StringComparison.Ordinal)) return Uri.UnescapeDataString(pair["token=".Length..].Replace('+', ' '));
        return null;
    }

    private UpgradeRequest Refuse(string sentence)
    {
        Refusal = sentence;
        return this;
    }
}
