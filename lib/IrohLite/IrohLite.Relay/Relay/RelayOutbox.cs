using IrohLite.Buffers;
using IrohLite.Crypto;

namespace IrohLite.Relay;

/// <summary>
/// The bytes on their way to the relay, framed and masked, in one fixed buffer. A datagram that does not fit is refused; control
/// frames have a reserve of their own behind it.
/// </summary>
internal sealed class RelayOutbox
{
    private readonly IRandomSource _random;
    private readonly byte[] _bytes;
    private readonly int _datagramLimit;
    private readonly byte[] _mask = new byte[WebSocketFrame.MaskBytes];
    private int _start;
    private int _end;

    /// <summary>An outbox for so many bytes of framed datagrams (and for one first message that may be longer).</summary>
    public RelayOutbox(int datagramBytes, byte[] first, IRandomSource random)
    {
        _datagramLimit = datagramBytes;
        int most = first.Length > datagramBytes ? first.Length : datagramBytes;
        _bytes = new byte[most + RelayClientLimits.ControlReserveBytes];
        _random = random;
        Bytes.Copy(first, 0, _bytes, 0, first.Length);
        _end = first.Length;
    }

    /// <summary>
    /// Mask with four zero bytes, which costs nothing. Masking (RFC 6455 section 10.3) protects HTTP caches in between from chosen
    /// plain text; there are none inside TLS.
    /// </summary>
    public bool UseZeroMask { get; set; }

    /// <summary>Bytes waiting to be written.</summary>
    public int QueuedBytes => _end - _start;

    /// <summary>Takes up to <paramref name="capacity"/> bytes out.</summary>
    public int Take(byte[] buffer, int offset, int capacity)
    {
        int count = QueuedBytes < capacity ? QueuedBytes : capacity;
        Bytes.Copy(_bytes, _start, buffer, offset, count);
        _start += count;
        if (_start == _end)
        {
            _start = 0;
            _end = 0;
        }

        return count;
    }

    /// <summary>Queues a datagram frame; false when it does not fit.</summary>
    public bool TryAddDatagram(byte[] destination, int destinationOffset, byte[] buffer, int offset, int count)
    {
        int frameBytes = RelayFrameWriter.DatagramPrefixBytes + count;
        if (!HasRoom(frameBytes, _datagramLimit)) return false;
        int at = BeginFrame(WebSocketFrame.Binary, frameBytes);
        RelayFrameWriter.WriteDatagramPrefix(_bytes, at, destination, destinationOffset);
        Bytes.Copy(buffer, offset, _bytes, at + RelayFrameWriter.DatagramPrefixBytes, count);
        EndFrame(at, frameBytes);
        return true;
    }

    /// <summary>Queues a frame from the reserve; false when that is used up as well.</summary>
    public bool TryAddControl(int opcode, byte[] payload, int offset, int count)
    {
        if (!HasRoom(count, _bytes.Length)) return false;
        int at = BeginFrame(opcode, count);
        Bytes.Copy(payload, offset, _bytes, at, count);
        EndFrame(at, count);
        return true;
    }

    private bool HasRoom(int payloadBytes, int limit)
    {
        return payloadBytes <= limit - QueuedBytes - WebSocketFrame.HeaderBytes(payloadBytes, true);
    }

    // Returns where the payload goes.
    private int BeginFrame(int opcode, int payloadBytes)
    {
        int needed = payloadBytes + WebSocketFrame.MaxHeaderBytes;
        if (_end + needed > _bytes.Length && _start > 0)
        {
            Bytes.Copy(_bytes, _start, _bytes, 0, _end - _start);
            _end -= _start;
            _start = 0;
        }

        if (!UseZeroMask) _random.Fill(_mask, 0, WebSocketFrame.MaskBytes);
        _end += WebSocketFrame.WriteHeader(_bytes, _end, opcode, payloadBytes, _mask);
        return _end;
    }

    private void EndFrame(int at, int payloadBytes)
    {
        if (!UseZeroMask) WebSocketFrame.ApplyMask(_bytes, at, payloadBytes, _mask, 0);
        _end += payloadBytes;
    }
}
