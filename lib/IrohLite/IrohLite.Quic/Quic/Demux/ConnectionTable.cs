using System;

namespace IrohLite.Quic;

/// <summary>The connections of a demultiplexer in fixed places, found by their ids.</summary>
internal sealed class ConnectionTable
{
    private readonly QuicConnection[] _places;
    private readonly long[] _localKeys;

    public ConnectionTable(int capacity)
    {
        _places = new QuicConnection[capacity];
        _localKeys = new long[capacity];
    }

    /// <summary>Connections that hold a place.</summary>
    public int Count { get; private set; }

    /// <summary>One past the highest place ever used.</summary>
    public int Places { get; private set; }

    public bool IsFull => Count == _places.Length;

    /// <summary>The connection at a place, or null.</summary>
    public QuicConnection At(int place) => _places[place];

    /// <summary>The first eight bytes of an id as a number; the id must have them.</summary>
    public static long Key(byte[] buffer, int offset) => BitConverter.ToInt64(buffer, offset);

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

    /// <summary>The connection with this id of ours, or null.</summary>
    public QuicConnection FindLocal(long key)
    {
        for (int i = 0; i < Places; i++)
        {
            if (_localKeys[i] == key && _places[i] != null) return _places[i];
        }

        return null;
    }

    /// <summary>The server's connection that began with this id: a client uses it until it has our first packet.</summary>
    public QuicConnection FindOriginal(byte[] buffer, int offset, int count)
    {
        for (int i = 0; i < Places; i++)
        {
            QuicConnection connection = _places[i];
            if (connection != null && !connection.IsClient && connection.OriginalDcid.SameAs(buffer, offset, count)) return connection;
        }

        return null;
    }
}
