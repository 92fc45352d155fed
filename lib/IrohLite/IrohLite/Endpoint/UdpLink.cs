using System;
using System.Threading;
using IrohLite.Platform;

namespace IrohLite;

/// <summary>The endpoint's UDP socket: a thread that reads into the loop's queue, and the sending side.</summary>
internal sealed class UdpLink
{
    private readonly IUdpSocket _socket;
    private readonly EndpointLoop _loop;
    private readonly PathBook _paths;
    private readonly byte[] _buffer;
    private readonly byte[] _address = new byte[16];
    private readonly Thread _reader;

    internal UdpLink(IUdpSocket socket, EndpointLoop loop, PathBook paths, int maxDatagramBytes)
    {
        _socket = socket;
        _loop = loop;
        _paths = paths;

        // One byte more than is accepted, so that a longer datagram is seen to be too long instead of being cut.
        _buffer = new byte[maxDatagramBytes + 1];
        _reader = new Thread(ReadUntilClosed);
    }

    internal void Start()
    {
        _reader.Start();
    }

    internal bool Send(UdpPath path, byte[] buffer, int offset, int count)
    {
        return _socket.Send(buffer, offset, count, path.Address, path.Address.Length, path.Port);
    }

    internal void Close()
    {
        _socket.Close();
        _reader.Join(EndpointLimits.ThreadEndMs);
    }

    private void ReadUntilClosed()
    {
        while (true)
        {
            try
            {
                Read();
                return;
            }
            catch (Exception e)
            {
                // Such as memory that ran out for a moment: without this thread the endpoint would be deaf.
                _loop.Log.Error("udp reader: " + e);
                Thread.Sleep(EndpointLimits.FaultPauseMs);
            }
        }
    }

    private void Read()
    {
        int waitMs = Timeout.Infinite;
        int burst = 0;
        while (true)
        {
            int count = _socket.Receive(_buffer, 0, _buffer.Length, _address, out int addressLength, out int port, waitMs);
            if (count > 0)
            {
                _loop.Enqueue(_buffer, 0, count, _paths.Udp(_address, addressLength, port));
                burst++;
                waitMs = 0;
            }

            // The socket is emptied first, because its own box may be small, and answers are better given to several datagrams at once.
            if (burst > 0 && (count <= 0 || burst == EndpointLimits.ReadBurst))
            {
                _loop.Kick();
                burst = 0;
                waitMs = Timeout.Infinite;
            }

            if (count < 0) return;
        }
    }
}
