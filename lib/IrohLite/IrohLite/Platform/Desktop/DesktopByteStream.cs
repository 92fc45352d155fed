using System;
using System.IO;
using System.Net.Security;
using System.Net.Sockets;

namespace IrohLite.Platform;

/// <summary>A TCP connection, plain or under TLS. One thread may read while another one writes.</summary>
internal sealed class DesktopByteStream : IByteStream
{
    // How long the relay may take no bytes before it is given up (iroh-wire 3.8).
    private const int WriteTimeoutMs = 15000;

    // A socket that says it can be written has at least a third of its buffer free, and no system's buffer is smaller than 16 KB.
    private const int SurelyFreeBytes = 4096;

    private readonly Socket _socket;
    private readonly SslStream _tls;
    private readonly string _host;
    private int _receiveTimeoutMs = -1;

    internal DesktopByteStream(Socket socket, SslStream tls, string host)
    {
        _socket = socket;
        _tls = tls;
        _host = host;
        socket.SendTimeout = WriteTimeoutMs;
    }

    public int Read(byte[] buffer, int offset, int count, int timeoutMs)
    {
        try
        {
            int wanted = timeoutMs < 0 ? 0 : timeoutMs == 0 ? 1 : timeoutMs;
            if (_receiveTimeoutMs != wanted)
            {
                _socket.ReceiveTimeout = wanted;
                _receiveTimeoutMs = wanted;
            }

            return _tls != null ? _tls.Read(buffer, offset, count) : _socket.Receive(buffer, offset, count, SocketFlags.None);
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode == SocketError.TimedOut ? -1 : 0;
        }
        catch (IOException e)
        {
            return e.InnerException is SocketException inner && inner.SocketErrorCode == SocketError.TimedOut ? -1 : 0;
        }
        catch (InvalidOperationException)
        {
            // Closed by another thread (ObjectDisposedException is one of these).
            return 0;
        }
    }

    public void Write(byte[] buffer, int offset, int count)
    {
        try
        {
            if (_tls != null)
            {
                _tls.Write(buffer, offset, count);
                return;
            }

            while (count > 0)
            {
                int sent = _socket.Send(buffer, offset, count, SocketFlags.None);
                offset += sent;
                count -= sent;
            }
        }
        catch (Exception e) when (e is SocketException || e is IOException || e is InvalidOperationException)
        {
            throw new StreamFailedException("writing to " + _host + " failed: " + e.Message);
        }
    }

    public bool TryWrite(byte[] buffer, int offset, int count)
    {
        if (_tls != null || count > SurelyFreeBytes) return false;
        try
        {
            if (!_socket.Poll(0, SelectMode.SelectWrite)) return false;
        }
        catch (Exception e) when (e is SocketException || e is InvalidOperationException)
        {
            throw new StreamFailedException("writing to " + _host + " failed: " + e.Message);
        }

        Write(buffer, offset, count);
        return true;
    }

    public void Close()
    {
        // The socket only: SslStream would wait for a writer that is stuck.
        _socket.Dispose();
    }
}
