using System;
using System.CommandLine;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using IrohLite.Crypto;
using IrohLite.Desktop;
using IrohLite.Discovery;
using IrohLite.RelayServer;
using IrohLite.RelayServer.Access;
using IrohLite.RelayServer.Lookup;

// The command line of the relay; everything else is RelayHost.
ProgramOutput.Install(outputMatters: false);
Option<string> listen = new("--listen") { Description = "HOST:PORT to listen on.", DefaultValueFactory = _ => "0.0.0.0:3340" };
Option<string> access = new("--access") { Description = "Who may connect: " + AccessOption.Syntax, DefaultValueFactory = _ => "everyone" };
Option<string[]> tokens = new("--token") { Description = "A shared token for --access token; may be repeated. IROH_RELAY_ACCESS_TOKEN replaces them." };
Option<string?> bearer = new("--http-bearer") { Description = "Bearer token for --access http. IROH_RELAY_HTTP_BEARER_TOKEN replaces it." };
Option<long?> rate = new("--rate-limit") { Description = "Bytes per second read from each client." };
Option<long?> burst = new("--burst") { Description = "Bytes a client may send at once; by default a tenth of --rate-limit." };
Option<string?> certificate = new("--tls-cert") { Description = "PEM certificate chain, the relay's own first; serves TLS instead of plain HTTP." };
Option<string?> key = new("--tls-key") { Description = "PEM private key of --tls-cert." };
Option<bool> pkarr = new("--pkarr") { Description = "Keep and serve signed packets at /pkarr, so that endpoints can be dialled by id alone." };
Option<string?> pkarrFolder = new("--pkarr-dir") { Description = "Folder that keeps them over restarts; implies --pkarr." };
Option<string?> dns = new("--dns") { Description = "HOST:PORT to answer DNS about them on UDP and TCP; implies --pkarr." };
Option<string> dnsOrigin = new("--dns-origin") { Description = "Domain under which DNS is asked for ids.", DefaultValueFactory = _ => DnsTxtLookup.DefaultOrigin };
Option<bool> quiet = new("--quiet") { Description = "Do not tell who comes and goes." };
rate.Within(1, RelayLimits.MaxBytesPerSecond, "1 to " + RelayLimits.MaxBytesPerSecond + " bytes per second");
burst.Within(1, RelayLimits.MaxBytesPerSecond, "1 to " + RelayLimits.MaxBytesPerSecond + " bytes");
RootCommand root = new("A small iroh relay for a desk, a LAN and tests. On the internet run iroh-relay.")
{
    listen, access, tokens, bearer, rate, burst, certificate, key, pkarr, pkarrFolder, dns, dnsOrigin, quiet,
};
root.SetAction(RunAsync);
ParseResult line = root.Parse(args);
if (UsageErrors.Of(line) is not { } wrong) return await line.InvokeAsync();
UsageErrors.Tell(line, wrong, Console.Error);
return 1;

async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
{
    RelayHost relay;
    try
    {
        CheckPairs(parsed);
        relay = await RelayHost.StartAsync(Options(parsed), stop);
    }
    catch (SocketException e)
    {
        Console.Error.WriteLine($"irohlite relay: cannot listen on {parsed.GetValue(listen)}: {e.Message}");
        return 1;
    }
    catch (Exception e) when (e is FormatException or ArgumentException or IOException or UnauthorizedAccessException)
    {
        Console.Error.WriteLine("irohlite relay: " + e.Message);
        return 1;
    }

    await using (relay)
    {
        Console.WriteLine("Relay listening on " + relay.ListenUrl);
        foreach (string url in LanUrls(relay)) Console.WriteLine("  in the LAN: " + url);
        if (relay.DnsEndPoint != null) Console.WriteLine("DNS listening on " + relay.DnsEndPoint + " for _iroh.<id>." + parsed.GetValue(dnsOrigin));
        try
        {
            await Task.Delay(Timeout.Infinite, stop);
        }
        catch (OperationCanceledException)
        {
            Console.WriteLine("Relay stopping");
        }
    }

    return 0;
}

RelayHostOptions Options(ParseResult parsed)
{
    string[] shared = Environment.GetEnvironmentVariable("IROH_RELAY_ACCESS_TOKEN") is { } one ? [one] : parsed.GetValue(tokens) ?? [];
    string? presented = Environment.GetEnvironmentVariable("IROH_RELAY_HTTP_BEARER_TOKEN") ?? parsed.GetValue(bearer);
    Action<string>? log = parsed.GetValue(quiet) ? null : Console.WriteLine;
    bool isPkarr = parsed.GetValue(pkarr) || parsed.GetValue(pkarrFolder) != null || parsed.GetValue(dns) != null;
    ServerCertificate? tls = parsed.GetValue(certificate) is { } path ? ServerCertificate.FromPem(path, parsed.GetValue(key)!) : null;
    return new RelayHostOptions
    {
        Listen = ListenAddress.Parse("--listen", parsed.GetValue(listen)!),
        Access = AccessOption.Parse(parsed.GetValue(access)!, shared, presented, new DesktopCryptoProvider(1)),
        BytesPerSecond = parsed.GetValue(rate),
        BurstBytes = parsed.GetValue(burst),
        Certificate = tls?.Certificate,
        CertificateChain = tls?.Chain,
        Dns = parsed.GetValue(dns) is { } where ? ListenAddress.Parse("--dns", where) : null,
        Pkarr = isPkarr ? new PkarrStore(parsed.GetValue(pkarrFolder), Console.Error.WriteLine) : null,
        DnsOrigin = parsed.GetValue(dnsOrigin)!,
        Log = log,
    };
}

// An option that does nothing alone is a mistake, and with --token a dangerous one: the relay would be open.
void CheckPairs(ParseResult parsed)
{
    string mode = parsed.GetValue(access)!;
    if (parsed.GetValue(burst) != null && parsed.GetValue(rate) == null) throw new FormatException("--burst wants --rate-limit beside it");
    if (parsed.GetValue(tokens) is { Length: > 0 } && mode != "token") throw new FormatException("--token wants --access token beside it");
    if (parsed.GetValue(bearer) != null && !mode.StartsWith("http", StringComparison.Ordinal)) throw new FormatException("--http-bearer wants --access http:URL beside it");
    if ((parsed.GetValue(certificate) == null) != (parsed.GetValue(key) == null)) throw new FormatException("--tls-cert and --tls-key go together");
    if (parsed.GetResult(dnsOrigin) is { Implicit: false } && parsed.GetValue(dns) == null) throw new FormatException("--dns-origin wants --dns beside it");
    if (!DnsTxt.IsOrigin(parsed.GetValue(dnsOrigin)!)) throw new FormatException($"--dns-origin '{parsed.GetValue(dnsOrigin)}' is not a domain such as dns.iroh.link");
}

// Listening on every address names none that a board could dial; these are.
static IEnumerable<string> LanUrls(RelayHost relay)
{
    UriBuilder url = new(relay.ListenUrl);
    if (!IPAddress.TryParse(url.Host.Trim('[', ']'), out IPAddress? address) || (!address.Equals(IPAddress.Any) && !address.Equals(IPAddress.IPv6Any))) yield break;
    foreach (NetworkInterface link in NetworkInterface.GetAllNetworkInterfaces().Where(link => link.OperationalStatus == OperationalStatus.Up))
        foreach (UnicastIPAddressInformation own in link.GetIPProperties().UnicastAddresses)
        {
            if (own.Address.AddressFamily != AddressFamily.InterNetwork || IPAddress.IsLoopback(own.Address)) continue;
            url.Host = own.Address.ToString();
            yield return url.Uri.ToString();
        }
}
