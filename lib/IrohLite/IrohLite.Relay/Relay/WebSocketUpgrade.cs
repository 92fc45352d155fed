using System;
using System.Text;
using IrohLite.Crypto;
using IrohLite.Identity;

namespace IrohLite.Relay;

/// <summary>
/// The HTTP/1.1 upgrade that starts a relay session (RFC 6455 section 4): our request, and the relay's response head read byte by
/// byte. Nothing may follow the request until the response is complete.
/// </summary>
internal sealed class WebSocketUpgrade
{
    private const int KeyBytes = 16;

    private const string AcceptSuffix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private const string Version1 = "iroh-relay-v1";
    private const string Version2 = "iroh-relay-v2";

    private readonly string _expectedAccept;
    private readonly byte[] _line = new byte[RelayClientLimits.ResponseLineBytes];
    private int _lineBytes;
    private int _headBytes;
    private int _lines;
    private bool _sawAccept;

    /// <summary>Prepares the request; the token, null for none, goes into an Authorization header.</summary>
    public WebSocketUpgrade(RelayUrl url, string token, IRandomSource random)
    {
        byte[] nonce = new byte[KeyBytes];
        random.Fill(nonce, 0, KeyBytes);
        string key = Convert.ToBase64String(nonce);
        _expectedAccept = AcceptFor(key);
        string request = "GET " + url.RequestTarget + " HTTP/1.1\r\nHost: " + url.HostHeader
            + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: " + key
            + "\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: " + Version2 + ", " + Version1 + "\r\n";
        if (token != null)
        {
            CheckToken(token);
            request += "Authorization: Bearer " + token + "\r\n";
        }

        Request = Encoding.UTF8.GetBytes(request + "\r\n");
    }

    /// <summary>The whole request.</summary>
    public byte[] Request { get; }

    /// <summary>Whether the response was read and is good.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>The version of the relay protocol the relay chose, 1 or 2; 0 before.</summary>
    public int Version { get; private set; }

    /// <summary>What is wrong with the response, null while nothing is.</summary>
    public string Error { get; private set; }

    /// <summary>The value of Sec-WebSocket-Accept that answers a Sec-WebSocket-Key (RFC 6455 section 4.2.2).</summary>
    public static string AcceptFor(string key)
    {
        byte[] text = Encoding.UTF8.GetBytes(key + AcceptSuffix);
        return Convert.ToBase64String(Sha1.Hash(text, 0, text.Length));
    }

    /// <summary>Reads response bytes until the head is complete or wrong; returns how many of them it used.</summary>
    public int Receive(byte[] buffer, int offset, int count)
    {
        int end = offset + count;
        int at = offset;
        while (at < end && !IsComplete && Error == null)
        {
            byte value = buffer[at++];
            if (++_headBytes > RelayClientLimits.ResponseHeadBytes) Error = "the relay's HTTP response head is longer than " + RelayClientLimits.ResponseHeadBytes.ToString() + " bytes";
            else if (value == '\n') EndLine();
            else if (_lineBytes < RelayClientLimits.ResponseLineBytes) _line[_lineBytes++] = value;
        }

        return at - offset;
    }

    internal static void CheckToken(string token)
    {
        char[] characters = token.ToCharArray();
        bool isGood = characters.Length > 0;
        for (int i = 0; i < characters.Length; i++)
            if (characters[i] <= ' ' || characters[i] >= 0x7F) isGood = false;
        if (!isGood) throw new InvalidOperationException("the relay token is empty or holds a character that cannot stand in an HTTP header");
    }

    private void EndLine()
    {
        if (_lineBytes > 0 && _line[_lineBytes - 1] == '\r') _lineBytes--;
        string line = _lineBytes == 0 ? "" : Encoding.UTF8.GetString(_line, 0, _lineBytes);
        _lineBytes = 0;
        if (_lines++ == 0) ReadStatusLine(line);
        else if (line.Length == 0) EndHead();
        else if (_lines > RelayClientLimits.ResponseHeaders + 1) Error = "the relay's HTTP response has more than " + RelayClientLimits.ResponseHeaders.ToString() + " headers";
        else ReadHeader(line);
    }

    private void ReadStatusLine(string line)
    {
        // RFC 9112 section 4: "HTTP/1.1", a space, three digits.
        if (!line.StartsWith("HTTP/1.") || line.Length < 12 || line[8] != ' ') Error = "the relay's answer is not HTTP/1.1";
        else if (line.Substring(9, 3) != "101") Error = ExplainStatus(line.Substring(9, 3));
    }

    private static string ExplainStatus(string status)
    {
        string text = "the relay answered HTTP " + status + " instead of 101";
        switch (status)
        {
            case "400": return text + ": it refused the upgrade request";
            case "401":
            case "403": return text + ": the token is missing or wrong";
            case "404": return text + ": there is no relay at this URL";
            default: return text;
        }
    }

    private void ReadHeader(string line)
    {
        int colon = line.IndexOf(':');
        if (colon <= 0)
        {
            Error = "the relay's HTTP response has a header line without a name";
            return;
        }

        string name = line.Substring(0, colon).ToLower();
        string value = line.Substring(colon + 1).Trim();
        switch (name)
        {
            case "sec-websocket-accept":
                if (value == _expectedAccept) _sawAccept = true;
                else Error = "the relay's Sec-WebSocket-Accept does not fit our key";
                break;
            case "sec-websocket-protocol":
                if (value == Version2) Version = 2;
                else if (value == Version1) Version = 1;
                else Error = "the relay chose an unknown Sec-WebSocket-Protocol";
                break;
            case "sec-websocket-extensions":
                // RFC 6455 section 4.1: an extension we did not ask for fails the connection.
                Error = "the relay chose a WebSocket extension nobody asked for";
                break;
        }
    }

    private void EndHead()
    {
        if (!_sawAccept) Error = "the relay's HTTP response lacks Sec-WebSocket-Accept";
        else if (Version == 0) Error = "the relay's HTTP response lacks Sec-WebSocket-Protocol: no iroh relay";
        else IsComplete = true;
    }
}
