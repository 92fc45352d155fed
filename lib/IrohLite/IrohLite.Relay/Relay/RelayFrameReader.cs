using IrohLite.Buffers;

namespace IrohLite.Relay;

/// <summary>
/// Reads the frames a relay sends, piece by piece as a WebSocket message arrives, and hands each QUIC datagram of a batch on as soon as
/// it is complete: from the fed buffer itself when it lies there in one piece, else from the one datagram of room in here.
/// </summary>
internal sealed class RelayFrameReader
{
    private const int LongestTypeBytes = 8;
    private const int DatagramPrefixBytes = RelayFrameType.IdBytes + 1;

    private readonly IRelayFrameHandler _handler;

    // The type, then the prefix of a datagram frame or the whole of another frame.
    private readonly byte[] _kept = new byte[RelayClientLimits.KeptFrameBytes];
    private readonly byte[] _datagram = new byte[RelayClientLimits.RelayedDatagramBytes];
    private int _keptCount;
    private int _type = NoType;
    private int _payloadBytes;
    private int _prefixBytes;
    private int _segmentBytes;
    private int _datagramCount;

    private const int NoType = -1;

    /// <summary>Creates a reader at the start of a message.</summary>
    public RelayFrameReader(IRelayFrameHandler handler)
    {
        _handler = handler;
    }

    /// <summary>The version of the relay protocol that was agreed on.</summary>
    public int Version { get; set; }

    /// <summary>Whether the relay has confirmed our key: decides which frames are legal.</summary>
    public bool IsAuthenticated { get; set; }

    /// <summary>Datagrams dropped because they were larger than <see cref="RelayClientLimits.RelayedDatagramBytes"/>.</summary>
    public long OversizeDatagrams { get; private set; }

    /// <summary>The broken rule, once <see cref="Receive"/> returned false.</summary>
    public string Error { get; private set; }

    /// <summary>Takes the next piece of a message. False when the relay broke a rule; the reader is then of no more use.</summary>
    public bool Receive(byte[] buffer, int offset, int count, bool isMessageEnd)
    {
        int end = offset + count;
        if (_type == NoType)
        {
            offset = ReadType(buffer, offset, end);
            if (Error != null) return false;
            if (_type == NoType) return !isMessageEnd || Refuse(_keptCount == 0 ? "empty relay frame" : "relay frame ends inside its type");
        }

        int more = end - offset;
        if (more > RelayFrameType.MaxPayloadBytesOf(_type) - _payloadBytes)
            return Refuse("relay frame type " + _type.ToString() + " longer than " + RelayFrameType.MaxPayloadBytesOf(_type).ToString() + " bytes");
        _payloadBytes += more;
        if (isMessageEnd && _payloadBytes < RelayFrameType.MinPayloadBytes(_type))
            return Refuse("relay frame type " + _type.ToString() + " with only " + _payloadBytes.ToString() + " bytes");

        if (_prefixBytes > 0) ReadDatagrams(buffer, offset, end, isMessageEnd);
        else if (!ReadWhole(buffer, offset, more, isMessageEnd)) return false;
        if (isMessageEnd) Restart();
        return true;
    }

    private int ReadType(byte[] buffer, int offset, int end)
    {
        while (offset < end && _keptCount < LongestTypeBytes)
        {
            _kept[_keptCount++] = buffer[offset++];
            if (!VarInt.TryRead(_kept, 0, _keptCount, out long type, out int length)) continue;
            string refusal = RelayFrameType.RefusalFromRelay(type, IsAuthenticated, Version);
            if (refusal != null)
            {
                Error = refusal;
                return offset;
            }

            _type = (int)type;
            _keptCount = 0;
            if (_type == RelayFrameType.RelayToClientDatagram) _prefixBytes = DatagramPrefixBytes;
            else if (_type == RelayFrameType.RelayToClientDatagramBatch) _prefixBytes = DatagramPrefixBytes + 2;
            return offset;
        }

        return offset;
    }

    private bool ReadWhole(byte[] buffer, int offset, int count, bool isMessageEnd)
    {
        if (count > RelayClientLimits.KeptFrameBytes - _keptCount) count = RelayClientLimits.KeptFrameBytes - _keptCount;
        Bytes.Copy(buffer, offset, _kept, _keptCount, count);
        _keptCount += count;
        if (!isMessageEnd) return true;
        string error = _handler.OnFrame(_type, _kept, _keptCount);
        return error == null || Refuse(error);
    }

    private void ReadDatagrams(byte[] buffer, int offset, int end, bool isMessageEnd)
    {
        if (_keptCount < _prefixBytes)
        {
            int missing = _prefixBytes - _keptCount;
            if (missing > end - offset) missing = end - offset;
            Bytes.Copy(buffer, offset, _kept, _keptCount, missing);
            _keptCount += missing;
            offset += missing;
            if (_keptCount < _prefixBytes) return;
            _segmentBytes = 0;
            if (_type == RelayFrameType.RelayToClientDatagramBatch)
                _segmentBytes = (_kept[DatagramPrefixBytes] << 8) | _kept[DatagramPrefixBytes + 1];

            // Segment size 0 means one datagram, like a frame that is no batch.
            if (_segmentBytes == 0) _segmentBytes = RelayFrameType.MaxPayloadBytes;
        }

        while (offset < end)
        {
            int missing = _segmentBytes - _datagramCount;
            int count = end - offset < missing ? end - offset : missing;
            bool isComplete = count == missing || isMessageEnd;
            if (isComplete && _datagramCount == 0) Deliver(buffer, offset, count);
            else
            {
                Keep(buffer, offset, count);
                if (isComplete) Deliver(_datagram, 0, _datagramCount);
            }

            if (isComplete) _datagramCount = 0;
            offset += count;
        }

        // The message may end in an empty last piece, behind an incomplete last segment.
        if (!isMessageEnd || _datagramCount == 0) return;
        Deliver(_datagram, 0, _datagramCount);
        _datagramCount = 0;
    }

    // What does not fit is counted in length only: the datagram will be dropped.
    private void Keep(byte[] buffer, int offset, int count)
    {
        int room = RelayClientLimits.RelayedDatagramBytes - _datagramCount;
        if (room > 0) Bytes.Copy(buffer, offset, _datagram, _datagramCount, count < room ? count : room);
        _datagramCount += count;
    }

    private void Deliver(byte[] buffer, int offset, int count)
    {
        if (count > RelayClientLimits.RelayedDatagramBytes) OversizeDatagrams++;
        else _handler.OnDatagram(_kept, buffer, offset, count);
    }

    private void Restart()
    {
        _type = NoType;
        _keptCount = 0;
        _payloadBytes = 0;
        _prefixBytes = 0;
        _datagramCount = 0;
    }

    private bool Refuse(string error)
    {
        Error = error;
        return false;
    }
}
