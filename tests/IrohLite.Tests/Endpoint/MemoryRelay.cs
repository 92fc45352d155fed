using System;
using System.Collections.Generic;
using System.Threading;
using IrohLite.Identity;
using IrohLite.Platform;

namespace IrohLite.Tests.Endpoint;

/// <summary>Relays in memory and the connector that reaches them: every host name is a relay of its own.</summary>
internal sealed class MemoryRelay : IStreamConnector
{
    private readonly Dictionary<string, MemoryRelaySession> _clients = new();
    private readonly List<MemoryRelaySession> _sessions = new();
    private readonly Dictionary<string, byte[]> _shown = new();
    private readonly object _lock = new();

    /// <summary>Connects are refused while this is set.</summary>
    public bool IsDown { get; set; }

    /// <summary>The relay refuses every key with this reason.</summary>
    public string DenyReason { get; set; }

    /// <summary>The relay answers the upgrade with this instead.</summary>
    public string UpgradeAnswer { get; set; }

    /// <summary>Upgrade requests, oldest first, as "host: head".</summary>
    public List<string> Requests { get; } = new();

    /// <summary>Connects tried.</summary>
    public int Connects { get; private set; }

    /// <summary>Clients that said goodbye.</summary>
    public int Left { get; private set; }

    /// <summary>Datagrams forwarded.</summary>
    public int Forwarded { get; private set; }

    public IByteStream Connect(string host, int port, bool useTls, int timeoutMs)
    {
        lock (_lock)
        {
            Connects++;
            if (IsDown) throw new StreamFailedException("cannot reach " + host + ": connection refused");
            (MemoryStreamEnd ours, MemoryStreamEnd theirs) = MemoryStreamEnd.Pair();
            MemoryRelaySession session = new(this, host, theirs);
            _sessions.Add(session);
            new Thread(session.Run) { IsBackground = true }.Start();
            return ours;
        }
    }

    /// <summary>Cuts every connection.</summary>
    public void Cut()
    {
        lock (_lock)
        {
            foreach (MemoryRelaySession session in _sessions) session.Close();
            _sessions.Clear();
            _clients.Clear();
        }
    }

    /// <summary>From now on the relay lies: it shows this sender under another id, and delivers what is sent to that id to it.</summary>
    public void Forge(string host, EndpointId sender, EndpointId shown)
    {
        lock (_lock)
        {
            _shown[KeyOf(host, sender.RawBytes)] = shown.RawBytes;
            _clients[KeyOf(host, shown.RawBytes)] = _clients[KeyOf(host, sender.RawBytes)];
        }
    }

    internal static string KeyOf(string host, byte[] id) => host + "/" + Convert.ToHexString(id);

    internal void Asked(string host, string head)
    {
        lock (_lock) Requests.Add(host + ": " + head);
    }

    internal void OnLeft()
    {
        lock (_lock) Left++;
    }

    internal void Register(MemoryRelaySession session)
    {
        lock (_lock) _clients[session.Key] = session;
    }

    internal void Forward(MemoryRelaySession from, byte[] message)
    {
        MemoryRelaySession to;
        byte[] source = from.Id;
        lock (_lock)
        {
            if (!_clients.TryGetValue(KeyOf(from.Host, message[1..33]), out to)) return;
            if (_shown.TryGetValue(from.Key, out byte[] shown)) source = shown;
            Forwarded++;
        }

        byte[] forwarded = (byte[])message.Clone();
        forwarded[0] = (byte)(message[0] + 2);
        Array.Copy(source, 0, forwarded, 1, 32);
        to.Send(forwarded);
    }
}
