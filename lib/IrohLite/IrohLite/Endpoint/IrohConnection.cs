using System;
using System.Threading;
using IrohLite.Identity;
using IrohLite.Quic;

namespace IrohLite;

/// <summary>
/// A connection to another endpoint whose identity is proven, for application threads. Timeouts are in ms, negative = none. Close it
/// when done: an abandoned connection stays up until the peer or the idle timeout ends it.
/// </summary>
public sealed class IrohConnection
{
    private readonly EndpointLoop _loop;
    private readonly StreamBook _streams = new StreamBook();
    private readonly OpenStreamCommand[] _waitingOpens = new OpenStreamCommand[EndpointLimits.WaitingOpens];
    private readonly HandoverQueue _opened;
    private readonly ManualResetEvent _closed = new ManualResetEvent(false);
    private int _waitingOpenCount;

    internal IrohConnection(QuicConnection quic, EndpointLoop loop, int maxPeerStreams)
    {
        Quic = quic;
        _loop = loop;
        _opened = new HandoverQueue(maxPeerStreams > 0 ? maxPeerStreams : 1);
        quic.Tag = this;
    }

    /// <summary>The other endpoint, proven by its signature.</summary>
    public EndpointId RemoteId => Quic.RemoteId;

    /// <summary>The protocol both sides agreed on.</summary>
    public string Alpn => Quic.Alpn;

    /// <summary>True when this side dialed.</summary>
    public bool IsDialer => Quic.IsClient;

    /// <summary>True when the connection is over.</summary>
    public bool IsClosed => Quic.IsClosed;

    /// <summary>Why the connection is over, or null.</summary>
    public QuicCloseInfo CloseInfo => Quic.CloseInfo;

    /// <summary>Why the connection is over, in words.</summary>
    public string CloseDescription => CloseText.Of(Quic.CloseInfo);

    /// <summary>Smoothed round-trip time in ms.</summary>
    public long RttMs => Quic.SmoothedRttMs;

    /// <summary>The path in use, such as "udp 192.168.1.5:4433" or "relay http://host/ to 197f6b23e1".</summary>
    public string PathText => Quic.Path.ToString();

    /// <summary>Bytes sent in datagrams.</summary>
    public long BytesSent => Quic.BytesSent;

    /// <summary>Bytes received in datagrams.</summary>
    public long BytesReceived => Quic.BytesReceived;

    /// <summary>Packets sent.</summary>
    public long PacketsSent => Quic.PacketsSent;

    /// <summary>Packets received.</summary>
    public long PacketsReceived => Quic.PacketsReceived;

    /// <summary>Packets taken for lost and repaired.</summary>
    public long PacketsLost => Quic.PacketsLost;

    /// <summary>Key updates so far, by either side.</summary>
    public int KeyUpdates => Quic.KeyUpdates;

    internal QuicConnection Quic { get; }

    internal EndpointLoop Loop => _loop;

    internal string PeerText => RemoteId == null ? "the peer" : RemoteId.ToShortString();

    /// <summary>The dial that waits for this connection, or null.</summary>
    internal ConnectCommand Dial { get; set; }

    /// <summary>Opens a stream, waiting while the peer allows no more. The peer learns of it with the first byte or the end.</summary>
    public IrohStream OpenStream(int timeoutMs)
    {
        return OpenStream(timeoutMs, null);
    }

    /// <summary>As the other, and gives up with Cancelled when the token is cancelled.</summary>
    public IrohStream OpenStream(int timeoutMs, CancellationToken cancel)
    {
        return OpenStream(timeoutMs, Waiting.HandleOf(cancel));
    }

    /// <summary>Waits for a stream the peer opened. Null on timeout, or when the connection is over.</summary>
    public IrohStream AcceptStream(int timeoutMs)
    {
        return (IrohStream)_opened.Take(_loop.Clock, timeoutMs, null, "accepting a stream");
    }

    /// <summary>As the other, and throws Cancelled when the token is cancelled.</summary>
    public IrohStream AcceptStream(int timeoutMs, CancellationToken cancel)
    {
        return (IrohStream)_opened.Take(_loop.Clock, timeoutMs, Waiting.HandleOf(cancel), "accepting a stream");
    }

    /// <summary>
    /// Closes at once, with a code of the application (0 when there is nothing to say) and a reason for people. Data the peer has not
    /// read is lost: let the side that reads last close.
    /// </summary>
    public void Close(long code, string reason)
    {
        Execute(new CloseConnectionCommand(this, code, reason));
    }

    /// <summary>Waits until the connection is over; false on timeout.</summary>
    public bool WaitClosed(int timeoutMs)
    {
        return _closed.WaitOne(timeoutMs, false);
    }

    internal void Execute(Command command)
    {
        _loop.Execute(command, Timeout.Infinite, null);
    }

    internal IrohStream Remember(long streamId)
    {
        IrohStream stream = new IrohStream(this, streamId);
        _streams.Add(stream);
        return stream;
    }

    internal void ForgetIfOver(IrohStream stream)
    {
        if (stream.IsReadOver && stream.IsWriteOver) _streams.Remove(stream);
    }

    internal bool Park(OpenStreamCommand command)
    {
        if (_waitingOpenCount == _waitingOpens.Length) DropWithdrawnOpens();
        if (_waitingOpenCount == _waitingOpens.Length) return false;
        _waitingOpens[_waitingOpenCount++] = command;
        return true;
    }

    /// <summary>Turn: an event of this connection other than Connected.</summary>
    internal void OnEvent(QuicEvent evt, long nowMs)
    {
        switch (evt.Kind)
        {
            case QuicEventKind.StreamOpened:
                // The transport lets the peer have as many streams as the queue has places, so there is always room.
                if (!_opened.TryAdd(Remember(evt.StreamId))) Quic.Reset(evt.StreamId, 0);
                return;
            case QuicEventKind.StreamsAvailable:
                RetryOpens(nowMs);
                return;
            case QuicEventKind.Closed:
                OnClosed(nowMs);
                return;
        }

        IrohStream stream = _streams.Find(evt.StreamId);
        if (stream == null) return;
        if (evt.Kind == QuicEventKind.StreamReadable) stream.OnReadable(nowMs);
        else if (evt.Kind == QuicEventKind.StreamWritable) stream.OnWritable(nowMs);
        else if (evt.Kind == QuicEventKind.StreamStopped) stream.OnStopped(nowMs);
    }

    private void OnClosed(long nowMs)
    {
        RetryOpens(nowMs);
        for (int i = 0; i < _streams.Count; i++) _streams.Get(i).OnClosed(nowMs);
        _opened.Close();
        _closed.Set();
    }

    // Calls that timed out or were cancelled leave their command behind.
    private void DropWithdrawnOpens()
    {
        int kept = 0;
        for (int i = 0; i < _waitingOpenCount; i++)
            if (_waitingOpens[i].IsPending) _waitingOpens[kept++] = _waitingOpens[i];
        for (int i = kept; i < _waitingOpenCount; i++) _waitingOpens[i] = null;
        _waitingOpenCount = kept;
    }

    private void RetryOpens(long nowMs)
    {
        int count = _waitingOpenCount;
        _waitingOpenCount = 0;

        // Those that still wait park themselves again, at or before the place they had.
        for (int i = 0; i < count; i++)
        {
            OpenStreamCommand command = _waitingOpens[i];
            _waitingOpens[i] = null;
            command.Retry(nowMs);
        }
    }

    private IrohStream OpenStream(int timeoutMs, WaitHandle cancel)
    {
        OpenStreamCommand command = new OpenStreamCommand(this);
        int outcome = _loop.Execute(command, timeoutMs, cancel);
        if (outcome != Waiting.Signalled) throw Waiting.Failure(outcome, "opening a stream to " + PeerText);
        return command.Stream;
    }
}
