namespace IrohLite;

/// <summary>Every bound of the endpoint layer, and what happens at it. Bounds that are knobs stand in <see cref="EndpointOptions"/>.</summary>
public static class EndpointLimits
{
    /// <summary>Calls of application threads that may wait for the loop at once; a further one throws <see cref="IrohError.Busy"/>.</summary>
    public const int Commands = 64;

    /// <summary>Threads that may wait for a new stream on one connection; a further one throws <see cref="IrohError.Busy"/>.</summary>
    public const int WaitingOpens = 8;

    /// <summary>Accepted connections nobody has taken yet; a further one is closed with code 0, reason "busy".</summary>
    public const int AcceptBacklog = 64;

    /// <summary>Relays an endpoint is connected to at once; the addresses of a ticket that would need one more are passed over.</summary>
    public const int RelayLinks = 4;

    /// <summary>Peer addresses remembered as objects; beyond, the oldest is forgotten and made anew when it is heard again.</summary>
    public const int PathBookEntries = 64;

    /// <summary>Datagrams kept per relay while it is not connected; the oldest makes room.</summary>
    public const int RelayWaitingDatagrams = 8;

    /// <summary>Age in ms at which datagrams waiting for a relay are discarded.</summary>
    public const int RelayWaitingMs = 3000;

    /// <summary>Time in ms for name lookup, TCP and TLS to a relay.</summary>
    public const int RelayConnectMs = 10000;

    /// <summary>A relay over which something was to be sent within so many ms is in use.</summary>
    public const int RelayInUseMs = 30000;

    /// <summary>Longest pause in ms between tries to reach a relay in use.</summary>
    public const int RelayInUseDelayMs = 2000;

    /// <summary>A relay that is not the home relay is left after so many ms without a datagram sent through it.</summary>
    public const int RelayIdleMs = 60000;

    /// <summary>Datagrams one turn takes from the queue before it answers.</summary>
    internal const int DatagramsPerTurn = 32;

    /// <summary>Datagrams a socket reader takes before it starts a turn.</summary>
    internal const int ReadBurst = 16;

    /// <summary>Turns a thread other than the loop's runs in a row before it hands the core to the loop.</summary>
    internal const int GuestTurns = 4;

    /// <summary>How long the loop rests, in ms, after a turn that failed by a fault of ours.</summary>
    internal const int FaultPauseMs = 100;

    /// <summary>How long Close waits, in ms, for the last datagrams and for the peers' answers.</summary>
    internal const int CloseLingerMs = 150;

    /// <summary>How long Close waits, in ms, for each thread.</summary>
    internal const int ThreadEndMs = 2000;

    /// <summary>Time address lookup gets when a dial has no timeout of its own, in ms.</summary>
    public const int LookupTimeoutMs = 10000;
}
