using System;
using System.Collections.Generic;

namespace IrohLite.Tests.Sim;

/// <summary>
/// One direction of the network: latency, loss by rate or by a mask over the first datagrams, duplication, reordering, a bounded
/// receive box, and an editor that may change or swallow a datagram. All chance comes from one seed.
/// </summary>
internal sealed class SimLink
{
    private readonly List<(long AtMs, long Order, byte[] Bytes, SimAddress From, SimAddress To)> _flying = new();
    private readonly SimRandom _random;
    private long _order;

    public SimLink(ulong seed) => _random = new SimRandom(seed);

    public long LatencyMs { get; set; } = 10;

    /// <summary>Bit n set: the datagram with index n is lost.</summary>
    public ulong LossMask { get; set; }

    public double LossRate { get; set; }

    public double DuplicateRate { get; set; }

    /// <summary>Share of datagrams that are late by up to three latencies.</summary>
    public double ReorderRate { get; set; }

    /// <summary>Datagrams that may arrive in one millisecond; 0 = any number. A device's network stack has six.</summary>
    public int BoxSlots { get; set; }

    /// <summary>Nothing arrives any more.</summary>
    public bool IsCut { get; set; }

    /// <summary>Sees every datagram with its index before loss; returns what to send, or null to swallow it.</summary>
    public Func<int, byte[], byte[]> Edit { get; set; }

    public int SentCount { get; private set; }

    public long SentBytes { get; private set; }

    public int LostCount { get; private set; }

    public long NextArrivalMs
    {
        get
        {
            long next = long.MaxValue;
            foreach (var item in _flying) next = Math.Min(next, item.AtMs);
            return next;
        }
    }

    public void Send(byte[] datagram, SimAddress from, SimAddress to, long nowMs)
    {
        int index = SentCount++;
        SentBytes += datagram.Length;
        if (Edit != null) datagram = Edit(index, datagram);
        bool lost = datagram == null || IsCut || (index < 64 && (LossMask >> index & 1) != 0)
            || (LossRate > 0 && _random.NextDouble() < LossRate);
        if (lost)
        {
            LostCount++;
            return;
        }

        Enqueue(datagram, from, to, nowMs);
        if (DuplicateRate > 0 && _random.NextDouble() < DuplicateRate) Enqueue(datagram, from, to, nowMs + _random.Below(5));
    }

    /// <summary>Takes the datagrams that have arrived, in order of arrival.</summary>
    public List<(byte[] Bytes, SimAddress From, SimAddress To)> Arrivals(long nowMs)
    {
        var due = _flying.FindAll(item => item.AtMs <= nowMs);
        _flying.RemoveAll(item => item.AtMs <= nowMs);
        due.Sort((a, b) => a.AtMs != b.AtMs ? a.AtMs.CompareTo(b.AtMs) : a.Order.CompareTo(b.Order));
        if (BoxSlots > 0 && due.Count > BoxSlots)
        {
            LostCount += due.Count - BoxSlots;
            due.RemoveRange(BoxSlots, due.Count - BoxSlots);
        }

        return due.ConvertAll(item => (item.Bytes, item.From, item.To));
    }

    private void Enqueue(byte[] datagram, SimAddress from, SimAddress to, long nowMs)
    {
        long at = nowMs + LatencyMs;
        if (ReorderRate > 0 && _random.NextDouble() < ReorderRate) at += 1 + _random.Below((int)(3 * LatencyMs) + 1);
        _flying.Add((at, _order++, (byte[])datagram.Clone(), from, to));
    }
}
