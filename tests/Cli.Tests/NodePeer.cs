using System;
using System.IO;
using System.Net;
using System.Threading;
using IrohLite.Crypto;
using IrohLite.Desktop;
using IrohLite.Identity;
using IrohLite.Platform;
using IrohLite.RelayServer;
using IrohLite.RelayServer.Lookup;
using IrohLite.Text;

namespace IrohLite.Cli.Tests;

/// <summary>
/// A virtual board behind a relay that also answers lookups, with air that never changes, and an owner whose key is in a file. Ready when
/// its sensors have been read.
/// </summary>
public sealed class NodePeer : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("irohlite").FullName;

    /// <summary>Starts relay and board.</summary>
    public NodePeer()
    {
        Relay = RelayHost.StartAsync(new RelayHostOptions { Pkarr = new PkarrStore(null), Dns = new IPEndPoint(IPAddress.Loopback, 0) }).GetAwaiter().GetResult();
        DesktopCryptoProvider crypto = new();
        SecretKey owner = SecretKey.Generate(new SystemRandomSource(), crypto);
        OwnerFile = Write("owner", Hex.Encode(owner.Seed, 0, 32));
        BoardChoices choices = new()
        {
            Owners = owner.Id.ToString(), FaultRate = 0, InsideCsv = Write("inside.csv", "23.5,41.2"), OutsideCsv = Write("outside.csv", "-5.3,80.5"),
            Secrets = ["RECORD_SECONDS=2", "PUBLISH=on", "PUBLISH_URL=" + LookupUrl],
        };
        Board = VirtualBoard.Start(new EndpointSetup { Relay = Relay.ListenUrl, Udp = null, Crypto = CryptoChoice.Managed }, choices, Serial, Serial, 60000);
        if (!SpinWait.SpinUntil(() => Board.Context.Sampler.Inside.GoodCount > 0 && Board.Context.Sampler.Log.NextId > 2, 60000))
            throw new InvalidOperationException("the board took no reading: " + Serial);
    }

    internal RelayHost Relay { get; }

    internal VirtualBoard Board { get; }

    internal StringWriter Serial { get; } = new();

    internal string Ticket => Board.LongTicket;

    internal string OwnerFile { get; }

    internal string LookupUrl => Relay.ListenUrl + "pkarr";

    /// <inheritdoc/>
    public void Dispose()
    {
        Board.Dispose();
        Relay.StopAsync().GetAwaiter().GetResult();
        Directory.Delete(_folder, true);
    }

    private string Write(string name, string line)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, line + "\n");
        return path;
    }
}
