namespace IrohLite.Relay;

/// <summary>Codes of the relay's Status frame. Unknown codes are legal and only worth a log line.</summary>
public static class RelayStatus
{
    /// <summary>Not a code of the wire: a relay that speaks version 1 sent a Health text instead (see RelayClientSession.HealthText).</summary>
    public const int HealthText = -1;

    /// <summary>All is well (again).</summary>
    public const int Healthy = 0;

    /// <summary>A newer connection with our id gets our datagrams now; what we send is still forwarded.</summary>
    public const int SameIdConnected = 1;

    /// <summary>The relay reads more slowly because we sent too much; only newer relays say so.</summary>
    public const int RateLimited = 2;
}
