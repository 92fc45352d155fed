using System;
using System.CommandLine;
using System.IO;
using System.Net;
using System.Threading;
using IrohLite.Desktop;

ProgramOutput.Install(outputMatters: false);
Option<string?> relay = new("--relay") { Description = "The board's home relay, such as http://127.0.0.1:3340", HelpName = "URL" };
Option<string?> token = new("--relay-token") { Description = "Access token of the relay", HelpName = "TOKEN" };
Option<string?> secret = new("--secret-file") { Description = "File with the secret key; made when it does not exist", HelpName = "FILE" };
Option<string> listen = new("--listen") { Description = "Address and port for direct connections", HelpName = "IP:PORT", DefaultValueFactory = _ => "0.0.0.0:0" };
Option<bool> relayOnly = new("--relay-only") { Description = "No UDP socket: reachable through the relay only" };
Option<string> crypto = new("--crypto") { Description = "Crypto provider", DefaultValueFactory = _ => CryptoChoice.Auto };
crypto.AcceptOnlyFromAmong(CryptoChoice.Names);
Option<string> owners = new("--owners") { Description = "Endpoint ids that may control the board, separated by commas", DefaultValueFactory = _ => "" };
Option<FileInfo?> config = new("--config") { Description = "More lines as in wifi.secrets.example, except SSID and RELAY", HelpName = "FILE" };
Option<string?> flash = new("--flash") { Description = "Folder of the board's flash; without it nothing outlives the process", HelpName = "DIR" };
Option<string?> inside = new("--inside") { Description = "CSV with temperature,humidity of the inside air, a row a minute", HelpName = "FILE" };
Option<string?> outside = new("--outside") { Description = "The same for the outside air", HelpName = "FILE" };
Option<int> seed = new("--seed") { Description = "Seed of the simulated faults", HelpName = "N", DefaultValueFactory = _ => 1 };
Option<double> faults = new("--faults") { Description = "Share of spoiled sensor transmissions, 0 to 1", HelpName = "SHARE", DefaultValueFactory = _ => 0.02 };
seed.Within(0, int.MaxValue, "a number from 0 on");
faults.Within(0, 1, "a number from 0 to 1");
Option<FileInfo?> script = new("--script") { Description = "File with orders; without it they are read from standard input", HelpName = "FILE" };
RootCommand root = new("A board without hardware: the node's own firmware with simulated WiFi, sensors, switch and flash.\n\nOrders, one a line:\n" + BoardOrders.Help)
{
    relay, token, secret, listen, relayOnly, crypto, owners, config, flash, inside, outside, seed, faults, script,
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
    using StopSignals signals = new(_ => stop.Set());
    TextWriter serial = TextWriter.Synchronized(Console.Out);
    BoardChoices choices = new()
    {
        Owners = parsed.GetValue(owners)!,
        Secrets = parsed.GetValue(config) is { } file ? File.ReadAllLines(file.FullName) : null,
        FlashFolder = parsed.GetValue(flash),
        InsideCsv = parsed.GetValue(inside),
        OutsideCsv = parsed.GetValue(outside),
        Seed = parsed.GetValue(seed),
        FaultRate = parsed.GetValue(faults),
    };
    TextReader orders = parsed.GetValue(script) is { } path ? path.OpenText() : Console.In;
    using (VirtualBoard board = VirtualBoard.Start(setup, choices, serial, Console.Error, 5000))
    {
        Thread listener = new(() =>
        {
            if (new BoardOrders(board, serial).Run(orders)) stop.Set();
        }) { IsBackground = true };
        listener.Start();
        stop.Wait();
    }

    serial.WriteLine("Endpoint closed");
    return 0;
});

int code;
try
{
    // The board handles the signals itself, to close its connections.
    ParseResult parsed = root.Parse(args);
    if (UsageErrors.Of(parsed) is { } wrong)
    {
        UsageErrors.Tell(parsed, wrong, Console.Error);
        code = 1;
    }
    else code = parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
}
catch (Exception e) when (e is UserException or IOException or UnauthorizedAccessException)
{
    // What the system says about a file names the file.
    Console.Error.WriteLine("error: " + e.Message);
    code = 1;
}

// A thread may still be in a connect that takes its time; nothing is lost by not waiting for it.
Environment.Exit(code);
