using System;
using System.Buffers;
using IrohLite.Relay;

namespace IrohLite.RelayServer;

/// <summary>
/// One relay frame in a rented buffer, with room before it for the WebSocket header it is sent on with: a datagram is forwarded
/// from the bytes it was received into. Whoever holds it last returns it.
/// </summary>
internal sealed class RelayMessage
{
    private const int Headroom = WebSocketFrame.MaxHeaderBytes;
    private const int FirstBytes = 2048;
    private int _start = Headroom;
    private int _end = Headroom;

    public byte[] Buffer { get; private set; } = ArrayPool<byte>.Shared.Rent(FirstBytes);

    public int Count => _end - _start;

    public Span<byte> Frame => Buffer.AsSpan(_start, Count);

    /// <summary>A message with the given bytes.</summary>
    public static RelayMessage Of(params ReadOnlySpan<byte> frame)
    {
        RelayMessage message = new();
        message.TryAppend(frame);
        return message;
    }

    /// <summary>Adds a piece; false when the frame would pass its limit.</summary>
    public bool TryAppend(ReadOnlySpan<byte> piece)
    {
        if (piece.Length > RelayLimits.MaxFrameBytes - Count) return false;
        if (_end + piece.Length > Buffer.Length)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(2 * Buffer.Length, _end + piece.Length));
            Buffer.AsSpan(0, _end).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(Buffer);
            Buffer = larger;
        }

        piece.CopyTo(Buffer.AsSpan(_end));
        _end += piece.Length;
        return true;
    }

    /// <summary>Cuts bytes off the front of the frame.</summary>
    public void Skip(int count) => _start += count;

    /// <summary>Writes the header of an unmasked frame before the frame and returns both.</summary>
    public ReadOnlySpan<byte> WithHeader(int opcode)
    {
        int count = Count;
        int at = _start - WebSocketFrame.HeaderBytes(count, false);
        WebSocketFrame.WriteHeader(Buffer, at, opcode, count, null);
        return Buffer.AsSpan(at, _end - at);
    }

    public void Return()
    {
        ArrayPool<byte>.Shared.Return(Buffer);
        Buffer = [];
        _start = _end = 0;
    }
}
