using System;

namespace IrohLite.RelayServer;

/// <summary>Everything a client can push on, and how far.</summary>
internal static class RelayLimits
{
    /// <summary>Longest head of an upgrade request.</summary>
    public const int MaxRequestHeadBytes = 16 * 1024;

    /// <summary>Frames (a batch is one) waiting for one client; further ones are dropped.</summary>
    public const int MaxQueuedPackets = 512;

    /// <summary>Pongs, Status, EndpointGone and pings waiting for one client; further ones are dropped.</summary>
    public const int MaxQueuedControls = 4096;

    /// <summary>Ids that are told when one id leaves.</summary>
    public const int MaxRememberedPeers = 16384;

    /// <summary>TCP connections at a time.</summary>
    public const int MaxConnections = 16384;

    /// <summary>Largest relay frame: one type of at most 8 bytes and 65,536 bytes of payload.</summary>
    public const int MaxFrameBytes = 65536 + 8;

    /// <summary>Largest rate limit: 1 TB/s, far from where the reckoning of it would overflow.</summary>
    public const long MaxBytesPerSecond = 1_000_000_000_000;

    /// <summary>From TCP accept to an authorised session.</summary>
    public static readonly TimeSpan EstablishTimeout = TimeSpan.FromSeconds(30);

    /// <summary>For one write to a client to get on its way.</summary>
    public static readonly TimeSpan WriteTimeout = TimeSpan.FromSeconds(2);
}
