using IrohLite.Buffers;
using IrohLite.Quic;
using IrohLite.Text;

namespace IrohLite;

/// <summary>A UDP address of a peer.</summary>
internal sealed class UdpPath : PathAddress
{
    internal UdpPath(byte[] address, int addressLength, int port)
    {
        Address = new byte[addressLength];
        System.Array.Copy(address, 0, Address, 0, addressLength);
        Port = port;
    }

    internal byte[] Address { get; }

    internal int Port { get; }

    internal bool Is(byte[] address, int addressLength, int port)
    {
        return port == Port && addressLength == Address.Length && Bytes.Equal(address, 0, Address, 0, addressLength);
    }

    public override bool SameAs(PathAddress other)
    {
        if (other == this) return true;
        UdpPath path = other as UdpPath;
        return path != null && Is(path.Address, path.Address.Length, path.Port);
    }

    public override string ToString()
    {
        return "udp " + IpText.FormatWithPort(Address, Port);
    }
}
