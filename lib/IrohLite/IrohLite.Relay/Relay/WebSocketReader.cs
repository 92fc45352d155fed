using IrohLite.Buffers;
using IrohLite.Text;

namespace IrohLite.Relay;

/// <summary>
/// Takes a byte stream apart into WebSocket frames (RFC 6455 section 5), handing pieces of a message on as they come, so that nothing
/// is buffered but a header and a control frame's payload. Feed, then call Next until it needs bytes. Payloads are unmasked in
/// place in the fed buffer. Text messages are skipped, and so are unasked pongs.
/// </summary>
internal sealed class WebSocketReader
{
    private readonly bool _expectMasked;
    private readonly int _maxMessageBytes;
    private readonly byte[] _header = new byte[WebSocketFrame.MaxHeaderBytes];
    private readonly byte[] _mask = new byte[WebSocketFrame.MaskBytes];

    private byte[] _buffer;
    private int _at;
    private int _end;
    private int _headerCount;
    private int _headerNeeded = 2;
    private bool _inPayload;
    private int _opcode;
    private bool _isFinal;
    private int _payloadLeft;
    private int _payloadDone;
    private int _messageOpcode;
    private int _messageBytes;

    /// <summary>A reader for the server side (client frames must be masked) or the client side (server frames must not be).</summary>
    public WebSocketReader(bool expectMasked, int maxMessageBytes)
    {
        _expectMasked = expectMasked;
        _maxMessageBytes = maxMessageBytes;
    }

    /// <summary>Of <see cref="WebSocketEvent.Data"/>: where the piece stands in the fed buffer.</summary>
    public int DataOffset { get; private set; }

    /// <summary>Of <see cref="WebSocketEvent.Data"/>: bytes of the piece, 0 for an empty one.</summary>
    public int DataCount { get; private set; }

    /// <summary>Of <see cref="WebSocketEvent.Data"/>: whether the message ends with this piece.</summary>
    public bool IsMessageEnd { get; private set; }

    /// <summary>Payload of the last ping or close frame.</summary>
    public byte[] Control { get; } = new byte[WebSocketFrame.MaxControlBytes];

    /// <summary>Bytes in <see cref="Control"/>.</summary>
    public int ControlCount { get; private set; }

    /// <summary>Of <see cref="WebSocketEvent.Close"/>: the peer's code, 0 when it gave none. Of an error: the code to close with.</summary>
    public int CloseCode { get; private set; }

    /// <summary>The broken rule, null while there is none.</summary>
    public string Error { get; private set; }

    /// <summary>Gives the next bytes of the stream; the previous ones must be used up.</summary>
    public void Feed(byte[] buffer, int offset, int count)
    {
        _buffer = buffer;
        _at = offset;
        _end = offset + count;
    }

    /// <summary>Returns the next <see cref="WebSocketEvent"/>.</summary>
    public int Next()
    {
        if (Error != null) return WebSocketEvent.Error;
        for (;;)
        {
            if (!_inPayload)
            {
                if (!ReadHeader()) return Error == null ? WebSocketEvent.NeedBytes : WebSocketEvent.Error;
                _inPayload = true;
            }
            else if (_at == _end) return WebSocketEvent.NeedBytes;

            int found = _opcode >= WebSocketFrame.Close ? ReadControl() : ReadData();
            if (_payloadLeft == 0) _inPayload = false;
            if (found != WebSocketEvent.NeedBytes) return found;
        }
    }

    private int ReadData()
    {
        int count = _end - _at < _payloadLeft ? _end - _at : _payloadLeft;
        DataOffset = _at;
        DataCount = count;
        if (_expectMasked) WebSocketFrame.ApplyMask(_buffer, _at, count, _mask, _payloadDone);
        Advance(count);
        IsMessageEnd = _isFinal && _payloadLeft == 0;
        bool isText = _messageOpcode == WebSocketFrame.Text;
        if (IsMessageEnd) _messageOpcode = WebSocketFrame.Continuation;
        if (isText) return WebSocketEvent.NeedBytes;
        return count > 0 || IsMessageEnd ? WebSocketEvent.Data : WebSocketEvent.NeedBytes;
    }

    private int ReadControl()
    {
        int count = _end - _at < _payloadLeft ? _end - _at : _payloadLeft;
        Bytes.Copy(_buffer, _at, Control, _payloadDone, count);
        if (_expectMasked) WebSocketFrame.ApplyMask(Control, _payloadDone, count, _mask, _payloadDone);
        Advance(count);
        if (_payloadLeft > 0) return WebSocketEvent.NeedBytes;
        ControlCount = _payloadDone;
        if (_opcode == WebSocketFrame.Ping) return WebSocketEvent.Ping;
        return _opcode == WebSocketFrame.Pong ? WebSocketEvent.NeedBytes : ReadClose();
    }

    private int ReadClose()
    {
        CloseCode = 0;
        if (ControlCount == 0) return WebSocketEvent.Close;

        // RFC 6455 section 5.5.1: a body begins with a two-byte code and goes on in UTF-8.
        if (ControlCount == 1) return Fail(WebSocketFrame.CloseProtocolError, "WebSocket close frame with one byte");
        int code = (Control[0] << 8) | Control[1];
        if (!WebSocketFrame.IsCloseCode(code)) return Fail(WebSocketFrame.CloseProtocolError, "WebSocket close code " + code.ToString());
        if (!Utf8.IsValid(Control, 2, ControlCount - 2)) return Fail(1007, "WebSocket close reason that is not UTF-8");
        CloseCode = code;
        return WebSocketEvent.Close;
    }

    private void Advance(int count)
    {
        _at += count;
        _payloadLeft -= count;
        _payloadDone += count;
    }

    // True when a whole, legal header was read.
    private bool ReadHeader()
    {
        while (_headerCount < _headerNeeded)
        {
            if (_at == _end) return false;
            _header[_headerCount++] = _buffer[_at++];
            if (_headerCount == 2 && !CheckFirstBytes()) return false;
        }

        return CheckLength();
    }

    private bool CheckFirstBytes()
    {
        int first = _header[0];
        int length = _header[1] & 0x7F;
        bool isMasked = (_header[1] & 0x80) != 0;
        _opcode = first & 0x0F;
        _isFinal = (first & 0x80) != 0;
        bool isControl = _opcode >= WebSocketFrame.Close;

        // RFC 6455 section 5.2: no extension was negotiated, so the reserved bits are 0.
        if ((first & 0x70) != 0) return Refuse("WebSocket frame with reserved bits set");
        if (_opcode > WebSocketFrame.Pong || (_opcode > WebSocketFrame.Binary && !isControl))
            return Refuse("WebSocket frame with reserved opcode " + _opcode.ToString());
        if (isMasked != _expectMasked) return Refuse(isMasked ? "masked WebSocket frame from a server" : "unmasked WebSocket frame from a client");

        // RFC 6455 section 5.5.
        if (isControl && !_isFinal) return Refuse("fragmented WebSocket control frame");
        if (isControl && length > WebSocketFrame.MaxControlBytes) return Refuse("WebSocket control frame above 125 bytes");

        // RFC 6455 section 5.4.
        bool inMessage = _messageOpcode != WebSocketFrame.Continuation;
        if (_opcode == WebSocketFrame.Continuation && !inMessage) return Refuse("WebSocket continuation without a message");
        if (!isControl && _opcode != WebSocketFrame.Continuation && inMessage) return Refuse("WebSocket message inside another");

        int extra = length == 126 ? 2 : length == 127 ? 8 : 0;
        _headerNeeded = 2 + extra + (isMasked ? WebSocketFrame.MaskBytes : 0);
        return true;
    }

    private bool CheckLength()
    {
        long length = _header[1] & 0x7F;
        int at = 2;
        if (length == 126)
        {
            length = (_header[2] << 8) | _header[3];
            at = 4;
            if (length < 126) return Refuse("WebSocket length in a longer form than needed");
        }
        else if (length == 127)
        {
            length = 0;
            for (at = 2; at < 10; at++) length = (length << 8) | _header[at];

            // RFC 6455 section 5.2: the top bit is 0, and the shortest form is used.
            if (length < 0) return Refuse("WebSocket length with the top bit set");
            if (length <= 65535) return Refuse("WebSocket length in a longer form than needed");
        }

        if (_opcode < WebSocketFrame.Close)
        {
            if (_opcode != WebSocketFrame.Continuation)
            {
                _messageOpcode = _opcode;
                _messageBytes = 0;
            }

            if (length > _maxMessageBytes - _messageBytes)
            {
                Fail(WebSocketFrame.CloseTooBig, "WebSocket message above " + _maxMessageBytes.ToString() + " bytes");
                return false;
            }

            _messageBytes += (int)length;
        }

        if (_expectMasked) Bytes.Copy(_header, at, _mask, 0, WebSocketFrame.MaskBytes);
        _payloadLeft = (int)length;
        _payloadDone = 0;
        _headerCount = 0;
        _headerNeeded = 2;
        return true;
    }

    private bool Refuse(string error)
    {
        Fail(WebSocketFrame.CloseProtocolError, error);
        return false;
    }

    private int Fail(int closeCode, string error)
    {
        CloseCode = closeCode;
        Error = error;
        return WebSocketEvent.Error;
    }
}
