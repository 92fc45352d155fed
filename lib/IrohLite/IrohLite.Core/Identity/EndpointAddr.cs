using System;

namespace IrohLite.Identity;

/// <summary>An endpoint's id and the places where it may be reached, sorted and each once. No places is allowed.</summary>
public sealed class EndpointAddr
{
    /// <summary>Most places one endpoint can have here; iroh itself never names more than a few.</summary>
    public const int MaxCount = 64;

    private TransportAddr[] _places = new TransportAddr[4];

    /// <summary>An address without places.</summary>
    public EndpointAddr(EndpointId id)
    {
        if (id == null) throw new ArgumentNullException("id");
        Id = id;
    }

    /// <summary>Who it is.</summary>
    public EndpointId Id { get; }

    /// <summary>Number of places.</summary>
    public int Count { get; private set; }

    /// <summary>One place; relays come first.</summary>
    public TransportAddr Get(int index)
    {
        if (index < 0 || index >= Count) throw new ArgumentOutOfRangeException("index");
        return _places[index];
    }

    /// <summary>Adds a relay.</summary>
    public void AddRelay(RelayUrl relay)
    {
        Add(TransportAddr.ForRelay(relay));
    }

    /// <summary>Adds an IP address of 4 or 16 bytes and a UDP port.</summary>
    public void AddIp(byte[] ipAddress, int port)
    {
        Add(TransportAddr.ForIp(ipAddress, port));
    }

    /// <summary>Adds a place unless it is there already. More than <see cref="MaxCount"/> throws InvalidOperationException.</summary>
    public void Add(TransportAddr place)
    {
        int at = Count;
        while (at > 0)
        {
            int order = place.CompareTo(_places[at - 1]);
            if (order == 0) return;
            if (order > 0) break;
            at--;
        }

        if (Count == MaxCount) throw new InvalidOperationException("too many addresses for one endpoint");
        if (Count == _places.Length)
        {
            TransportAddr[] larger = new TransportAddr[2 * Count];
            Array.Copy(_places, 0, larger, 0, Count);
            _places = larger;
        }

        Array.Copy(_places, at, _places, at + 1, Count - at);
        _places[at] = place;
        Count++;
    }

    /// <summary>The first relay, or null.</summary>
    public RelayUrl FirstRelay()
    {
        return Count > 0 ? _places[0].Relay : null;
    }

    /// <summary>The short id and the places, for logs.</summary>
    public override string ToString()
    {
        string text = Id.ToShortString();
        for (int i = 0; i < Count; i++) text += (i == 0 ? " at " : ", ") + _places[i];
        return text;
    }
}
