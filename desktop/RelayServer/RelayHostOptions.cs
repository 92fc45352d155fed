using System;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using IrohLite.RelayServer.Access;
using IrohLite.RelayServer.Lookup;

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

    /// <summary>What is sent along with <see cref="Certificate"/>: the certificates between it and the authority that clients know.</summary>
    public X509Certificate2Collection? CertificateChain { get; init; }

    /// <summary>Serves PUT and GET of signed packets at /pkarr from this store; null = not served.</summary>
    public PkarrStore? Pkarr { get; init; }

    /// <summary>Answers DNS about the packets of <see cref="Pkarr"/> here, on UDP and TCP; null = no DNS.</summary>
    public IPEndPoint? Dns { get; init; }

    /// <summary>The domain under which DNS is asked for ids.</summary>
    public string DnsOrigin { get; init; } = "dns.iroh.link";

    /// <summary>Takes a line per event worth telling; never with secrets.</summary>
    public Action<string>? Log { get; init; }

    /// <summary>Time, for tests.</summary>
    internal TimeProvider Time { get; init; } = TimeProvider.System;
}
