using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace IrohLite.RelayServer;

/// <summary>
/// Who is connected: for each id the newest connection, which gets the datagrams, the older ones in order, and to whom the id has sent.
/// </summary>
internal sealed class ClientTable(RelayMetrics metrics)
{
    private readonly ConcurrentDictionary<EndpointKey, Entry> _entries = new();
    private readonly Lock _lock = new();

    /// <summary>All connections at the moment, the inactive ones too.</summary>
    public RelayClient[] Snapshot()
    {
        lock (_lock) return _entries.Values.SelectMany(entry => entry.Older.Append(entry.Active)).ToArray();
    }

    /// <summary>Adds a connection; an older one with the same id is told and stays, inactive.</summary>
    public void Add(RelayClient client)
    {
        lock (_lock)
        {
            if (_entries.TryGetValue(client.Id, out Entry? entry))
            {
                entry.Active.TellInactive();
                entry.Older.Add(entry.Active);
                entry.Active = client;
            }
            else _entries[client.Id] = new Entry(client);

            metrics.Sessions.Add(1);
            Count(1);
        }
    }

    /// <summary>
    /// Removes a connection. When it was the active one, the most recent older one follows; when it was the last, everybody the id had
    /// sent to and who is still here is told.
    /// </summary>
    public void Remove(RelayClient client)
    {
        lock (_lock)
        {
            Entry entry = _entries[client.Id];
            if (entry.Active != client) entry.Older.Remove(client);
            else if (entry.Older.Count > 0)
            {
                entry.Active = entry.Older[^1];
                entry.Older.RemoveAt(entry.Older.Count - 1);
                entry.Active.TellActive();
            }
            else
            {
                _entries.TryRemove(client.Id, out _);
                lock (entry.SentTo)
                    foreach (EndpointKey peer in entry.SentTo)
                        if (_entries.TryGetValue(peer, out Entry? told)) told.Active.Outgoing.AddControl(RelayFrames.EndpointGone(client.Id));
            }

            Count(-1);
        }
    }

    /// <summary>Passes a datagram frame on to whoever is active under an id, and remembers the pair. Takes the message over.</summary>
    public void Forward(RelayClient from, EndpointKey destination, RelayMessage message)
    {
        if (!_entries.TryGetValue(destination, out Entry? entry))
        {
            metrics.FramesToNobody.Add(1);
            message.Return();
        }
        else if (!entry.Active.Outgoing.TryAddPacket(message)) metrics.FramesOverflow.Add(1);
        else
        {
            metrics.FramesForwarded.Add(1);
            if (_entries.TryGetValue(from.Id, out Entry? sender)) sender.Remember(destination);
        }
    }

    private void Count(int sessions)
    {
        metrics.SessionsOpen.Add(sessions);
        metrics.EndpointsOnline.Add(_entries.Count - metrics.EndpointsOnline.Value);
    }

    private sealed class Entry(RelayClient active)
    {
        private volatile RelayClient _active = active;
        private EndpointKey? _lastPeer;

        public RelayClient Active
        {
            get => _active;
            set => _active = value;
        }

        public List<RelayClient> Older { get; } = [];

        public HashSet<EndpointKey> SentTo { get; } = [];

        public void Remember(EndpointKey peer)
        {
            lock (SentTo)
            {
                if (_lastPeer == peer) return;
                if (SentTo.Count < RelayLimits.MaxRememberedPeers) SentTo.Add(peer);
                _lastPeer = peer;
            }
        }
    }
}
