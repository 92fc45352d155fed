using System;
using IrohLite.Quic;

namespace IrohLite.Tests.Sim;

/// <summary>Writes a pattern to one stream, finishes it, and checks that the same comes back.</summary>
internal sealed class EchoClient
{
    private readonly QuicConnection _connection;
    private readonly int _size;
    private readonly byte[] _buffer = new byte[1500];
    private int _written;

    public EchoClient(QuicConnection connection, int size)
    {
        _connection = connection;
        _size = size;
    }

    public long Stream { get; private set; } = StreamId.None;

    public int Received { get; private set; }

    /// <summary>The end came after exactly the bytes sent.</summary>
    public bool IsDone { get; private set; }

    public static byte PatternAt(long index) => (byte)(index * 31 + (index >> 8) * 7);

    /// <summary>Goes on as far as possible; call after every event of the stream.</summary>
    public void Pump()
    {
        if (_connection.IsClosed) return;
        if (Stream == StreamId.None)
        {
            Stream = _connection.OpenStream();
            if (Stream == StreamId.None) return;
            if (_size == 0) _connection.Finish(Stream);
        }

        while (_written < _size)
        {
            int count = Math.Min(_buffer.Length, _size - _written);
            for (int i = 0; i < count; i++) _buffer[i] = PatternAt(_written + i);
            int taken = _connection.Write(Stream, _buffer, 0, count);
            _written += taken;
            if (_written == _size) _connection.Finish(Stream);
            if (taken < count) break;
        }

        while (!IsDone)
        {
            int read = _connection.Read(Stream, _buffer, 0, _buffer.Length);
            if (read == ReadResult.Nothing) break;
            if (read == ReadResult.End)
            {
                if (Received != _size) throw new InvalidOperationException("echo ended after " + Received);
                IsDone = true;
                break;
            }

            if (read < 0) throw new InvalidOperationException("echo was reset");
            for (int i = 0; i < read; i++)
            {
                if (_buffer[i] != PatternAt(Received + i)) throw new InvalidOperationException("echo differs at " + (Received + i));
            }

            Received += read;
        }
    }
}
