namespace IrohLite.Quic;

/// <summary>
/// Flow control of a connection (RFC 9000 section 4): what we may send, and what we granted. Received counts the highest offset
/// of every stream, a final size included. A grant is renewed when half a stream's window has been consumed, which is when that
/// stream's own grant goes out: waiting for half of the connection's window could starve a stream while others lie unread. The frame
/// always carries today's value: iroh never says that it is blocked, so a lost grant must come back by itself.
/// </summary>
internal sealed class FlowControl
{
    private readonly long _window;
    private readonly long _step;
    private long _granted;
    private long _received;
    private long _consumed;
    private long _peerLimit;
    private long _sent;

    public FlowControl(long windowBytes, long streamWindowBytes)
    {
        _window = windowBytes;
        _step = ((windowBytes < streamWindowBytes ? windowBytes : streamWindowBytes) + 1) >> 1;
        _granted = windowBytes;
    }

    /// <summary>Stream bytes the peer lets us send in total.</summary>
    public long PeerLimit => _peerLimit;

    /// <summary>New stream bytes sent in total.</summary>
    public long Sent => _sent;

    /// <summary>Stream bytes we let the peer send in total: the value of MAX_DATA.</summary>
    public long Granted => _granted;

    public long Received => _received;

    public long Consumed => _consumed;

    /// <summary>A MAX_DATA frame is to be sent.</summary>
    public bool MaxDataDue;

    public long Available => _peerLimit - _sent;

    /// <summary>The peer's limit only grows; a smaller value is ignored.</summary>
    public bool RaisePeerLimit(long limit)
    {
        if (limit <= _peerLimit) return false;
        _peerLimit = limit;
        return true;
    }

    public void OnSent(long bytes) => _sent += bytes;

    /// <summary>Counts newly reached offsets. False when the peer passed its limit.</summary>
    public bool TryReceive(long bytes)
    {
        if (bytes > _granted - _received) return false;
        _received += bytes;
        return true;
    }

    /// <summary>Counts newly reached offsets that were checked against the grant.</summary>
    public void OnReceived(long bytes) => _received += bytes;

    public void OnConsumed(long bytes)
    {
        _consumed += bytes;
        if (_consumed + _window - _granted < _step) return;
        _granted = _consumed + _window;
        MaxDataDue = true;
    }
}
