namespace IrohLite.Firmware.Services;

/// <summary>
/// At most two connections per endpoint id: a browser page opens a second one for a command, and a reloaded page comes back with the
/// same id while the old connection still waits for its idle timeout. The oldest of the same id gives way.
/// </summary>
public sealed class ConnectionSlots
{
    /// <summary>Connections one id may have at a time.</summary>
    public const int PerPeer = 2;

    private readonly IrohConnection[] _connections;
    private int _count;

    /// <summary>Room for as many connections as the endpoint can hold.</summary>
    public ConnectionSlots(int capacity)
    {
        _connections = new IrohConnection[capacity];
    }

    /// <summary>Connections entered and not left.</summary>
    public int Count
    {
        get
        {
            lock (_connections) return _count;
        }
    }

    /// <summary>Enters a connection; closes the oldest of the same id with code 0 when there are too many.</summary>
    public void Enter(IrohConnection connection)
    {
        IrohConnection evicted = null;
        lock (_connections)
        {
            int ofPeer = 0;
            int oldest = -1;
            for (int i = 0; i < _count; i++)
            {
                if (!_connections[i].RemoteId.SameAs(connection.RemoteId)) continue;
                if (oldest < 0) oldest = i;
                ofPeer++;
            }

            if (ofPeer >= PerPeer || (_count == _connections.Length && oldest >= 0))
            {
                evicted = _connections[oldest];
                RemoveAt(oldest);
            }

            if (_count < _connections.Length) _connections[_count++] = connection;
        }

        if (evicted != null && !evicted.IsClosed) evicted.Close(0, "");
    }

    /// <summary>Removes a connection that has ended; does nothing when it was evicted.</summary>
    public void Leave(IrohConnection connection)
    {
        lock (_connections)
        {
            for (int i = 0; i < _count; i++)
            {
                if (_connections[i] != connection) continue;
                RemoveAt(i);
                return;
            }
        }
    }

    // Keeps the order: the oldest stands first.
    private void RemoveAt(int index)
    {
        _count--;
        for (int i = index; i < _count; i++) _connections[i] = _connections[i + 1];
        _connections[_count] = null;
    }
}
