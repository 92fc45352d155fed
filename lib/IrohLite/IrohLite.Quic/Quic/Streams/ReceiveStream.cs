namespace IrohLite.Quic;

/// <summary>The receiving half of a stream (RFC 9000 section 3.2).</summary>
internal sealed class ReceiveStream
{
    private const long Unknown = -1;

    private readonly long _window;
    private long _finalSize;
    private bool _resetRead;
    private bool _endRead;
    private long _highest;
    private long _granted;

    public ReceiveStream(int windowBytes)
    {
        _window = windowBytes;
        Buffer = new ReassemblyBuffer(windowBytes, StreamLimits.FirstRingBytes);
    }

    public readonly ReassemblyBuffer Buffer;

    /// <summary>One past the highest byte seen, a final size included: what counts for the connection's flow control.</summary>
    public long Highest => _highest;

    /// <summary>The value of MAX_STREAM_DATA.</summary>
    public long Granted => _granted;

    /// <summary>A MAX_STREAM_DATA frame is to be sent.</summary>
    public bool MaxStreamDataDue { get; private set; }

    public bool IsReset { get; private set; }

    public long ResetCode { get; private set; }

    /// <summary>The application wants no more; a STOP_SENDING frame is to be sent while <see cref="StopDue"/>.</summary>
    public bool IsStopped { get; private set; }

    public long StopCode { get; private set; }

    public bool StopDue { get; private set; }

    /// <summary>Bytes counted for the connection's flow control and not yet given back by reading.</summary>
    public long Unconsumed => _highest - Buffer.Consumed;

    private bool IsSizeKnown => _finalSize != Unknown;

    /// <summary>Nothing more can arrive, and the application has seen the end or does not want it.</summary>
    public bool IsDone => IsStopped ? IsSizeKnown : _endRead || _resetRead;

    /// <summary>A read now gives something else than "nothing yet".</summary>
    public bool IsReadable => IsReset || Buffer.Readable > 0 || Buffer.Consumed == _finalSize;

    public void Open()
    {
        Buffer.Reset();
        _highest = 0;
        _granted = _window;
        MaxStreamDataDue = false;
        IsReset = false;
        ResetCode = 0;
        IsStopped = false;
        StopCode = 0;
        StopDue = false;
        _finalSize = Unknown;
        _resetRead = false;
        _endRead = false;
    }

    /// <summary>
    /// Takes a STREAM frame. Throws on broken limits and sizes; false when the bytes cannot be kept and the packet must not be
    /// acknowledged. Bytes are not stored once the stream is reset or stopped.
    /// </summary>
    public bool Receive(long offset, byte[] buffer, int bufferOffset, int count, bool end, long frameType, FlowControl connection)
    {
        long last = offset + count;
        if (_finalSize != Unknown ? last > _finalSize || (end && last != _finalSize) : end && last < _highest)
            throw new TransportException(TransportErrorCode.FinalSizeError, frameType, "final size moved");
        if (last > _granted) throw new TransportException(TransportErrorCode.FlowControlError, frameType, "beyond the stream window");
        if (IsReset) return true;
        bool reaches = last > _highest;
        if (reaches && last - _highest > connection.Granted - connection.Received)
            throw new TransportException(TransportErrorCode.FlowControlError, frameType, "beyond the connection window");
        if (!IsStopped && count > 0 && !Buffer.Insert(offset, buffer, bufferOffset, count)) return false;
        if (reaches)
        {
            connection.OnReceived(last - _highest);
            if (IsStopped) connection.OnConsumed(last - _highest);
            _highest = last;
        }

        if (end) _finalSize = last;
        return true;
    }

    /// <summary>Takes a RESET_STREAM frame (RFC 9000 section 19.4); unread bytes are given up.</summary>
    public void ReceiveReset(long code, long finalSize, FlowControl connection)
    {
        if (finalSize < _highest || (IsSizeKnown && finalSize != _finalSize))
            throw new TransportException(TransportErrorCode.FinalSizeError, FrameType.ResetStream, "final size moved");
        if (finalSize > _granted || finalSize - _highest > connection.Granted - connection.Received)
            throw new TransportException(TransportErrorCode.FlowControlError, FrameType.ResetStream, "final size beyond the window");
        if (IsReset) return;
        bool complete = IsSizeKnown && Buffer.Contiguous == _finalSize;
        Reach(finalSize, connection);
        _finalSize = finalSize;
        if (complete) return;
        IsReset = true;
        ResetCode = code;
        MaxStreamDataDue = false;
        StopDue = false;
        if (!IsStopped) connection.OnConsumed(Unconsumed);
    }

    /// <summary>Reads in order; a <see cref="ReadResult"/> when there are no bytes.</summary>
    public int Read(byte[] buffer, int offset, int count, FlowControl connection)
    {
        if (IsReset || IsStopped)
        {
            _resetRead = true;
            return ReadResult.Reset;
        }

        int taken = Buffer.Read(buffer, offset, count);
        if (taken > 0)
        {
            connection.OnConsumed(taken);
            if (_finalSize == Unknown && Buffer.Consumed + _window - _granted >= (_window + 1) >> 1)
            {
                _granted = Buffer.Consumed + _window;
                MaxStreamDataDue = true;
            }

            return taken;
        }

        if (Buffer.Consumed != _finalSize) return ReadResult.Nothing;
        _endRead = true;
        return ReadResult.End;
    }

    public void Stop(long code, FlowControl connection)
    {
        if (IsReset) _resetRead = true;
        if (IsStopped || IsReset || _endRead) return;
        connection.OnConsumed(Unconsumed);
        IsStopped = true;
        StopCode = code;
        MaxStreamDataDue = false;
        StopDue = !IsSizeKnown;
    }

    public void OnMaxStreamDataSent() => MaxStreamDataDue = false;

    public void OnMaxStreamDataLost()
    {
        if (!IsSizeKnown && !IsReset && !IsStopped) MaxStreamDataDue = true;
    }

    public void OnStopSent() => StopDue = false;

    public void OnStopLost()
    {
        if (IsStopped && !IsReset && !IsSizeKnown) StopDue = true;
    }

    private void Reach(long last, FlowControl connection)
    {
        if (last <= _highest) return;
        connection.TryReceive(last - _highest);
        if (IsStopped) connection.OnConsumed(last - _highest);
        _highest = last;
    }
}
