using System;
using System.CommandLine;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;
using IrohLite.Crypto;
using IrohLite.RelayServer;
using IrohLite.RelayServer.Access;
using IrohLite.RelayServer.Lookup;

// The command line of the relay; everything else is RelayHost.
Option<string> listen = new("--listen") { Description = "HOST:PORT to listen on.", DefaultValueFactory = _ => "0.0.0.0:3340" };
Option<string> access = new("--access") { Description = "Who may connect: " + AccessOption.Syntax, DefaultValueFactory = _ => "everyone" };
Option<string[]> tokens = new("--token") { Description = "A shared token for --access token; may be repeated. IROH_RELAY_ACCESS_TOKEN replaces them." };
Option<string?> bearer = new("--http-bearer") { Description = "Bearer token for --access http. IROH_RELAY_HTTP_BEARER_TOKEN replaces it." };
Option<long?> rate = new("--rate-limit") { Description = "Bytes per second read from each client." };
Option<long?> burst = new("--burst") { Description = "Bytes a client may send at once; by default a tenth of --rate-limit." };
Option<string?> certificate = new("--tls-cert") { Description = "PEM certificate chain; serves TLS instead of plain HTTP." };
Option<string?> key = new("--tls-key") { Description = "PEM private key of --tls-cert." };
Option<bool> pkarr = new("--pkarr") { Description = "Keep and serve signed packets at /pkarr, so that endpoints can be dialled by id alone." };
Option<string?> pkarrFolder = new("--pkarr-dir") { Description = "Folder that keeps them over restarts; implies --pkarr." };
Option<string?> dns = new("--dns") { Description = "HOST:PORT to answer DNS about them on UDP and TCP; implies --pkarr." };
Option<string> dnsOrigin = new("--dns-origin") { Description = "Domain under which DNS is asked for ids.", DefaultValueFactory = _ => "dns.iroh.link" };
Option<bool> quiet = new("--quiet") { Description = "Do not tell who comes and goes." };
RootCommand root = new("A small iroh relay for a desk, a LAN and tests. On the internet run iroh-relay.")
{
    listen, access, tokens, bearer, rate, burst, certificate, key, pkarr, pkarrFolder, dns, dnsOrigin, quiet,
};
root.SetAction(RunAsync);
return await root.Parse(args).InvokeAsync();

async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
{
    RelayHost relay;
    try
    {
        if (parsed.GetValue(burst) != null && parsed.GetValue(rate) == null) throw new FormatException("--burst wants --rate-limit beside it");
        string[] shared = Environment.GetEnvironmentVariable("IROH_RELAY_ACCESS_TOKEN") is { } one ? [one] : parsed.GetValue(tokens) ?? [];
        string? presented = Environment.GetEnvironmentVariable("IROH_RELAY_HTTP_BEARER_TOKEN") ?? parsed.GetValue(bearer);
        RelayHostOptions options = new()
        {
            Listen = ParseAddress("--listen", parsed.GetValue(listen)!),
            Access = AccessOption.Parse(parsed.GetValue(access)!, shared, presented, new DesktopCryptoProvider(1)),
            BytesPerSecond = Positive(parsed.GetValue(rate), "--rate-limit"),
            BurstBytes = Positive(parsed.GetValue(burst), "--burst"),
            Certificate = LoadCertificate(parsed.GetValue(certificate), parsed.GetValue(key)),
            Pkarr = parsed.GetValue(pkarr) || parsed.GetValue(pkarrFolder) != null || parsed.GetValue(dns) != null
                ? new PkarrStore(parsed.GetValue(pkarrFolder)) : null,
            Dns = parsed.GetValue(dns) is { } where ? ParseAddress("--dns", where) : null,
            DnsOrigin = parsed.GetValue(dnsOrigin)!,
            Log = parsed.GetValue(quiet) ? null : Console.WriteLine,
        };
        relay = await RelayHost.StartAsync(options, stop);
    }
    catch (SocketException e)
    {
        string where = parsed.GetValue(dns) is { } names ? parsed.GetValue(listen) + " or " + names : parsed.GetValue(listen)!;
        Console.Error.WriteLine($"irohlite relay: cannot listen on {where}: {e.Message}");
        return 1;
    }
    catch (Exception e) when (e is FormatException or ArgumentException or IOException or UnauthorizedAccessException or CryptographicException)
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

static IPEndPoint ParseAddress(string option, string text)
{
    int colon = text.LastIndexOf(':');
    if (colon < 0) throw new FormatException($"{option} '{text}': HOST:PORT is wanted");
    string host = text[..colon].Trim('[', ']');
    if (!ushort.TryParse(text[(colon + 1)..], out ushort port)) throw new FormatException($"{option} '{text}': '{text[(colon + 1)..]}' is not a port");
    if (host is "" or "*") return new IPEndPoint(IPAddress.IPv6Any, port);
    if (host == "localhost") return new IPEndPoint(IPAddress.Loopback, port);
    if (IPAddress.TryParse(host, out IPAddress? address)) return new IPEndPoint(address, port);
    throw new FormatException($"{option} '{text}': '{host}' is not an IP address, localhost or *");
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

static long? Positive(long? value, string option) =>
    value is <= 0 ? throw new FormatException($"{option} {value}: a number above 0 is wanted") : value;

static X509Certificate2? LoadCertificate(string? certificatePath, string? keyPath)
{
    if (certificatePath == null && keyPath == null) return null;
    if (certificatePath == null || keyPath == null) throw new FormatException("--tls-cert and --tls-key go together");
    return X509Certificate2.CreateFromPemFile(certificatePath, keyPath);
}
