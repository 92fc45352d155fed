using System;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using IrohLite.RelayServer.Access;

namespace IrohLite.RelayServer;

/// <summary>What a <see cref="RelayHost"/> is started with.</summary>
public sealed class RelayHostOptions
{
    /// <summary>Where to listen; port 0 takes a free one.</summary>
    public IPEndPoint Listen { get; init; } = new(IPAddress.Loopback, 0);

    /// <summary>Who may connect.</summary>
    public IRelayAccess Access { get; init; } = new EveryoneAccess();

    /// <summary>Bytes per second read from each client; null reads as fast as it can.</summary>
    public long? BytesPerSecond { get; init; }

    /// <summary>Bytes a client may send at once; by default a tenth of <see cref="BytesPerSecond"/>.</summary>
    public long? BurstBytes { get; init; }

    /// <summary>Serve TLS with this certificate and its key; null serves plain HTTP.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Takes a line per event worth telling; never with secrets.</summary>
    public Action<string>? Log { get; init; }

    /// <summary>Time, for tests.</summary>
    internal TimeProvider Time { get; init; } = TimeProvider.System;
}
