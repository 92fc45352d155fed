using System;
using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using IrohLite.Relay;

namespace IrohLite.RelayServer;

/// <summary>The messages of one client, taken out of its byte stream; WebSocket's own pings are answered on the way.</summary>
internal sealed class WebSocketInput(PipeReader input, OutgoingQueue outgoing)
{
    private readonly WebSocketReader _reader = new(expectMasked: true, WebSocketFrame.MaxMessageBytes);
    private ReadOnlySequence<byte> _bytes;
    private SequencePosition _next;
    private bool _isReading;
    private RelayMessage? _message;

    /// <summary>Called with the number of bytes after each read; returns once reading may go on.</summary>
    public Func<long, CancellationToken, ValueTask>? BytesRead { get; set; }

    /// <summary>The broken rule, when the messages ended because of one.</summary>
    public string? Error { get; private set; }

    /// <summary>The code to close with, 0 when the stream just ended.</summary>
    public int CloseCode { get; private set; }

    /// <summary>The next message; null when the client closed, vanished or broke a rule.</summary>
    public async ValueTask<RelayMessage?> NextAsync(CancellationToken cancellation)
    {
        for (;;)
        {
            switch (_reader.Next())
            {
                case WebSocketEvent.NeedBytes:
                    if (!await FeedAsync(cancellation)) return null;
                    break;
                case WebSocketEvent.Data:
                    _message ??= new RelayMessage();
                    if (!_message.TryAppend(_segment.AsSpan(_reader.DataOffset, _reader.DataCount)))
                        return Refuse(WebSocketFrame.CloseProtocolError, $"relay frame above {RelayLimits.MaxFrameBytes} bytes");
                    if (!_reader.IsMessageEnd) break;
                    RelayMessage message = _message;
                    _message = null;
                    return message;
                case WebSocketEvent.Ping:
                    outgoing.AddControl(RelayMessage.Of(_reader.Control.AsSpan(0, _reader.ControlCount)), WebSocketFrame.Pong);
                    break;
                case WebSocketEvent.Close:
                    CloseCode = _reader.CloseCode == 0 ? WebSocketFrame.CloseNormal : _reader.CloseCode;
                    return null;
                default:
                    return Refuse(_reader.CloseCode, _reader.Error);
            }
        }
    }

    /// <summary>Gives back what is held.</summary>
    public void Release()
    {
        _message?.Return();
        _message = null;
    }

    private byte[] _segment = [];

    private async ValueTask<bool> FeedAsync(CancellationToken cancellation)
    {
        for (;;)
        {
            if (_isReading && _bytes.TryGet(ref _next, out ReadOnlyMemory<byte> memory))
            {
                // The bytes are ours until they are given back below, so they can be unmasked where they are.
                if (!MemoryMarshal.TryGetArray(memory, out ArraySegment<byte> segment)) segment = memory.ToArray();
                _segment = segment.Array!;
                _reader.Feed(_segment, segment.Offset, segment.Count);
                return true;
            }

            if (_isReading)
            {
                long count = _bytes.Length;
                input.AdvanceTo(_bytes.End);
                _isReading = false;
                if (BytesRead != null) await BytesRead(count, cancellation);
            }

            ReadResult result = await input.ReadAsync(cancellation);
            if (result.Buffer.IsEmpty && (result.IsCompleted || result.IsCanceled)) return false;
            _bytes = result.Buffer;
            _next = _bytes.Start;
            _isReading = true;
        }
    }

    private RelayMessage? Refuse(int closeCode, string error)
    {
        CloseCode = closeCode;
        Error = error;
        return null;
    }
}
