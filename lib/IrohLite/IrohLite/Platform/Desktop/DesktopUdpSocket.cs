using System;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Threading;
using IrohLite.Identity;

namespace IrohLite.Platform;

/// <summary>
/// A UDP socket of the operating system. Bound to <see cref="IPAddress.IPv6Any"/> it serves IPv4 as well. Receiving and sending use
/// the raw socket address, so that a datagram costs no object.
/// </summary>
public sealed class DesktopUdpSocket : IUdpSocket
{
    private const int WantedBufferBytes = 2 * 1024 * 1024;

    // What receives after an error the system reports for an earlier send (Windows), or while the network goes up and down.
    private const int PauseMs = 1;

    private readonly Socket _socket;
    private readonly bool _isIPv6;
    private readonly SocketAddress _from;
    private readonly SocketAddress _to;
    private readonly byte[] _mapped = new byte[16];
    private int _receiveTimeoutMs;
    private bool _isClosed;

    /// <summary>Binds a socket; throws SocketException when the address or port cannot be had. Port 0 = any free one.</summary>
    public DesktopUdpSocket(IPAddress address, int port)
    {
        _isIPv6 = address.AddressFamily == AddressFamily.InterNetworkV6;
        _socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        if (_isIPv6 && address.Equals(IPAddress.IPv6Any)) _socket.DualMode = true;
        _socket.ReceiveBufferSize = WantedBufferBytes;
        _socket.SendBufferSize = WantedBufferBytes;
        if (OperatingSystem.IsWindows())
        {
            // SIO_UDP_CONNRESET off: an ICMP answer to one datagram must not fail the next receive.
            _socket.IOControl(unchecked((int)0x9800000C), new byte[] { 0, 0, 0, 0 }, null);
        }

        _socket.Bind(new IPEndPoint(address, port));
        LocalAddress = ((IPEndPoint)_socket.LocalEndPoint).Address;
        LocalPort = ((IPEndPoint)_socket.LocalEndPoint).Port;
        _from = new SocketAddress(address.AddressFamily);
        _to = new SocketAddress(address.AddressFamily);
    }

    /// <summary>The address the socket is bound to.</summary>
    public IPAddress LocalAddress { get; }

    /// <summary>The port the socket is bound to.</summary>
    public int LocalPort { get; }

    /// <summary>
    /// Where the socket can be reached: its own address, or, when it is bound to all, the IPv4 and global IPv6 addresses of the
    /// interfaces that are up; loopback only when there is nothing else.
    /// </summary>
    public TransportAddr[] ReachableAt()
    {
        bool isAny = LocalAddress.Equals(IPAddress.Any) || LocalAddress.Equals(IPAddress.IPv6Any);
        if (!isAny) return new[] { TransportAddr.ForIp(LocalAddress.GetAddressBytes(), LocalPort) };
        TransportAddr[] found = new TransportAddr[32];
        int count = 0;
        foreach (NetworkInterface network in NetworkInterface.GetAllNetworkInterfaces())
        {
            if (network.OperationalStatus == OperationalStatus.Down || network.NetworkInterfaceType == NetworkInterfaceType.Loopback) continue;
            foreach (UnicastIPAddressInformation unicast in network.GetIPProperties().UnicastAddresses)
            {
                IPAddress address = unicast.Address;
                bool isIPv6 = address.AddressFamily == AddressFamily.InterNetworkV6;
                if (isIPv6 && (!_isIPv6 || address.IsIPv6LinkLocal)) continue;
                if (count < found.Length) found[count++] = TransportAddr.ForIp(address.GetAddressBytes(), LocalPort);
            }
        }

        if (count == 0) found[count++] = TransportAddr.ForIp(IPAddress.Loopback.GetAddressBytes(), LocalPort);
        Array.Resize(ref found, count);
        return found;
    }

    /// <summary>Waits for one datagram.</summary>
    public int Receive(byte[] buffer, int offset, int capacity, byte[] address, out int addressLength, out int port, int timeoutMs)
    {
        addressLength = 0;
        port = 0;
        try
        {
            if (timeoutMs == 0)
            {
                if (_socket.Available == 0) return 0;
            }
            else
            {
                int wanted = timeoutMs < 0 ? 0 : timeoutMs;
                if (_receiveTimeoutMs != wanted)
                {
                    _socket.ReceiveTimeout = wanted;
                    _receiveTimeoutMs = wanted;
                }
            }

            int count = _socket.ReceiveFrom(new Span<byte>(buffer, offset, capacity), SocketFlags.None, _from);
            ReadAddress(address, out addressLength, out port);
            return count;
        }
        catch (SocketException e)
        {
            if (Volatile.Read(ref _isClosed)) return -1;
            if (e.SocketErrorCode == SocketError.MessageSize)
            {
                // Windows: the datagram was cut. Its sender is known, its length is at least this.
                ReadAddress(address, out addressLength, out port);
                return capacity;
            }

            if (e.SocketErrorCode != SocketError.TimedOut) Thread.Sleep(PauseMs);
            return 0;
        }
        catch (ObjectDisposedException)
        {
            return -1;
        }
    }

    /// <summary>Sends one datagram.</summary>
    public bool Send(byte[] buffer, int offset, int count, byte[] address, int addressLength, int port)
    {
        if (!WriteAddress(address, addressLength, port)) return false;
        try
        {
            return _socket.SendTo(new ReadOnlySpan<byte>(buffer, offset, count), SocketFlags.None, _to) == count;
        }
        catch (SocketException)
        {
            return false;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }

    /// <summary>Closes the socket.</summary>
    public void Close()
    {
        Volatile.Write(ref _isClosed, true);
        _socket.Dispose();
    }

    // Layout of sockaddr_in and sockaddr_in6: family 2, port 2 (network order), then 4 address bytes, or flow info 4, 16, scope 4.
    private void ReadAddress(byte[] address, out int addressLength, out int port)
    {
        port = (_from[2] << 8) | _from[3];
        if (!_isIPv6)
        {
            addressLength = 4;
            for (int i = 0; i < 4; i++) address[i] = _from[4 + i];
            return;
        }

        addressLength = 16;
        for (int i = 0; i < 16; i++) address[i] = _from[8 + i];
        if (!IsMapped(address)) return;
        addressLength = 4;
        Array.Copy(address, 12, address, 0, 4);
    }

    // Sending is done by one thread at a time: the one that runs the endpoint's turn.
    private bool WriteAddress(byte[] address, int addressLength, int port)
    {
        if (!_isIPv6)
        {
            if (addressLength != 4) return false;
            _to[2] = (byte)(port >> 8);
            _to[3] = (byte)port;
            for (int i = 0; i < 4; i++) _to[4 + i] = address[i];
            _to.Size = 16;
            return true;
        }

        byte[] wide = address;
        if (addressLength == 4)
        {
            wide = _mapped;
            wide[10] = 0xFF;
            wide[11] = 0xFF;
            Array.Copy(address, 0, wide, 12, 4);
        }

        _to[2] = (byte)(port >> 8);
        _to[3] = (byte)port;
        for (int i = 0; i < 4; i++) _to[4 + i] = 0;
        for (int i = 0; i < 16; i++) _to[8 + i] = wide[i];
        for (int i = 24; i < 28; i++) _to[i] = 0;
        _to.Size = 28;
        return true;
    }

    private static bool IsMapped(byte[] address)
    {
        for (int i = 0; i < 10; i++)
            if (address[i] != 0) return false;
        return address[10] == 0xFF && address[11] == 0xFF;
    }
}
