namespace IrohLite;

/// <summary>What failed, for programs; the exception's message says it for people.</summary>
public static class IrohError
{
    /// <summary>No answer in time.</summary>
    public const int Timeout = 1;

    /// <summary>The address names no place that can be tried.</summary>
    public const int NoAddress = 2;

    /// <summary>The connection is over; <see cref="IrohException.Close"/> tells why.</summary>
    public const int ConnectionClosed = 3;

    /// <summary>The peer gave the stream up; <see cref="IrohException.Code"/> is its reason code.</summary>
    public const int StreamReset = 4;

    /// <summary>The peer does not want to read the stream; <see cref="IrohException.Code"/> is its reason code.</summary>
    public const int StreamStopped = 5;

    /// <summary>Who answered could not prove to be the endpoint that was dialed.</summary>
    public const int WrongIdentity = 6;

    /// <summary>The peer does not serve the protocol that was asked for.</summary>
    public const int UnknownAlpn = 7;

    /// <summary>The peer refuses connections.</summary>
    public const int Refused = 8;

    /// <summary>The peer's relay cannot be reached, or does not speak the relay protocol.</summary>
    public const int RelayUnreachable = 9;

    /// <summary>The relay does not let this endpoint in.</summary>
    public const int RelayDenied = 10;

    /// <summary>This endpoint is closed.</summary>
    public const int Closed = 11;

    /// <summary>The caller cancelled.</summary>
    public const int Cancelled = 12;

    /// <summary>An endpoint cannot dial itself.</summary>
    public const int SelfDial = 13;

    /// <summary>A limit of <see cref="EndpointLimits"/> is reached.</summary>
    public const int Busy = 14;

    /// <summary>The handshake failed for another reason.</summary>
    public const int HandshakeFailed = 15;

    /// <summary>A program's word for the error, such as "no-address".</summary>
    public static string Text(int error)
    {
        switch (error)
        {
            case Timeout: return "timeout";
            case NoAddress: return "no-address";
            case ConnectionClosed: return "connection-closed";
            case StreamReset: return "stream-reset";
            case StreamStopped: return "stream-stopped";
            case WrongIdentity: return "wrong-identity";
            case UnknownAlpn: return "unknown-alpn";
            case Refused: return "refused";
            case RelayUnreachable: return "relay-unreachable";
            case RelayDenied: return "relay-denied";
            case Closed: return "closed";
            case Cancelled: return "cancelled";
            case SelfDial: return "self-dial";
            case Busy: return "busy";
            case HandshakeFailed: return "handshake-failed";
            default: return "error-" + error.ToString();
        }
    }
}
