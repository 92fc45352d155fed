using System;
using System.Collections.Generic;

namespace IrohLite.Tests.Sim;

/// <summary>A relay on virtual time, as far as its clients can see one, with the troubles a relay can have.</summary>
internal sealed class VirtualRelay
{
    /// <summary>Frames a relay keeps for a client that does not read (iroh-wire 3.7).</summary>
    private const int QueueFrames = 512;

    private readonly SimClock _clock;
    private readonly List<(long AtMs, long Order, Action Action)> _events = new();
    private readonly Dictionary<string, List<VirtualRelayStream>> _byId = new();
    private readonly List<VirtualRelayStream> _streams = new();
    private readonly List<byte[]> _batch = new();
    private long _order;
    private bool _isDown;

    public VirtualRelay(SimClock clock) => _clock = clock;

    public long NowMs => _clock.NowMs;

    public long LatencyMs { get; set; } = 10;

    /// <summary>How fast each client's stream is written; 0 = at once.</summary>
    public int BytesPerMs { get; set; }

    public string DenyReason { get; set; }

    /// <summary>Datagrams of one sender are collected for 5 ms and sent on as batches.</summary>
    public bool Batches { get; set; }

    /// <summary>The source that is shown for a datagram instead of the true one; null = the true one.</summary>
    public Func<byte[], byte[]> Lie { get; set; }

    /// <summary>Datagrams dropped because a client did not read.</summary>
    public int Dropped { get; private set; }

    /// <summary>Largest number of datagrams in one batch sent.</summary>
    public int LargestBatch { get; private set; }

    /// <summary>Going down cuts every stream, and connects are refused until it is up again.</summary>
    public bool IsDown
    {
        get => _isDown;
        set
        {
            _isDown = value;
            if (value) Cut();
        }
    }

    public long NextEventMs
    {
        get
        {
            long next = long.MaxValue;
            foreach (var item in _events) next = Math.Min(next, item.AtMs);
            return next;
        }
    }

    public void At(long timeMs, Action action) => _events.Add((timeMs, _order++, action));

    public void RunEvents()
    {
        while (true)
        {
            int first = -1;
            for (int i = 0; i < _events.Count; i++)
            {
                if (_events[i].AtMs > NowMs) continue;
                if (first < 0 || (_events[i].AtMs, _events[i].Order).CompareTo((_events[first].AtMs, _events[first].Order)) < 0) first = i;
            }

            if (first < 0) return;
            Action action = _events[first].Action;
            _events.RemoveAt(first);
            action();
        }
    }

    /// <summary>A client connects; it hears the outcome one round trip later.</summary>
    public void Connect(VirtualRelayClient client) => At(NowMs + 2 * LatencyMs, () =>
    {
        if (_isDown)
        {
            client.OnDown();
            return;
        }

        VirtualRelayStream stream = new(this, client);
        _streams.Add(stream);
        client.OnUp(stream);
    });

    /// <summary>Every stream ends, as when the relay restarts.</summary>
    public void Cut()
    {
        foreach (VirtualRelayStream stream in _streams.ToArray()) Remove(stream);
    }

    /// <summary>The newest stream of an id is the active one; the one before is told.</summary>
    public void Add(VirtualRelayStream stream)
    {
        string key = Convert.ToHexString(stream.Id);
        if (!_byId.TryGetValue(key, out List<VirtualRelayStream> all)) _byId[key] = all = new List<VirtualRelayStream>();
        if (all.Count > 0) all[^1].Send([0x0D, 1]);
        all.Add(stream);
    }

    public void Remove(VirtualRelayStream stream)
    {
        if (!_streams.Remove(stream)) return;
        stream.IsCut = true;
        if (stream.Id != null && _byId.TryGetValue(Convert.ToHexString(stream.Id), out List<VirtualRelayStream> all))
        {
            bool wasActive = all.Count > 0 && all[^1] == stream;
            all.Remove(stream);
            if (wasActive && all.Count > 0) all[^1].Send([0x0D, 0]);
        }

        stream.Client.OnDown();
    }

    public void Forward(VirtualRelayStream from, byte[] destination, byte[] datagram)
    {
        if (!Batches)
        {
            Deliver(from.Id, destination, [6, .. Shown(from.Id), 0, .. datagram]);
            return;
        }

        _batch.Add([.. from.Id, .. destination, .. datagram]);
        if (_batch.Count == 1) At(NowMs + 5, Flush);
    }

    /// <summary>A message of any sender, true or not, to a client.</summary>
    public void Deliver(byte[] source, byte[] destination, byte[] message)
    {
        if (!_byId.TryGetValue(Convert.ToHexString(destination), out List<VirtualRelayStream> all) || all.Count == 0) return;
        if (all[^1].Queued >= QueueFrames) Dropped++;
        else all[^1].Send(message);
    }

    private byte[] Shown(byte[] source) => Lie?.Invoke(source) ?? source;

    // A batch holds datagrams of one size between the same two, of which the last may be shorter; 65536 bytes at most.
    private void Flush()
    {
        for (int i = 0; i < _batch.Count;)
        {
            byte[] first = _batch[i];
            int size = first.Length - 64;
            List<byte> data = [.. first[64..]];
            int count = 1;
            for (i++; i < _batch.Count && _batch[i].AsSpan(0, 64).SequenceEqual(first.AsSpan(0, 64)); i++, count++)
            {
                int next = _batch[i].Length - 64;
                if (next > size || data.Count % size != 0 || data.Count + next + 35 > 65536) break;
                data.AddRange(_batch[i][64..]);
            }

            LargestBatch = Math.Max(LargestBatch, count);
            byte[] source = first[..32];
            Deliver(source, first[32..64], [7, .. Shown(source), 0, (byte)(size >> 8), (byte)size, .. data]);
        }

        _batch.Clear();
    }
}
