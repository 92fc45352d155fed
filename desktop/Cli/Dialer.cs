using System;
using System.Diagnostics;
using IrohLite.Desktop;
using IrohLite.Identity;

namespace IrohLite.Cli;

/// <summary>This side of one connection: the endpoint and the connection, closed together.</summary>
internal sealed class Dialer : IDisposable
{
    private static volatile int s_stopCode;
    private readonly StopSignals _signals;

    private Dialer(IrohEndpoint endpoint, StopSignals signals, IrohConnection connection, double connectMs)
    {
        _signals = signals;
        Endpoint = endpoint;
        Connection = connection;
        ConnectMs = connectMs;
    }

    /// <summary>The exit code of a program that is ended by a signal; 0 while it is not. What fails then has been closed by us.</summary>
    internal static int StopCode => s_stopCode;

    internal IrohEndpoint Endpoint { get; }

    internal IrohConnection Connection { get; }

    /// <summary>From the call to the finished handshake.</summary>
    internal double ConnectMs { get; }

    /// <summary>Dials a ticket.</summary>
    internal static Dialer Dial(EndpointSetup setup, string ticket, string alpn, int timeoutMs)
    {
        EndpointAddr addr = TicketReader.Read(ticket, CryptoChoice.Create(setup.Crypto));
        addr = setup.UseRelays ? WithRelay(addr, setup) : OnlyDirect(addr);
        IrohEndpoint endpoint = IrohEndpoint.Bind(setup.CreateOptions());

        // Without a word from us the peer would keep our place for the idle timeout, and a board has four.
        StopSignals signals = new(code =>
        {
            s_stopCode = code;
            endpoint.Close();
            Environment.Exit(code);
        });
        try
        {
            Stopwatch watch = Stopwatch.StartNew();
            IrohConnection connection = endpoint.Connect(addr, alpn, timeoutMs);
            return new Dialer(endpoint, signals, connection, watch.Elapsed.TotalMilliseconds);
        }
        catch
        {
            endpoint.Close();
            signals.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Endpoint.Close();
        _signals.Dispose();
    }

    // A token is meant for the one relay the user has in mind: --relay, or else the ticket's. It is never shown to another one.
    private static EndpointAddr WithRelay(EndpointAddr addr, EndpointSetup setup)
    {
        if (setup.RelayToken != null && setup.Relay == null)
            setup.Relay = (addr.FirstRelay() ?? throw new UserException("bad-options", "--relay-token needs a relay: the ticket names none, add --relay URL")).ToString();
        if (addr.Count == 0 && setup.Relay != null) addr.AddRelay(EndpointSetup.ParseRelay(setup.Relay));
        return addr;
    }

    private static EndpointAddr OnlyDirect(EndpointAddr addr)
    {
        EndpointAddr direct = new(addr.Id);
        for (int i = 0; i < addr.Count; i++)
            if (addr.Get(i).Kind == TransportAddr.KindIp) direct.Add(addr.Get(i));
        if (direct.Count == 0 && addr.Count > 0)
            throw new UserException("no-address", "the ticket has no direct address, only a relay: leave out --direct");
        return direct;
    }
}
