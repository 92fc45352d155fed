using System.Net;
using System.Net.Sockets;
using IrohLite.Crypto;
using IrohLite.Diagnostics;
using IrohLite.Identity;
using IrohLite.Platform;
using IrohLite.Quic;

namespace IrohLite.Desktop;

/// <summary>What the desktop programs let a user choose about an endpoint, and the options made of it.</summary>
public sealed class EndpointSetup
{
    /// <summary>The home relay's URL; null = none.</summary>
    public string? Relay { get; set; }

    /// <summary>The home relay's access token; null = none.</summary>
    public string? RelayToken { get; set; }

    /// <summary>Where the secret key is kept; null = a new one each time.</summary>
    public string? SecretFile { get; set; }

    /// <summary>The secret key itself, in place of a file; null = <see cref="SecretFile"/> decides.</summary>
    public SecretKey? SecretKey { get; set; }

    /// <summary>How ids without addresses are looked up, as <see cref="LookupChoice"/> reads it.</summary>
    public string Lookup { get; set; } = LookupChoice.None;

    /// <summary>A name of <see cref="CryptoChoice"/>.</summary>
    public string Crypto { get; set; } = CryptoChoice.Auto;

    /// <summary>Whether relays may be used.</summary>
    public bool UseRelays { get; set; } = true;

    /// <summary>Where to listen for direct connections; null = no UDP.</summary>
    public IPEndPoint? Udp { get; set; } = new(IPAddress.Any, 0);

    /// <summary>Where log lines go; null = nowhere.</summary>
    public ILogSink? Log { get; set; }

    /// <summary>Makes the options; opens the UDP socket.</summary>
    public EndpointOptions CreateOptions()
    {
        ICryptoProvider crypto = CryptoChoice.Create(Crypto);
        SystemRandomSource random = new();
        EndpointOptions options = new()
        {
            Crypto = crypto,
            Random = random,
            SecretKey = SecretKey ?? Desktop.SecretFile.Load(SecretFile, crypto, random),
            Clock = new DesktopClock(),
            Log = Log,
            LogLevel = LogLevel.Info,
            Quic = QuicConfig.Desktop(),
            Connector = UseRelays ? new DesktopStreamConnector() : null,
            Relay = Relay == null || !UseRelays ? null : ParseRelay(Relay),
            RelayToken = RelayToken,
            Lookup = LookupChoice.Create(Lookup, Crypto),
            DatagramSlots = 512,
            RelayBufferBytes = 64 * 1024,
            RelayQueueBytes = 512 * 1024,
        };
        options.Quic.KeepAliveMs = 5000;
        if (Udp != null) BindUdp(options, Udp);
        return options;
    }

    /// <summary>Reads a relay URL a user gave.</summary>
    public static RelayUrl ParseRelay(string text)
    {
        if (RelayUrl.TryParse(text, out RelayUrl url, out string error)) return url;
        throw new UserException("bad-relay-url", "'" + text + "' is not a relay URL: " + error + ". Try something like http://127.0.0.1:3340");
    }

    private static void BindUdp(EndpointOptions options, IPEndPoint listen)
    {
        try
        {
            DesktopUdpSocket socket = new(listen.Address, listen.Port);
            options.Udp = socket;
            options.DirectAddresses = socket.ReachableAt();
        }
        catch (SocketException e)
        {
            throw CannotListen(listen, e);
        }
    }

    /// <summary>What to tell a user whose choice of address or port the system refused.</summary>
    internal static UserException CannotListen(IPEndPoint listen, SocketException e) =>
        new("udp-bind", "cannot listen on UDP " + listen + ": " + e.Message + ". Use an address of this computer and another port, or port 0");
}
