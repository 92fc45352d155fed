using System;
using System.Collections.Generic;
using System.Threading;
using IrohLite.Platform;

namespace IrohLite.Tests.Endpoint;

/// <summary>One end of a byte stream in memory.</summary>
internal sealed class MemoryStreamEnd : IByteStream
{
    private readonly Queue<byte[]> _arrived = new();
    private readonly object _lock;
    private MemoryStreamEnd _other;
    private int _readFrom;
    private bool _isClosed;

    private MemoryStreamEnd(object shared) => _lock = shared;

    /// <summary>Two ends of a new stream.</summary>
    public static (MemoryStreamEnd, MemoryStreamEnd) Pair()
    {
        object shared = new();
        MemoryStreamEnd a = new(shared), b = new(shared);
        a._other = b;
        b._other = a;
        return (a, b);
    }

    public int Read(byte[] buffer, int offset, int count, int timeoutMs)
    {
        lock (_lock)
        {
            while (_arrived.Count == 0)
            {
                if (_isClosed) return 0;
                if (!Monitor.Wait(_lock, timeoutMs)) return -1;
            }

            byte[] first = _arrived.Peek();
            int taken = Math.Min(count, first.Length - _readFrom);
            Array.Copy(first, _readFrom, buffer, offset, taken);
            _readFrom += taken;
            if (_readFrom < first.Length) return taken;
            _arrived.Dequeue();
            _readFrom = 0;
            return taken;
        }
    }

    public void Write(byte[] buffer, int offset, int count)
    {
        lock (_lock)
        {
            if (_isClosed) throw new StreamFailedException("the stream is closed");
            _other._arrived.Enqueue(buffer.AsSpan(offset, count).ToArray());
            Monitor.PulseAll(_lock);
        }
    }

    /// <summary>Takes as much at once as a socket of the desktop.</summary>
    public bool TryWrite(byte[] buffer, int offset, int count)
    {
        if (count > 4096) return false;
        Write(buffer, offset, count);
        return true;
    }

    public void Close()
    {
        lock (_lock)
        {
            _isClosed = true;
            _other._isClosed = true;
            Monitor.PulseAll(_lock);
        }
    }
}
