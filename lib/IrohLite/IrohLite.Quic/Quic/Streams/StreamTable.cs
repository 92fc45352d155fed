using System;

namespace IrohLite.Quic;

/// <summary>
/// The streams of a connection: who may open how many, which are open, and which are over. Places are created on first use and
/// then reused; a stream whose both halves are done leaves at the next <see cref="Sweep"/>, and its opener gets a new credit.
/// </summary>
internal sealed class StreamTable
{
    private readonly QuicStream[] _places;
    private readonly int _sendBufferBytes;
    private readonly int _windowBytes;
    private readonly int _maxLocal;
    private readonly bool _isClient;
    private long _openedRemote;
    private long _reportedRemote;
    private long _openedLocal;
    private int _openLocal;
    private QuicStream _lastFound;
    private int _eventCursor;
    private long _peerLimitOwnStreams;
    private long _peerLimitPeerStreams;
    private int _used;

    public StreamTable(bool isClient, int maxRemote, int maxLocal, int sendBufferBytes, int windowBytes)
    {
        _isClient = isClient;
        _maxLocal = maxLocal;
        _sendBufferBytes = sendBufferBytes;
        _windowBytes = windowBytes;
        _places = new QuicStream[maxRemote + maxLocal];
        GrantedStreams = maxRemote;
    }

    /// <summary>Places in use or used before; valid indices of <see cref="At"/>.</summary>
    public int Places => _used;

    /// <summary>Streams the peer may have opened in total: the value of MAX_STREAMS.</summary>
    public long GrantedStreams { get; private set; }

    public bool MaxStreamsDue;

    /// <summary>Streams the peer lets us open in total.</summary>
    public long PeerStreamLimit { get; private set; }

    /// <summary>An open was refused, so news about the limit is an event.</summary>
    public bool WantsStreams { get; private set; }

    /// <summary>Some stream has events.</summary>
    public bool HasEvents { get; private set; }

    /// <summary>Some stream has a control frame to send.</summary>
    public bool ControlDue;

    /// <summary>A stream may have a STREAM frame to send: set by whatever can cause one, cleared by a look that finds none.</summary>
    public bool SendDue;

    /// <summary>A stream may have become done.</summary>
    public bool SweepDue;

    /// <summary>The stream at a place, or null when the place is free.</summary>
    public QuicStream At(int place)
    {
        QuicStream stream = _places[place];
        return stream.Id == StreamId.None ? null : stream;
    }

    /// <summary>The open stream of this number, or null.</summary>
    public QuicStream Find(long id)
    {
        QuicStream last = _lastFound;
        if (last != null && last.Id == id && id != StreamId.None) return last;
        for (int i = 0; i < _used; i++)
        {
            if (_places[i].Id != id || id == StreamId.None) continue;
            return _lastFound = _places[i];
        }

        return null;
    }

    /// <summary>True for a stream that once was open, whoever opened it.</summary>
    public bool WasOpened(long id)
    {
        if (id < 0 || !StreamId.IsBidirectional(id)) return false;
        return StreamId.Index(id) < (IsLocal(id) ? _openedLocal : _openedRemote);
    }

    /// <summary>Takes the stream limits of the peer's transport parameters.</summary>
    public void SetPeerParameters(long maxStreams, long limitOnOwnStreams, long limitOnPeerStreams)
    {
        PeerStreamLimit = maxStreams;
        _peerLimitOwnStreams = limitOnOwnStreams;
        _peerLimitPeerStreams = limitOnPeerStreams;
    }

    public bool RaisePeerStreamLimit(long limit)
    {
        if (limit <= PeerStreamLimit) return false;
        PeerStreamLimit = limit;
        return true;
    }

    /// <summary>True once after <see cref="WantsStreams"/>, when an open would now succeed.</summary>
    public bool TakeStreamsAvailable()
    {
        if (!WantsStreams || !CanOpen) return false;
        WantsStreams = false;
        return true;
    }

    private bool CanOpen => _openedLocal < PeerStreamLimit && _openLocal < _maxLocal;

    /// <summary>Opens our next stream; None when the peer's limit or ours is reached.</summary>
    public long OpenLocal()
    {
        if (!CanOpen)
        {
            WantsStreams = true;
            return StreamId.None;
        }

        long id = StreamId.Bidirectional(_openedLocal, _isClient);
        _openedLocal++;
        _openLocal++;
        // Named from the peer's side, our stream is "remote": its limit is initial_max_stream_data_bidi_remote.
        Take().Open(id, _peerLimitOwnStreams);
        return id;
    }

    /// <summary>
    /// The stream a received frame names, opened with all lower ones of its kind if it is new (RFC 9000 section 3.2); null when
    /// it is already over. Throws for streams the peer must not name.
    /// </summary>
    public QuicStream ForFrame(long id, long frameType, bool aboutOurSending)
    {
        if (!StreamId.IsBidirectional(id)) throw Unidirectional(id, frameType, aboutOurSending);
        QuicStream stream = Find(id);
        if (stream != null) return stream;
        long index = StreamId.Index(id);
        if (IsLocal(id))
        {
            if (index < _openedLocal) return null;
            throw new TransportException(TransportErrorCode.StreamStateError, frameType, "stream not opened");
        }

        if (index < _openedRemote) return null;
        if (index >= GrantedStreams) throw new TransportException(TransportErrorCode.StreamLimitError, frameType, "too many streams");
        while (_openedRemote <= index)
        {
            stream = Take();
            stream.Open(StreamId.Bidirectional(_openedRemote, !_isClient), _peerLimitPeerStreams);
            _openedRemote++;
            Raise(stream, QuicStream.EventOpened);
        }

        return stream;
    }

    public void Raise(QuicStream stream, int events)
    {
        stream.Events |= events;
        HasEvents = true;
    }

    /// <summary>A stream with events, or null: first those that the peer opened, in the order of their numbers, then each in turn.</summary>
    public QuicStream NextWithEvents()
    {
        // A place is not freed while it has events, so the opened streams are all there.
        if (_reportedRemote < _openedRemote) return Find(StreamId.Bidirectional(_reportedRemote++, !_isClient));
        for (int i = 0; i < _used; i++)
        {
            if (_eventCursor >= _used) _eventCursor = 0;
            if (_places[_eventCursor].Events != 0) return _places[_eventCursor];
            _eventCursor++;
        }

        HasEvents = false;
        return null;
    }

    /// <summary>Frees the places of streams that are over.</summary>
    public void Sweep()
    {
        SweepDue = false;
        for (int i = 0; i < _used; i++)
        {
            QuicStream stream = _places[i];
            if (stream.Id == StreamId.None || !stream.IsDone || stream.Events != 0) continue;
            if (IsLocal(stream.Id))
            {
                _openLocal--;
            }
            else
            {
                GrantedStreams++;
                MaxStreamsDue = true;
            }

            stream.Free();
        }
    }

    private bool IsLocal(long id) => StreamId.IsClientOpened(id) == _isClient;

    private QuicStream Take()
    {
        for (int i = 0; i < _used; i++)
        {
            if (_places[i].Id == StreamId.None) return _places[i];
        }

        if (_used == _places.Length) throw new InvalidOperationException("no free stream");
        return _places[_used++] = new QuicStream(_sendBufferBytes, _windowBytes);
    }

    // We neither open nor accept unidirectional streams. Which error is due depends on the opener and the frame's direction.
    private TransportException Unidirectional(long id, long frameType, bool aboutOurSending)
    {
        bool ours = IsLocal(id);
        if (ours || aboutOurSending)
            return new TransportException(TransportErrorCode.StreamStateError, frameType, "no such unidirectional stream");
        return new TransportException(TransportErrorCode.StreamLimitError, frameType, "unidirectional streams are not accepted");
    }
}
