namespace IrohLite.Quic;

/// <summary>What happened on a connection.</summary>
public static class QuicEventKind
{
    /// <summary>No event.</summary>
    public const int None = 0;

    /// <summary>The handshake is complete and the peer's identity proven; at a server, a connection has been accepted.</summary>
    public const int Connected = 1;

    /// <summary>The peer opened a stream.</summary>
    public const int StreamOpened = 2;

    /// <summary>A read of the stream may now give bytes, the end, or a reset.</summary>
    public const int StreamReadable = 3;

    /// <summary>A write to the stream, refused or cut short before, may now take bytes; or all bytes and the end are acknowledged.</summary>
    public const int StreamWritable = 4;

    /// <summary>The peer asked us to stop sending on the stream (STOP_SENDING); the library has answered with a reset.</summary>
    public const int StreamStopped = 5;

    /// <summary>Another stream may be opened: the peer raised its limit, or an own stream ended.</summary>
    public const int StreamsAvailable = 6;

    /// <summary>
    /// The connection is over; <see cref="QuicConnection.CloseInfo"/> tells why. Always the last event of a connection; at a server it
    /// also comes for a handshake that failed, without a Connected before it.
    /// </summary>
    public const int Closed = 7;
}
