using System;
using System.Net.Sockets;

namespace IrohLite.Platform;

/// <summary>A TCP connection of the device, plain or under TLS (SslStream is a NetworkStream there).</summary>
internal sealed class NanoByteStream : IByteStream
{
    // SocketException.ErrorCode speaks Winsock: WSAETIMEDOUT.
    private const int TimedOut = 10060;
    private const int Forever = -1;
    private const int WriteTimeoutMs = 15000;

    private readonly Socket _socket;
    private readonly NetworkStream _stream;
    private readonly string _host;
    private int _readTimeoutMs = Forever;
    private bool _isClosed;

    internal NanoByteStream(Socket socket, NetworkStream stream, string host)
    {
        _socket = socket;
        _stream = stream;
        _host = host;
        _stream.ReadTimeout = Forever;
        _stream.WriteTimeout = WriteTimeoutMs;
    }

    public int Read(byte[] buffer, int offset, int count, int timeoutMs)
    {
        try
        {
            // 0 is refused by the runtime.
            int wanted = timeoutMs < 0 ? Forever : timeoutMs == 0 ? 1 : timeoutMs;
            if (wanted != _readTimeoutMs)
            {
                _stream.ReadTimeout = wanted;
                _readTimeoutMs = wanted;
            }

            return _stream.Read(buffer, offset, count);
        }
        catch (SocketException e)
        {
            return e.ErrorCode == TimedOut && !_isClosed ? -1 : 0;
        }
        catch (Exception)
        {
            // Closed by another thread: the runtime throws whatever it stumbles over.
            return 0;
        }
    }

    public void Write(byte[] buffer, int offset, int count)
    {
        try
        {
            _stream.Write(buffer, offset, count);
        }
        catch (Exception e)
        {
            throw new StreamFailedException("writing to " + _host + " failed: " + e.Message);
        }
    }

    public bool TryWrite(byte[] buffer, int offset, int count)
    {
        return false;
    }

    public void Close()
    {
        if (_isClosed) return;
        _isClosed = true;
        try
        {
            _stream.Dispose();
            _socket.Close();
        }
        catch (Exception)
        {
            // The socket is gone already, which is what was wanted.
        }
    }
}
