namespace IrohLite.Quic;

/// <summary>The knobs of the transport. Every connection of a demultiplexer shares them; set them before it is created.</summary>
public sealed class QuicConfig
{
    // Stream bytes of five full datagrams, less what two grants of half the window waste.
    private const int BoxBytes = 5632;

    /// <summary>Silence after which a connection is given up, in ms; the smaller one of both sides counts (RFC 9000 section 10.1).</summary>
    public long MaxIdleTimeoutMs { get; set; } = 30000;

    /// <summary>Largest UDP payload we accept. 1200, the smallest allowed, keeps iroh from probing for more.</summary>
    public int MaxUdpPayloadBytes { get; set; } = 1200;

    /// <summary>
    /// Bytes the peer may have in flight to us on all streams together. With less than the windows of all streams the peer may open, a
    /// handler that serves them one after the other can wait for ever: unread bytes of the others hold what the first one needs.
    /// </summary>
    public long InitialMaxData { get; set; } = 32768;

    /// <summary>Bytes the peer may have in flight to us on one stream: the size of a stream's receive buffer.</summary>
    public long InitialMaxStreamData { get; set; } = 8192;

    /// <summary>Streams the peer may have open at once. Unidirectional streams are always refused.</summary>
    public int MaxBidirectionalStreams { get; set; } = 4;

    /// <summary>Streams we may have open at once, whatever the peer allows beyond.</summary>
    public int MaxLocalStreams { get; set; } = 4;

    /// <summary>Bytes of a stream's send buffer: written and not yet acknowledged.</summary>
    public int SendBufferBytes { get; set; } = 8192;

    /// <summary>Connections at once, in both roles together; a further peer is refused with CONNECTION_REFUSED.</summary>
    public int MaxConnections { get; set; } = 4;

    /// <summary>Silence in ms after which a PING is sent; 0 = never.</summary>
    public long KeepAliveMs { get; set; }

    /// <summary>Ranges of received packet numbers kept per packet number space.</summary>
    public int AckRanges { get; set; } = 32;

    /// <summary>1-RTT packets that may be in flight at once.</summary>
    public int SentPackets { get; set; } = 48;

    /// <summary>32 secret bytes from which stateless reset tokens are made, the same after a restart; null = no stateless resets.</summary>
    public byte[] ResetTokenKey { get; set; }

    /// <summary>Small windows and few streams, for a device with some 100 KB of heap.</summary>
    public static QuicConfig Device() => new QuicConfig();

    /// <summary>
    /// As <see cref="Device"/>, with a stream window that fits a UDP receive box of six datagrams, the default of lwIP: a peer that fills
    /// it sends six at most before it needs another grant, so nothing is lost however late the box is read. Several streams at once may
    /// still overrun the box; a connection window that forbids it could starve one of them.
    /// </summary>
    public static QuicConfig DeviceOnUdp() => new QuicConfig { InitialMaxData = 4 * BoxBytes, InitialMaxStreamData = BoxBytes };

    /// <summary>Windows and counts for a computer.</summary>
    public static QuicConfig Desktop() => new QuicConfig
    {
        InitialMaxData = 4 * 1024 * 1024,
        InitialMaxStreamData = 1024 * 1024,
        MaxBidirectionalStreams = 100,
        MaxLocalStreams = 100,
        SendBufferBytes = 1024 * 1024,
        MaxConnections = 256,
        AckRanges = 64,
        SentPackets = 1024,
    };
}
