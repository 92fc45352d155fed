using System;

namespace IrohLite.Quic;

/// <summary>The connections of a demultiplexer in fixed places, found by their ids, and the tombstones of those that ended.</summary>
internal sealed class ConnectionTable
{
    private readonly QuicConnection[] _places;
    private readonly long[] _localKeys;
    private readonly Tombstones _tombstones = new Tombstones();

    public ConnectionTable(int capacity)
    {
        _places = new QuicConnection[capacity];
        _localKeys = new long[capacity];
    }

    /// <summary>Connections that hold a place.</summary>
    public int Count { get; private set; }

    /// <summary>One past the highest place ever used.</summary>
    public int Places { get; private set; }

    /// <summary>The connection at a place, or null.</summary>
    public QuicConnection At(int place) => _places[place];

    /// <summary>The first eight bytes of an id as a number; the id must have them.</summary>
    public static long Key(byte[] buffer, int offset) => BitConverter.ToInt64(buffer, offset);

    public int CountAccepting()
    {
        int count = 0;
        for (int i = 0; i < Places; i++)
            if (_places[i] != null && !_places[i].IsClient && _places[i].State.IsHandshaking) count++;
        return count;
    }

    public void Add(QuicConnection connection)
    {
        int place = 0;
        while (_places[place] != null) place++;
        _places[place] = connection;
        _localKeys[place] = Key(connection.LocalCid.Bytes, 0);
        Count++;
        if (place >= Places) Places = place + 1;
    }

    public void RemoveAt(int place)
    {
        _places[place] = null;
        Count--;
    }

    /// <summary>The earliest deadline of all.</summary>
    public long NextDeadlineMs()
    {
        long next = Deadline.Never;
        for (int i = 0; i < Places; i++)
        {
            QuicConnection connection = _places[i];
            if (connection == null) continue;
            long at = connection.Timers.NextDeadlineMs();
            if (at < next) next = at;
        }

        return next;
    }

    /// <summary>
    /// A place is free, or was freed: a connection that only waits for stragglers gives its place to a new one, else the oldest client
    /// that has not finished its handshake in time. Whoever invents addresses can begin handshakes, but not finish one.
    /// </summary>
    public bool TryMakeRoom(long nowMs)
    {
        if (Count < _places.Length) return true;
        int late = -1;
        for (int i = 0; i < Places; i++)
        {
            QuicConnection connection = _places[i];
            if (connection.IsLateClient(nowMs) && (late < 0 || connection.StartedMs < _places[late].StartedMs)) late = i;
            if (!connection.State.IsClosed || connection.HasEvents || connection.CloseSending.IsDue) continue;
            connection.Release();
            Bury(connection, nowMs);
            RemoveAt(i);
            return true;
        }

        if (late < 0) return false;
        _places[late].OnSilentEnd(new QuicCloseInfo(QuicCloseKind.IdleTimeout, 0, 0, "handshake not finished in time"));
        Bury(_places[late], nowMs);
        RemoveAt(late);
        return true;
    }

    /// <summary>The connection is over: from now on its ids are dropped unopened.</summary>
    public void Bury(QuicConnection connection, long nowMs)
    {
        if (connection.IsBuried) return;
        connection.IsBuried = true;
        _tombstones.Add(Key(connection.LocalCid.Bytes, 0), nowMs);
        if (!connection.IsClient) _tombstones.Add(Key(connection.OriginalDcid.Bytes, 0), nowMs);
    }

    /// <summary>The id belongs to a connection that ended a short while ago.</summary>
    public bool IsBuried(PacketHeader header, long nowMs) =>
        header.DcidLength >= Limits.LocalCidBytes && _tombstones.Contains(Key(header.Buffer, header.DcidOffset), nowMs);

    /// <summary>The connection whose id of ours this is, or null.</summary>
    public QuicConnection FindLocal(PacketHeader header)
    {
        if (header.DcidLength != Limits.LocalCidBytes) return null;
        long key = Key(header.Buffer, header.DcidOffset);
        for (int i = 0; i < Places; i++)
        {
            if (_localKeys[i] == key && _places[i] != null) return _places[i];
        }

        return null;
    }

    /// <summary>
    /// The connection whose peer says with a stateless reset that it has forgotten it, or null: such a packet starts with random
    /// bytes, so it is known by the token at its end and by where it came from (RFC 9000 section 10.3.1).
    /// </summary>
    public QuicConnection FindByResetToken(byte[] buffer, int end, PathAddress path)
    {
        for (int i = 0; i < Places; i++)
        {
            QuicConnection connection = _places[i];
            if (connection == null || !connection.State.IsOpen || !path.SameAs(connection.Path)) continue;
            if (connection.RemoteCids.IsResetToken(buffer, end - TransportParameters.ResetTokenSizeBytes)) return connection;
        }

        return null;
    }

    /// <summary>The server's connection that began with this id: a client uses it until it has our first packet.</summary>
    public QuicConnection FindOriginal(ConnectionId id)
    {
        for (int i = 0; i < Places; i++)
        {
            QuicConnection connection = _places[i];
            if (connection != null && !connection.IsClient && connection.OriginalDcid.SameAs(id)) return connection;
        }

        return null;
    }
}
