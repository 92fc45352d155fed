using System;
using System.Net;
using System.Net.Sockets;
using IrohLite.Crypto;
using IrohLite.Discovery;
using IrohLite.Platform;

namespace IrohLite.Desktop;

/// <summary>How ids without addresses are looked up, by what a user writes: a pkarr server's URL, dns:HOST:PORT[/ORIGIN], or none.</summary>
public static class LookupChoice
{
    /// <summary>n0's server.</summary>
    public const string Default = "https://dns.iroh.link/pkarr";

    /// <summary>No lookup.</summary>
    public const string None = "none";

    /// <summary>Makes the lookup; null for none. Throws <see cref="UserException"/> when the text is neither.</summary>
    public static IAddressLookup? Create(string text, string crypto)
    {
        if (text == None) return null;
        DesktopClock clock = new();
        DesktopStreamConnector connector = new();
        IAddressLookup lookup;
        if (text.StartsWith("dns:", StringComparison.Ordinal)) lookup = Dns(text[4..], connector, clock);
        else if (PkarrServer.TryParse(text, out PkarrServer server, out string error)) lookup = new PkarrHttpLookup(server, connector, CryptoChoice.Create(crypto));
        else throw Bad(text, error);
        return new ParallelLookup([lookup], clock);
    }

    private static DnsTxtLookup Dns(string text, DesktopStreamConnector connector, DesktopClock clock)
    {
        int slash = text.IndexOf('/');
        string origin = slash < 0 ? DnsTxtLookup.DefaultOrigin : text[(slash + 1)..];
        string server = slash < 0 ? text : text[..slash];
        if (!IPEndPoint.TryParse(server, out IPEndPoint? end)) end = Find(server, "dns:" + text);
        if (!DnsTxt.IsOrigin(origin)) throw Bad("dns:" + text, "'" + origin + "' is not a domain");
        return new DnsTxtLookup(end.Address.GetAddressBytes(), end.Port == 0 ? 53 : end.Port, origin, new Sockets(end.AddressFamily), connector, new SystemRandomSource(), clock);
    }

    private static IPEndPoint Find(string server, string text)
    {
        int colon = server.LastIndexOf(':');
        if (colon < 1 || !ushort.TryParse(server[(colon + 1)..], out ushort port)) throw Bad(text, "'" + server + "' is not an IP address with a port, nor a host name with one");
        try
        {
            return new IPEndPoint(System.Net.Dns.GetHostAddresses(server[..colon])[0], port);
        }
        catch (Exception e) when (e is SocketException or ArgumentException)
        {
            throw Bad(text, "the host '" + server[..colon] + "' cannot be found: " + e.Message);
        }
    }

    private static UserException Bad(string text, string why) =>
        new("bad-lookup", "'" + text + "' is no lookup: " + why.Replace("relay URL", "URL") + ". Use a URL such as " + Default + ", dns:127.0.0.1:5300, or none");

    private sealed class Sockets(AddressFamily family) : IUdpSocketFactory
    {
        public IUdpSocket? Open(int port)
        {
            try
            {
                return new DesktopUdpSocket(family == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, port);
            }
            catch (SocketException)
            {
                return null;
            }
        }
    }
}
