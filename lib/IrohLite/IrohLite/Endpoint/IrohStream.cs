using System;
using System.Threading;
using IrohLite.Quic;

namespace IrohLite;

/// <summary>
/// A bidirectional stream, for application threads: one may read while another one writes. Timeouts are in ms, negative = none. A call
/// that does not succeed throws <see cref="IrohException"/>.
/// </summary>
public sealed class IrohStream
{
    private readonly IrohConnection _connection;
    private readonly StreamReadCommand _read;
    private readonly StreamWriteCommand _write;

    internal IrohStream(IrohConnection connection, long id)
    {
        _connection = connection;
        Id = id;
        _read = new StreamReadCommand(this);
        _write = new StreamWriteCommand(this);
    }

    /// <summary>The QUIC stream id.</summary>
    public long Id { get; }

    /// <summary>The connection it belongs to.</summary>
    public IrohConnection Connection => _connection;

    internal QuicConnection Quic => _connection.Quic;

    internal bool IsStopped { get; private set; }

    /// <summary>Turn: reading is over, by the end, a reset, or <see cref="StopReading"/>.</summary>
    internal bool IsReadOver { get; set; }

    /// <summary>Turn: writing is over, by <see cref="Finish"/>, a reset, or the peer's wish.</summary>
    internal bool IsWriteOver { get; set; }

    /// <summary>
    /// Waits for bytes and takes at most <paramref name="count"/> of them. Returns how many, 0 at the end of the stream. Throws
    /// Timeout, StreamReset, ConnectionClosed.
    /// </summary>
    public int Read(byte[] buffer, int offset, int count, int timeoutMs)
    {
        return Read(buffer, offset, count, timeoutMs, null);
    }

    /// <summary>As the other, and gives up with Cancelled when the token is cancelled.</summary>
    public int Read(byte[] buffer, int offset, int count, int timeoutMs, CancellationToken cancel)
    {
        return Read(buffer, offset, count, timeoutMs, Waiting.HandleOf(cancel));
    }

    /// <summary>
    /// Writes all bytes: returns when the transport has taken the last one, which is sent at once as far as the windows allow.
    /// Throws Timeout (what was taken until then is sent), StreamStopped, ConnectionClosed.
    /// </summary>
    public void Write(byte[] buffer, int offset, int count, int timeoutMs)
    {
        Write(buffer, offset, count, timeoutMs, null, false);
    }

    /// <summary>As the other, and gives up with Cancelled when the token is cancelled.</summary>
    public void Write(byte[] buffer, int offset, int count, int timeoutMs, CancellationToken cancel)
    {
        Write(buffer, offset, count, timeoutMs, Waiting.HandleOf(cancel), false);
    }

    /// <summary>Writes all bytes and then the end, which saves a packet over <see cref="Write(byte[], int, int, int)"/> and <see cref="Finish"/>.</summary>
    public void WriteLast(byte[] buffer, int offset, int count, int timeoutMs)
    {
        Write(buffer, offset, count, timeoutMs, null, true);
    }

    /// <summary>No more will be written: the peer reads the end of the stream after the last byte.</summary>
    public void Finish()
    {
        _connection.Execute(new StreamControlCommand(this, StreamControlCommand.Finish, 0));
    }

    /// <summary>Gives up writing; what the peer has not read is lost. The code is the application's.</summary>
    public void Reset(long code)
    {
        _connection.Execute(new StreamControlCommand(this, StreamControlCommand.Reset, code));
    }

    /// <summary>Gives up reading and asks the peer to stop writing. The code is the application's.</summary>
    public void StopReading(long code)
    {
        _connection.Execute(new StreamControlCommand(this, StreamControlCommand.StopReading, code));
    }

    internal void OnReadable(long nowMs)
    {
        _read.Retry(nowMs);
    }

    internal void OnWritable(long nowMs)
    {
        _write.Retry(nowMs);
    }

    internal void OnStopped(long nowMs)
    {
        IsStopped = true;
        IsWriteOver = true;
        _write.Retry(nowMs);
        _connection.ForgetIfOver(this);
    }

    /// <summary>Turn: the connection has ended; waiting calls learn of it.</summary>
    internal void OnClosed(long nowMs)
    {
        _read.Retry(nowMs);
        _write.Retry(nowMs);
    }

    private int Read(byte[] buffer, int offset, int count, int timeoutMs, WaitHandle cancel)
    {
        if (count <= 0 || offset < 0 || offset > buffer.Length - count) throw new ArgumentOutOfRangeException("count");
        _read.Begin();
        _read.Buffer = buffer;
        _read.Offset = offset;
        _read.Count = count;
        int outcome = _connection.Loop.ExecuteBegun(_read, timeoutMs, cancel);
        if (outcome != Waiting.Signalled) throw Waiting.Failure(outcome, "reading from " + _connection.PeerText);
        return _read.Result;
    }

    private void Write(byte[] buffer, int offset, int count, int timeoutMs, WaitHandle cancel, bool isLast)
    {
        if (count < 0 || offset < 0 || offset > buffer.Length - count) throw new ArgumentOutOfRangeException("count");
        if (count == 0 && !isLast) return;
        _write.Begin();
        _write.Buffer = buffer;
        _write.Offset = offset;
        _write.Count = count;
        _write.IsLast = isLast;
        int outcome = _connection.Loop.ExecuteBegun(_write, timeoutMs, cancel);
        if (outcome != Waiting.Signalled) throw Waiting.Failure(outcome, "writing to " + _connection.PeerText);
    }
}
