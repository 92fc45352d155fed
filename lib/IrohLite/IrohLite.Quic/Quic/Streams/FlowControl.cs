namespace IrohLite.Quic;

/// <summary>
/// Flow control of a connection (RFC 9000 section 4): what we may send, and what we granted. Received counts the highest offset
/// of every stream, a final size included. A grant is renewed when half of the window has been consumed, and the frame always
/// carries today's value: iroh never says that it is blocked, so a lost grant must come back by itself.
/// </summary>
internal sealed class FlowControl
{
    private readonly long _window;

    public FlowControl(long windowBytes)
    {
        _window = windowBytes;
        Granted = windowBytes;
    }

    /// <summary>Stream bytes the peer lets us send in total.</summary>
    public long PeerLimit { get; private set; }

    /// <summary>New stream bytes sent in total.</summary>
    public long Sent { get; private set; }

    /// <summary>Stream bytes we let the peer send in total: the value of MAX_DATA.</summary>
    public long Granted { get; private set; }

    public long Received { get; private set; }

    public long Consumed { get; private set; }

    /// <summary>A MAX_DATA frame is to be sent.</summary>
    public bool MaxDataDue { get; set; }

    public long Available => PeerLimit - Sent;

    /// <summary>The peer's limit only grows; a smaller value is ignored.</summary>
    public bool RaisePeerLimit(long limit)
    {
        if (limit <= PeerLimit) return false;
        PeerLimit = limit;
        return true;
    }

    public void OnSent(long bytes) => Sent += bytes;

    /// <summary>Counts newly reached offsets. False when the peer passed its limit.</summary>
    public bool TryReceive(long bytes)
    {
        if (bytes > Granted - Received) return false;
        Received += bytes;
        return true;
    }

    public void OnConsumed(long bytes)
    {
        Consumed += bytes;
        if (Consumed + _window - Granted < (_window + 1) >> 1) return;
        Granted = Consumed + _window;
        MaxDataDue = true;
    }
}
