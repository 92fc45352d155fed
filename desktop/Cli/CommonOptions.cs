using System;
using System.CommandLine;
using System.Net;
using IrohLite.Desktop;

namespace IrohLite.Cli;

/// <summary>The options every command understands.</summary>
internal sealed class CommonOptions
{
    private const int PatientMs = 60_000;

    private readonly Option<string?> _relay = new("--relay") { Description = "Home relay of this side, and for tickets that hold only an id", HelpName = "URL", Recursive = true };
    private readonly Option<string?> _token = new("--relay-token") { Description = "Access token of the relay (--relay, or else the ticket's)", HelpName = "TOKEN", Recursive = true };
    private readonly Option<string?> _secret = new("--secret-file") { Description = "File with this side's secret key; made when it does not exist", HelpName = "FILE", Recursive = true };
    private readonly Option<bool> _direct = new("--direct") { Description = "Direct UDP only, no relay", Recursive = true };
    private readonly Option<double> _timeout = new("--timeout") { Description = "Seconds to wait for each step (demo: 60 unless given)", HelpName = "SECONDS", Recursive = true, DefaultValueFactory = _ => 10 };
    private readonly Option<bool> _json = new("--json") { Description = "Print one JSON object", Recursive = true };
    private readonly Option<string> _lookup = new("--lookup") { Description = "Where ids without addresses are looked up: a pkarr server's URL, dns:HOST:PORT[/ORIGIN], or none", HelpName = "LOOKUP", Recursive = true, DefaultValueFactory = _ => LookupChoice.Default };
    private readonly Option<string> _crypto = new("--crypto") { Description = "Crypto provider", Recursive = true, DefaultValueFactory = _ => CryptoChoice.Auto };

    internal CommonOptions()
    {
        _crypto.AcceptOnlyFromAmong(CryptoChoice.Names);
        _timeout.Within(0.001, 86400, "seconds above 0, at most 86400");
    }

    internal void AddTo(Command root)
    {
        foreach (Option option in new Option[] { _relay, _token, _secret, _direct, _timeout, _json, _lookup, _crypto }) root.Add(option);
    }

    internal bool IsJson(ParseResult parsed) => parsed.GetValue(_json);

    internal bool IsDirect(ParseResult parsed) => parsed.GetValue(_direct);

    internal int TimeoutMs(ParseResult parsed) => (int)Math.Ceiling(parsed.GetValue(_timeout) * 1000);

    /// <summary>For a command that dials nobody but this computer: what takes long there is the computer, and it is not to be given up for that.</summary>
    internal int PatientTimeoutMs(ParseResult parsed) => parsed.GetResult(_timeout) is { Implicit: false } ? TimeoutMs(parsed) : PatientMs;

    internal string Crypto(ParseResult parsed) => parsed.GetValue(_crypto)!;

    internal EndpointSetup Setup(ParseResult parsed)
    {
        EndpointSetup setup = new()
        {
            Relay = parsed.GetValue(_relay),
            RelayToken = parsed.GetValue(_token),
            SecretFile = parsed.GetValue(_secret),
            UseRelays = !IsDirect(parsed),
            Crypto = Crypto(parsed),
            Lookup = parsed.GetValue(_lookup)!,
            Udp = new IPEndPoint(IPAddress.IPv6Any, 0),
        };
        if (!System.Net.Sockets.Socket.OSSupportsIPv6) setup.Udp = new IPEndPoint(IPAddress.Any, 0);
        if (IsDirect(parsed) && (setup.Relay != null || setup.RelayToken != null))
            throw new UserException("bad-options", "--direct uses no relay: leave out --relay and --relay-token, or leave out --direct");
        return setup;
    }
}
