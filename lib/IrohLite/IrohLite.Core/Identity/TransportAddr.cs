using System;
using IrohLite.Buffers;
using IrohLite.Text;

namespace IrohLite.Identity;

/// <summary>One place where an endpoint can be reached: a relay, or an IP address with a UDP port. Immutable.</summary>
public sealed class TransportAddr
{
    /// <summary>The value of <see cref="Kind"/> for a relay.</summary>
    public const int KindRelay = 0;

    /// <summary>The value of <see cref="Kind"/> for an IP address and port.</summary>
    public const int KindIp = 1;

    private TransportAddr(int kind, RelayUrl relay, byte[] ipAddress, int port)
    {
        Kind = kind;
        Relay = relay;
        IpAddress = ipAddress;
        Port = port;
    }

    /// <summary><see cref="KindRelay"/> or <see cref="KindIp"/>.</summary>
    public int Kind { get; }

    /// <summary>The relay, or null for an IP address.</summary>
    public RelayUrl Relay { get; }

    /// <summary>4 or 16 bytes (shared: never write to them), or null for a relay.</summary>
    public byte[] IpAddress { get; }

    /// <summary>The UDP port, or 0 for a relay.</summary>
    public int Port { get; }

    /// <summary>The address of a relay.</summary>
    public static TransportAddr ForRelay(RelayUrl relay)
    {
        if (relay == null) throw new ArgumentNullException("relay");
        return new TransportAddr(KindRelay, relay, null, 0);
    }

    /// <summary>An IP address of 4 or 16 bytes, copied, and a port of 0 to 65535.</summary>
    public static TransportAddr ForIp(byte[] ipAddress, int port)
    {
        if (ipAddress.Length != 4 && ipAddress.Length != 16) throw new ArgumentOutOfRangeException("ipAddress");
        if (port < 0 || port > 65535) throw new ArgumentOutOfRangeException("port");
        return new TransportAddr(KindIp, null, Bytes.Slice(ipAddress, 0, ipAddress.Length), port);
    }

    /// <summary>
    /// The order in which tickets list addresses: relays by the text of their URL, then IPv4, then IPv6, by address and then port.
    /// Negative, zero or positive.
    /// </summary>
    public int CompareTo(TransportAddr other)
    {
        if (Kind != other.Kind) return Kind - other.Kind;
        if (Kind == KindRelay) return CompareText(Relay.ToString(), other.Relay.ToString());
        if (IpAddress.Length != other.IpAddress.Length) return IpAddress.Length - other.IpAddress.Length;
        int order = Bytes.Compare(IpAddress, 0, other.IpAddress, 0, IpAddress.Length);
        return order != 0 ? order : Port - other.Port;
    }

    /// <summary>True for the same place.</summary>
    public bool SameAs(TransportAddr other)
    {
        return other != null && CompareTo(other) == 0;
    }

    /// <summary>"relay https://host/" or "ip 1.2.3.4:5".</summary>
    public override string ToString()
    {
        return Kind == KindRelay ? "relay " + Relay : "ip " + IpText.FormatWithPort(IpAddress, Port);
    }

    // By bytes, not by the words of some culture.
    private static int CompareText(string a, string b)
    {
        int count = a.Length < b.Length ? a.Length : b.Length;
        for (int i = 0; i < count; i++)
            if (a[i] != b[i]) return a[i] - b[i];
        return a.Length - b.Length;
    }
}
