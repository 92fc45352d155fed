namespace IrohLite.Quic;

/// <summary>Every bound a peer can push on, and what happens at it. Bounds that are knobs stand in <see cref="QuicConfig"/>.</summary>
public static class Limits
{
    /// <summary>Addresses a dial tries at once; further ones are ignored.</summary>
    public const int CandidatePaths = 8;

    /// <summary>Every datagram we send is at most this long (RFC 9000 section 14.1).</summary>
    internal const int DatagramBytes = 1200;

    /// <summary>Bytes of our connection ids.</summary>
    internal const int LocalCidBytes = 8;

    /// <summary>A client's first destination connection id is at least this long (RFC 9000 section 7.2); shorter: dropped.</summary>
    internal const int MinInitialDcidBytes = 8;

    /// <summary>CRYPTO bytes buffered ahead of TLS per level; beyond: CRYPTO_BUFFER_EXCEEDED (RFC 9000 section 7.5).</summary>
    internal const int CryptoInitialBytes = 4096;

    /// <summary>As <see cref="CryptoInitialBytes"/>, at the Handshake level.</summary>
    internal const int CryptoHandshakeBytes = 4096;

    /// <summary>As <see cref="CryptoInitialBytes"/>, after the handshake.</summary>
    internal const int CryptoOneRttBytes = 1024;

    /// <summary>Handshake bytes we may have unacknowledged per level.</summary>
    internal const int CryptoSendBytes = 2048;

    /// <summary>Ranges of received packet numbers kept per handshake space.</summary>
    internal const int HandshakeAckRanges = 8;

    /// <summary>Packets in flight per handshake space.</summary>
    internal const int HandshakeSentPackets = 8;

    /// <summary>RETIRE_CONNECTION_ID frames not yet acknowledged; beyond: CONNECTION_ID_LIMIT_ERROR (RFC 9000 section 5.1.2).</summary>
    internal const int PendingRetirements = 8;

    /// <summary>Bytes of a Retry token; a Retry with a longer one is dropped.</summary>
    internal const int RetryTokenBytes = 256;

    /// <summary>Bytes sent to an address that has not proven itself, per byte received from it (RFC 9000 section 8.1).</summary>
    internal const int AmplificationFactor = 3;

    /// <summary>Age from which a client's unfinished handshake gives its place to a newcomer when all places are taken.</summary>
    internal const long HandshakeGraceMs = 3000;

    /// <summary>Remembered ends of connections, so that stragglers are dropped unopened; the oldest makes room.</summary>
    internal const int Tombstones = 16;

    /// <summary>How long an end is remembered.</summary>
    internal const long TombstoneMs = 5000;

    /// <summary>Least time between two stateless resets, version negotiations or refusals.</summary>
    internal const long StatelessIntervalMs = 20;

    /// <summary>The first packet number is left out after so many (a power of two), twice at most; the next after twice as many, and so on.</summary>
    internal const int PacketsToSkip = 128;

    /// <summary>Tries to validate a client's new address before the old one is used again.</summary>
    internal const int PathChallenges = 3;
}
