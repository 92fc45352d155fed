using IrohLite.Quic;

namespace IrohLite;

/// <summary>The connections whose handshake is complete and that are not over.</summary>
internal sealed class ConnectionBook
{
    private IrohConnection[] _connections;

    internal ConnectionBook(int capacity)
    {
        _connections = new IrohConnection[capacity];
    }

    internal int Count { get; private set; }

    internal IrohConnection Get(int index)
    {
        return _connections[index];
    }

    /// <summary>The transport bounds the number; one whose end is not polled yet may stand here beside its successor.</summary>
    internal void Add(IrohConnection connection)
    {
        if (Count == _connections.Length)
        {
            IrohConnection[] larger = new IrohConnection[2 * Count];
            System.Array.Copy(_connections, 0, larger, 0, Count);
            _connections = larger;
        }

        _connections[Count++] = connection;
    }

    internal void Remove(IrohConnection connection)
    {
        for (int i = 0; i < Count; i++)
        {
            if (_connections[i] != connection) continue;
            Count--;
            _connections[i] = _connections[Count];
            _connections[Count] = null;
            return;
        }
    }

    /// <summary>A relay is back: the connections through it need not wait for their next probe, which after an outage may be seconds away.</summary>
    internal void ProbeThrough(RelayLink link)
    {
        for (int i = 0; i < Count; i++)
        {
            QuicConnection quic = _connections[i].Quic;
            RelayPath path = quic.Path as RelayPath;
            if (path != null && path.Link == link) quic.ProbeNow();
        }
    }
}
