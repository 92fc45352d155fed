using System;
using System.Net;
using IrohLite.Desktop;
using IrohLite.Identity;
using IrohLite.Protocols;
using IrohLite.RelayServer;
using IrohLite.RelayServer.Access;
using IrohLite.Tickets;
using Xunit;

namespace IrohLite.Cli.Tests;

/// <summary>An endpoint that serves echo on loopback, and the relay it is reached through if it has one.</summary>
internal sealed class EchoPeer : IDisposable
{
    private readonly Router _router;

    private EchoPeer(IrohEndpoint endpoint, Router router, RelayHost? relay)
    {
        Endpoint = endpoint;
        _router = router;
        Relay = relay;
    }

    internal IrohEndpoint Endpoint { get; }

    internal RelayHost? Relay { get; }

    internal string Ticket => EndpointTicket.Encode(Endpoint.Addr);

    internal string ShortTicket => EndpointTicket.Encode(new EndpointAddr(Endpoint.Id));

    /// <summary>Reachable over UDP only.</summary>
    internal static EchoPeer Direct() => Start(new EndpointSetup { UseRelays = false, Udp = new IPEndPoint(IPAddress.Loopback, 0), Crypto = CryptoChoice.Managed }, null);

    /// <summary>Reachable through a relay only, which wants a token if one is given.</summary>
    internal static EchoPeer Relayed(string? token = null)
    {
        RelayHostOptions options = token == null ? new() : new() { Access = new TokenAccess([token]) };
        RelayHost relay = RelayHost.StartAsync(options).GetAwaiter().GetResult();
        return Start(new EndpointSetup { Relay = relay.ListenUrl, RelayToken = token, Udp = null, Crypto = CryptoChoice.Managed }, relay);
    }

    public void Dispose()
    {
        _router.Stop();
        Relay?.StopAsync().GetAwaiter().GetResult();
    }

    private static EchoPeer Start(EndpointSetup setup, RelayHost? relay)
    {
        IrohEndpoint endpoint = IrohEndpoint.Bind(setup.CreateOptions());
        Router router = new(endpoint);
        router.Add(EchoProtocol.Alpn, new EchoProtocol(65536, null));
        router.Add(EchoProtocol.ShortAlpn, new EchoProtocol(1000, null));
        router.Add("silent/0", new SilentProtocol());
        router.Add("wrong/0", new WrongProtocol());
        router.Start();
        Assert.True(endpoint.WaitOnline(60000), endpoint.RelayStatus);
        return new EchoPeer(endpoint, router, relay);
    }

    private sealed class SilentProtocol : IProtocolHandler
    {
        public void Handle(IrohConnection connection) => connection.WaitClosed(-1);
    }

    private sealed class WrongProtocol : IProtocolHandler
    {
        public void Handle(IrohConnection connection)
        {
            IrohStream stream = connection.AcceptStream(-1);
            byte[] buffer = new byte[1000];
            int count = stream.Read(buffer, 0, buffer.Length, -1);
            buffer[count - 1] ^= 1;
            stream.WriteLast(buffer, 0, count, -1);
            connection.WaitClosed(-1);
        }
    }
}
