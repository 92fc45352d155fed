namespace IrohLite.Relay;

/// <summary>Where a connection to a relay stands. <see cref="RelayClientSession"/> begins at <see cref="Upgrading"/>.</summary>
public static class RelayState
{
    /// <summary>TCP or TLS is not connected yet; there is no session.</summary>
    public const int Connecting = 0;

    /// <summary>The HTTP upgrade is under way.</summary>
    public const int Upgrading = 1;

    /// <summary>WebSocket frames flow; the relay has not confirmed our key yet.</summary>
    public const int Authenticating = 2;

    /// <summary>Datagrams flow.</summary>
    public const int Online = 3;

    /// <summary>Over, for the reason the session tells.</summary>
    public const int Failed = 4;

    /// <summary>We said good-bye; only the close frame may still have to be written.</summary>
    public const int Closed = 5;

    /// <summary>The state as a word for logs and users.</summary>
    public static string NameOf(int state)
    {
        switch (state)
        {
            case Connecting: return "connecting";
            case Upgrading: return "upgrading";
            case Authenticating: return "authenticating";
            case Online: return "online";
            case Failed: return "failed";
            case Closed: return "closed";
            default: return "state " + state.ToString();
        }
    }
}
