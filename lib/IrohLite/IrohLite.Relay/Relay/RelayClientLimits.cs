namespace IrohLite.Relay;

/// <summary>Everything a relay can push on in a client session, and how far.</summary>
internal static class RelayClientLimits
{
    /// <summary>Largest datagram handed on; the rare larger one is dropped and counted, as a network with this MTU would.</summary>
    public const int RelayedDatagramBytes = 1500;

    /// <summary>Bytes kept of a frame that is not a datagram; only texts are longer, and are cut.</summary>
    public const int KeptFrameBytes = 256;

    /// <summary>Longest head of the response to the upgrade request.</summary>
    public const int ResponseHeadBytes = 4096;

    /// <summary>Most header lines of that response, as with the real client.</summary>
    public const int ResponseHeaders = 25;

    /// <summary>Bytes kept of one of its lines; no header that matters is as long.</summary>
    public const int ResponseLineBytes = 192;

    /// <summary>
    /// Room behind the queued datagrams for the answer to a challenge, a Ping, a Pong, a WebSocket pong and a close frame at once.
    /// </summary>
    public const int ControlReserveBytes = 512;
}
