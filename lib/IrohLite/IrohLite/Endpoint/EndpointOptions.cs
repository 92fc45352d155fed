using IrohLite.Crypto;
using IrohLite.Diagnostics;
using IrohLite.Discovery;
using IrohLite.Identity;
using IrohLite.Platform;
using IrohLite.Quic;

namespace IrohLite;

/// <summary>What an endpoint is made of. Set before <see cref="IrohEndpoint.Bind"/>; the same object may bind only one endpoint.</summary>
public sealed class EndpointOptions
{
    /// <summary>Who we are. Required.</summary>
    public SecretKey SecretKey { get; set; }

    /// <summary>The cryptography; used only by this endpoint. Required.</summary>
    public ICryptoProvider Crypto { get; set; }

    /// <summary>Randomness. Required.</summary>
    public IRandomSource Random { get; set; }

    /// <summary>Time. Required.</summary>
    public IClock Clock { get; set; }

    /// <summary>Where log lines go; null = nowhere.</summary>
    public ILogSink Log { get; set; }

    /// <summary>Lines up to this <see cref="Diagnostics.LogLevel"/> are written.</summary>
    public int LogLevel { get; set; } = Diagnostics.LogLevel.Info;

    /// <summary>The protocols accepted connections may ask for; empty = no connection is accepted. A <see cref="Router"/> adds its own.</summary>
    public string[] Alpns { get; set; } = new string[0];

    /// <summary>The home relay, kept connected from the start on; null = none.</summary>
    public RelayUrl Relay { get; set; }

    /// <summary>The access token for the home relay; null = none.</summary>
    public string RelayToken { get; set; }

    /// <summary>Opens the streams to relays; null = no relay can be used.</summary>
    public IStreamConnector Connector { get; set; }

    /// <summary>The bound UDP socket for direct connections; null = relay only. The endpoint closes it.</summary>
    public IUdpSocket Udp { get; set; }

    /// <summary>Where the UDP socket can be reached, for <see cref="IrohEndpoint.Addr"/>; entries that are not IP addresses are passed over.</summary>
    public TransportAddr[] DirectAddresses { get; set; } = new TransportAddr[0];

    /// <summary>Finds the addresses of endpoints that are dialed by id alone; null = such a dial fails at once.</summary>
    public IAddressLookup Lookup { get; set; }

    /// <summary>The transport's knobs.</summary>
    public QuicConfig Quic { get; set; } = QuicConfig.Device();

    /// <summary>Received UDP datagrams that may wait for the loop, each of QuicConfig.MaxUdpPayloadBytes; the oldest is dropped beyond.</summary>
    public int DatagramSlots { get; set; } = 12;

    /// <summary>Bytes of each of the three buffers of a relay connection: one for reading, two for writing.</summary>
    public int RelayBufferBytes { get; set; } = 4096;

    /// <summary>Bytes of datagrams and answers that may wait in a relay session; beyond, datagrams are dropped as a full network does.</summary>
    public int RelayQueueBytes { get; set; } = 16384;
}
