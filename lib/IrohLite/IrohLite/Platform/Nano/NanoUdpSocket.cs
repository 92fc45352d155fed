using System;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace IrohLite.Platform;

/// <summary>A UDP socket of lwIP, IPv4. The runtime makes one IPEndPoint per datagram received; everything else here is reused.</summary>
public sealed class NanoUdpSocket : IUdpSocket
{
    // SocketException.ErrorCode speaks Winsock: WSAETIMEDOUT.
    private const int TimedOut = 10060;
    private const int PauseMs = 10;

    private readonly Socket _socket;
    private IPEndPoint _to;
    private byte[] _toAddress;
    private bool _isClosed;

    /// <summary>Binds a port on all interfaces; 0 = any free one. Throws SocketException when it cannot be had.</summary>
    public NanoUdpSocket(int port)
    {
        _socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        _socket.Bind(new IPEndPoint(IPAddress.Any, port));
        LocalPort = ((IPEndPoint)_socket.LocalEndPoint).Port;
    }

    /// <summary>The port the socket is bound to.</summary>
    public int LocalPort { get; }

    /// <summary>Waits for one datagram.</summary>
    public int Receive(byte[] buffer, int offset, int capacity, byte[] address, out int addressLength, out int port, int timeoutMs)
    {
        addressLength = 0;
        port = 0;
        try
        {
            // Poll parks the thread; ReceiveTimeout would cost an exception per timeout.
            int waitMicroseconds = timeoutMs < 0 ? -1 : timeoutMs > 2000000 ? 2000000000 : timeoutMs * 1000;
            if (!_socket.Poll(waitMicroseconds, SelectMode.SelectRead)) return _isClosed ? -1 : 0;
            EndPoint from = new IPEndPoint(IPAddress.Any, 0);
            int count = _socket.ReceiveFrom(buffer, offset, capacity, SocketFlags.None, ref from);
            IPEndPoint sender = (IPEndPoint)from;
            byte[] bytes = sender.Address.GetAddressBytes();
            Array.Copy(bytes, 0, address, 0, bytes.Length);
            addressLength = bytes.Length;
            port = sender.Port;
            return count;
        }
        catch (SocketException e)
        {
            if (_isClosed) return -1;
            if (e.ErrorCode != TimedOut) Thread.Sleep(PauseMs);
            return 0;
        }
        catch (ObjectDisposedException)
        {
            return -1;
        }
    }

    /// <summary>Sends one datagram. Runs of datagrams to one peer, the normal case, make no objects.</summary>
    public bool Send(byte[] buffer, int offset, int count, byte[] address, int addressLength, int port)
    {
        if (addressLength != 4) return false;
        try
        {
            if (_to == null || _toAddress != address || _to.Port != port)
            {
                byte[] bytes = new byte[4];
                Array.Copy(address, 0, bytes, 0, 4);
                _to = new IPEndPoint(new IPAddress(bytes), port);
                _toAddress = address;
            }

            return _socket.SendTo(buffer, offset, count, SocketFlags.None, _to) == count;
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
        _isClosed = true;
        _socket.Close();
    }
}
