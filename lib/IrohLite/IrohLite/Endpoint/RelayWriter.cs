using System.Threading;
using IrohLite.Platform;
using IrohLite.Relay;

namespace IrohLite;

/// <summary>
/// The thread that writes to a relay, so that a relay which stops reading blocks nobody else. A turn fills one buffer while the
/// thread writes the other; a few bytes are written by the turn itself when nothing waits before them and the stream takes them at
/// once, which saves waking the thread.
/// </summary>
internal sealed class RelayWriter
{
    private readonly EndpointLoop _loop;
    private readonly object _lock = new object();
    private readonly AutoResetEvent _signal = new AutoResetEvent(false);
    private readonly Thread _thread;
    private byte[] _filling;
    private byte[] _writing;
    private int _filled;
    private bool _isWriting;
    private bool _isStopping;
    private IByteStream _stream;

    internal RelayWriter(EndpointLoop loop, int bufferBytes)
    {
        _loop = loop;
        _filling = new byte[bufferBytes];
        _writing = new byte[bufferBytes];
        _thread = new Thread(Run);
    }

    /// <summary>True when nothing waits to be written.</summary>
    internal bool IsIdle
    {
        get { lock (_lock) return _filled == 0 && !_isWriting; }
    }

    internal void Start()
    {
        _thread.Start();
    }

    /// <summary>Turn: from now on bytes go to this stream; what waited for another one is dropped. Null = nowhere.</summary>
    internal void Attach(IByteStream stream)
    {
        lock (_lock)
        {
            _stream = stream;
            _filled = 0;
        }
    }

    /// <summary>Turn: takes what the session has to send.</summary>
    internal void Fill(RelayClientSession session, long nowMs)
    {
        int added = 0;
        lock (_lock)
        {
            while (_filled < _filling.Length)
            {
                int count = session.PollOutput(_filling, _filled, _filling.Length - _filled, nowMs);
                if (count == 0) break;
                _filled += count;
                added += count;
            }

            if (added > 0 && added == _filled && !_isWriting && TryWriteNow()) return;
        }

        if (added > 0) _signal.Set();
    }

    internal void BeginStop()
    {
        lock (_lock) _isStopping = true;
        _signal.Set();
    }

    internal void Join()
    {
        _thread.Join(EndpointLimits.ThreadEndMs);
    }

    private void Run()
    {
        while (true)
        {
            IByteStream stream;
            int count;
            lock (_lock)
            {
                _isWriting = false;
                if (_isStopping) return;
                count = _filled;
                stream = _stream;
                if (count > 0)
                {
                    byte[] swap = _filling;
                    _filling = _writing;
                    _writing = swap;
                    _filled = 0;
                    _isWriting = true;
                }
            }

            if (count == 0)
            {
                _signal.WaitOne();
                continue;
            }

            // A session may hold back what did not fit; there is room again.
            if (count == _writing.Length) _loop.Kick();
            Write(stream, count);
        }
    }

    // A full buffer is left to the thread: the session may hold more.
    private bool TryWriteNow()
    {
        if (_stream == null || _filled == _filling.Length) return false;
        try
        {
            if (!_stream.TryWrite(_filling, 0, _filled)) return false;
        }
        catch (StreamFailedException)
        {
            _stream.Close();
        }

        _filled = 0;
        return true;
    }

    private void Write(IByteStream stream, int count)
    {
        if (stream == null) return;
        try
        {
            stream.Write(_writing, 0, count);
        }
        catch (StreamFailedException)
        {
            // The reader sees the end of the stream and reports it.
            stream.Close();
        }
    }
}
