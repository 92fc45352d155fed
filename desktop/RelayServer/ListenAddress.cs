using System;
using System.Net;

namespace IrohLite.RelayServer;

/// <summary>Reads the HOST:PORT of an option.</summary>
internal static class ListenAddress
{
    /// <summary>The address; throws <see cref="FormatException"/> that names the option and what is wrong.</summary>
    public static IPEndPoint Parse(string option, string text)
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
}
