using IrohLite.Buffers;
using IrohLite.Identity;
using IrohLite.Platform;
using IrohLite.Text;

namespace IrohLite.Discovery;

/// <summary>
/// One HTTP/1.1 request and its answer over a fresh stream, as address lookup needs it: small bodies, no redirects.
/// </summary>
internal sealed class HttpExchange
{
    internal const int MaxHeadBytes = 4096;

    private const int SwitchingProtocols = 101;

    private readonly byte[] _buffer;
    private int _count;
    private bool _wantsBody;
    private bool _isChunked;

    /// <summary>An exchange whose answer may have a body of at most this size.</summary>
    internal HttpExchange(int maxBodyBytes)
    {
        _buffer = new byte[MaxHeadBytes + maxBodyBytes];
    }

    /// <summary>Status code of the answer.</summary>
    internal int Status { get; private set; }

    /// <summary>The array that holds the answer's body.</summary>
    internal byte[] Buffer => _buffer;

    /// <summary>First byte of the body.</summary>
    internal int BodyOffset { get; private set; }

    /// <summary>Bytes of the body.</summary>
    internal int BodyCount { get; private set; }

    /// <summary>Sends and waits for the whole answer; throws StreamFailedException with the reason.</summary>
    internal void Run(IStreamConnector connector, RelayUrl server, string method, string path, byte[] body, int timeoutMs)
    {
        _wantsBody = method == "GET";
        IByteStream stream = connector.Connect(server.Host, server.Port, server.UseTls, timeoutMs);
        try
        {
            string head = method + " " + path + " HTTP/1.1\r\nHost: " + server.HostHeader + "\r\nConnection: close\r\nContent-Length: "
                + (body == null ? 0 : body.Length).ToString() + "\r\n\r\n";
            byte[] headBytes = Utf8.Encode(head);
            byte[] request = new byte[headBytes.Length + (body == null ? 0 : body.Length)];
            Bytes.Copy(headBytes, 0, request, 0, headBytes.Length);
            if (body != null) Bytes.Copy(body, 0, request, headBytes.Length, body.Length);
            stream.Write(request, 0, request.Length);
            Receive(stream, server, timeoutMs);
        }
        finally
        {
            stream.Close();
        }
    }

    private void Receive(IByteStream stream, RelayUrl server, int timeoutMs)
    {
        int bodyLength = -1;
        while (BodyOffset == 0 || bodyLength < 0 || _count - BodyOffset < bodyLength)
        {
            if (_count == _buffer.Length) throw Failed(server, "its answer is too long");
            int read = stream.Read(_buffer, _count, _buffer.Length - _count, timeoutMs);
            if (read < 0) throw Failed(server, "no answer within " + timeoutMs.ToString() + " ms");
            if (read == 0)
            {
                if (BodyOffset == 0 || _isChunked || bodyLength > _count - BodyOffset) throw Failed(server, "its answer was cut off");
                break;
            }

            _count += read;
            while (BodyOffset == 0 && TryFindBody()) bodyLength = ReadHead(server);
            if (BodyOffset == 0 && _count > MaxHeadBytes) throw Failed(server, "it does not speak HTTP");
            if (BodyOffset > 0 && bodyLength > _buffer.Length - BodyOffset) throw Failed(server, "its answer is too long");
            if (BodyOffset > 0 && _isChunked) bodyLength = ChunkedBody.Join(_buffer, BodyOffset, _count);
            if (bodyLength == ChunkedBody.Malformed) throw Failed(server, "its answer is malformed");
        }

        BodyCount = bodyLength >= 0 ? bodyLength : _count - BodyOffset;
    }

    private bool TryFindBody()
    {
        for (int i = 0; i + 3 < _count; i++)
        {
            if (_buffer[i] != '\r' || _buffer[i + 1] != '\n' || _buffer[i + 2] != '\r' || _buffer[i + 3] != '\n') continue;
            BodyOffset = i + 4;
            return true;
        }

        return false;
    }

    // Returns the length of the body to wait for, -1 when it lasts until the end of the stream. An answer that is told by its status alone
    // may have a body in any form, such as an error page of a proxy.
    private int ReadHead(RelayUrl server)
    {
        string[] lines = Utf8.DecodeLossy(_buffer, 0, BodyOffset).Split('\n');
        string status = lines[0].Trim();
        if (status.Length < 12 || status.Substring(0, 7) != "HTTP/1.") throw Failed(server, "it does not speak HTTP");
        Status = DecimalText.Parse(status.Substring(9, 3), 999);
        if (Status < 100) throw Failed(server, "it does not speak HTTP");
        if (Status < 200 && Status != SwitchingProtocols) return DropHead();
        if (Status != 200 || !_wantsBody) return 0;

        int length = -1;
        for (int i = 1; i < lines.Length; i++)
        {
            int colon = lines[i].IndexOf(':');
            if (colon < 0) continue;
            string name = lines[i].Substring(0, colon).Trim().ToLower();
            string value = lines[i].Substring(colon + 1).Trim();
            if (name == "transfer-encoding")
            {
                if (value.ToLower() != "chunked") throw Failed(server, "its answer is in a coding that is not supported");
                _isChunked = true;
            }

            if (name != "content-length") continue;
            length = DecimalText.Parse(value, int.MaxValue);
            if (length < 0) throw Failed(server, "its answer has a bad length");
        }

        // RFC 9112 section 6.3: the coding tells the length, whatever else does.
        return _isChunked ? -1 : length;
    }

    // RFC 9110 section 15.2: the final answer follows.
    private int DropHead()
    {
        _count -= BodyOffset;
        Bytes.Copy(_buffer, BodyOffset, _buffer, 0, _count);
        BodyOffset = 0;
        return -1;
    }

    private static StreamFailedException Failed(RelayUrl server, string why) => new StreamFailedException(server.ToString() + ": " + why);
}
