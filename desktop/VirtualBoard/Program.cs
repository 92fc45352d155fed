using System;
using System.CommandLine;
using System.IO;
using System.Net;
using System.Runtime.InteropServices;
using System.Threading;
using IrohLite.Desktop;

Option<string?> relay = new("--relay") { Description = "The board's home relay, such as http://127.0.0.1:3340", HelpName = "URL" };
Option<string?> token = new("--relay-token") { Description = "Access token of the relay", HelpName = "TOKEN" };
Option<string?> secret = new("--secret-file") { Description = "File with the secret key; made when it does not exist", HelpName = "FILE" };
Option<string> listen = new("--listen") { Description = "Address and port for direct connections", HelpName = "IP:PORT", DefaultValueFactory = _ => "0.0.0.0:0" };
Option<bool> relayOnly = new("--relay-only") { Description = "No UDP socket: reachable through the relay only" };
Option<string> crypto = new("--crypto") { Description = "Crypto provider", DefaultValueFactory = _ => CryptoChoice.Auto };
crypto.AcceptOnlyFromAmong(CryptoChoice.Names);
RootCommand root = new("A board without hardware: serves the echo protocols of iroh's examples and prints its tickets.")
{
    relay, token, secret, listen, relayOnly, crypto,
};
root.SetAction(parsed =>
{
    if (!IPEndPoint.TryParse(parsed.GetValue(listen)!, out IPEndPoint? address))
        throw new UserException("bad-address", "--listen wants an address and a port such as 0.0.0.0:4433");
    EndpointSetup setup = new()
    {
        Relay = parsed.GetValue(relay),
        RelayToken = parsed.GetValue(token),
        SecretFile = parsed.GetValue(secret),
        Crypto = parsed.GetValue(crypto)!,
        Udp = parsed.GetValue(relayOnly) ? null : address,
    };
    using ManualResetEventSlim stop = new();
    void Stop(PosixSignalContext signal)
    {
        signal.Cancel = true;
        stop.Set();
    }

    using PosixSignalRegistration term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
    using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
    TextWriter serial = TextWriter.Synchronized(Console.Out);
    using (VirtualBoard board = VirtualBoard.Start(setup, serial, Console.Error, 5000)) stop.Wait();
    serial.WriteLine("Endpoint closed");
    return 0;
});

int code;
try
{
    // The board handles the signals itself, to close its connections.
    code = root.Parse(args).Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
}
catch (UserException e)
{
    Console.Error.WriteLine("error: " + e.Message);
    code = 1;
}

// A thread may still be in a connect that takes its time; nothing is lost by not waiting for it.
Environment.Exit(code);
