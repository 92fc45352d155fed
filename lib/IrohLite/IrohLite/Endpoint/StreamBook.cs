namespace IrohLite;

/// <summary>The streams of one connection on which an application thread may still wait, by id.</summary>
internal sealed class StreamBook
{
    private long[] _ids = new long[4];
    private IrohStream[] _streams = new IrohStream[4];
    private int _count;
    private int _last;

    internal int Count => _count;

    internal IrohStream Get(int index)
    {
        return _streams[index];
    }

    /// <summary>The stream, or null.</summary>
    internal IrohStream Find(long id)
    {
        if (_last < _count && _ids[_last] == id) return _streams[_last];
        for (int i = 0; i < _count; i++)
        {
            if (_ids[i] != id) continue;
            _last = i;
            return _streams[i];
        }

        return null;
    }

    /// <summary>Grows as far as the transport opens streams: QuicConfig.MaxBidirectionalStreams and MaxLocalStreams bound it.</summary>
    internal void Add(IrohStream stream)
    {
        if (_count == _ids.Length)
        {
            long[] ids = new long[2 * _count];
            IrohStream[] streams = new IrohStream[2 * _count];
            System.Array.Copy(_ids, 0, ids, 0, _count);
            System.Array.Copy(_streams, 0, streams, 0, _count);
            _ids = ids;
            _streams = streams;
        }

        _ids[_count] = stream.Id;
        _streams[_count] = stream;
        _count++;
    }

    internal void Remove(IrohStream stream)
    {
        for (int i = 0; i < _count; i++)
        {
            if (_streams[i] != stream) continue;
            _count--;
            _ids[i] = _ids[_count];
            _streams[i] = _streams[_count];
            _streams[_count] = null;
            return;
        }
    }
}
