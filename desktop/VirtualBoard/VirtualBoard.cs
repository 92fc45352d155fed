using System;
using System.IO;
using IrohLite.Identity;
using IrohLite.Protocols;
using IrohLite.Text;
using IrohLite.Tickets;

namespace IrohLite.Desktop;

/// <summary>A board without hardware: an endpoint that serves echo and prints what the ESP32 prints on its serial line.</summary>
public sealed class VirtualBoard : IDisposable
{
    private const int EchoBufferBytes = 64 * 1024;

    private readonly Router _router;

    private VirtualBoard(IrohEndpoint endpoint, Router router)
    {
        Endpoint = endpoint;
        _router = router;
    }

    /// <summary>The running endpoint.</summary>
    public IrohEndpoint Endpoint { get; }

    /// <summary>The ticket that holds only the id.</summary>
    public string ShortTicket => EndpointTicket.Encode(new EndpointAddr(Endpoint.Id));

    /// <summary>The ticket with the relay, once it is online, and the direct addresses.</summary>
    public string LongTicket => EndpointTicket.Encode(Endpoint.Addr);

    /// <summary>
    /// Starts a board: waits up to <paramref name="onlineTimeoutMs"/> for its relay, prints its lines to <paramref name="serial"/>, and
    /// serves. A relay that cannot be reached is told to <paramref name="trouble"/> and tried on.
    /// </summary>
    public static VirtualBoard Start(EndpointSetup setup, TextWriter serial, TextWriter trouble, int onlineTimeoutMs)
    {
        SerialLog log = new(serial, trouble);
        setup.Log = log;
        EndpointOptions options = setup.CreateOptions();
        IrohEndpoint endpoint = IrohEndpoint.Bind(options);
        Router router = new(endpoint);
        EchoProtocol echo = new(EchoBufferBytes, log);
        router.Add(EchoProtocol.Alpn, echo);
        router.Add(EchoProtocol.ShortAlpn, echo);
        VirtualBoard board = new(endpoint, router);
        lock (serial) serial.WriteLine("Iroh endpoint bound");
        if (!endpoint.WaitOnline(onlineTimeoutMs))
            lock (trouble) trouble.WriteLine("the relay is not reached yet, the long ticket lacks it: " + endpoint.RelayStatus);
        board.PrintAddresses(options, serial);
        router.Start();
        lock (serial) serial.WriteLine("Router started, accepting connections");
        return board;
    }

    /// <summary>Closes the connections and the endpoint.</summary>
    public void Dispose() => _router.Stop();

    private void PrintAddresses(EndpointOptions options, TextWriter serial)
    {
        lock (serial)
        {
            foreach (TransportAddr address in options.DirectAddresses)
                serial.WriteLine("  Listening on: " + IpText.FormatWithPort(address.IpAddress, address.Port));
            serial.WriteLine("  Endpoint ID: " + Endpoint.Id);
            serial.WriteLine("  Short ticket: " + ShortTicket);
            serial.WriteLine("  Long ticket:  " + LongTicket);
        }
    }
}
