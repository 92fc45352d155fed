using System;
using System.Collections.Generic;

namespace IrohLite.Tests.Sim;

/// <summary>
/// One direction of the network: latency with jitter, a rate with a bounded queue before it, loss singly, in bursts or by a mask over
/// the first datagrams, duplication, reordering, a bounded receive box, and an editor that may change or swallow a datagram. All chance
/// comes from one seed.
/// </summary>
internal sealed class SimLink
{
    private readonly List<(long AtMs, long Order, byte[] Bytes, SimAddress From, SimAddress To)> _flying = new();
    private readonly SimRandom _random;
    private long _order;
    private bool _inBurst;
    private double _lineFreeMs;
    private double _fadeEndMs;
    private double _nextFadeMs = -1;

    public SimLink(ulong seed) => _random = new SimRandom(seed);

    public long LatencyMs { get; set; } = 10;

    /// <summary>Bit n set: the datagram with index n is lost.</summary>
    public ulong LossMask { get; set; }

    public double LossRate { get; set; }

    /// <summary>Mean length of a burst in datagrams: losses of <see cref="LossRate"/> come in runs of it. 0 = each for itself.</summary>
    public double BurstDatagrams { get; set; }

    /// <summary>Mean length of a fade: for <see cref="LossRate"/> of the time nothing passes. 0 = none.</summary>
    public double FadeMs { get; set; }

    /// <summary>Each datagram is this much earlier or later at most.</summary>
    public int JitterMs { get; set; }

    /// <summary>Bits a second the line carries; 0 = any number. UDP and IP headers count.</summary>
    public long RateBitsPerSecond { get; set; }

    /// <summary>Bytes that wait for the line at most; what comes on top is lost.</summary>
    public long QueueBytes { get; set; } = long.MaxValue;

    public double DuplicateRate { get; set; }

    /// <summary>Share of datagrams that are late by up to three latencies.</summary>
    public double ReorderRate { get; set; }

    /// <summary>Datagrams that may arrive in one millisecond; 0 = any number. A device's network stack has six.</summary>
    public int BoxSlots { get; set; }

    /// <summary>The receiver looks into its box at multiples of this time only; 0 = at once.</summary>
    public int ReadEveryMs { get; set; }

    /// <summary>Nothing arrives any more.</summary>
    public bool IsCut { get; set; }

    /// <summary>Sees every datagram with its index before loss; returns what to send, or null to swallow it.</summary>
    public Func<int, byte[], byte[]> Edit { get; set; }

    public int SentCount { get; private set; }

    public long SentBytes { get; private set; }

    public int LostCount { get; private set; }

    /// <summary>Of <see cref="LostCount"/>: those that found the queue full.</summary>
    public int QueueLostCount { get; private set; }

    public long NextArrivalMs
    {
        get
        {
            long next = long.MaxValue;
            foreach (var item in _flying) next = Math.Min(next, item.AtMs);
            return ReadEveryMs == 0 || next == long.MaxValue ? next : (next + ReadEveryMs - 1) / ReadEveryMs * ReadEveryMs;
        }
    }

    public void Send(byte[] datagram, SimAddress from, SimAddress to, long nowMs)
    {
        int index = SentCount++;
        SentBytes += datagram.Length;
        if (Edit != null) datagram = Edit(index, datagram);
        bool lost = datagram == null || IsCut || (index < 64 && (LossMask >> index & 1) != 0)
            || IsLostByChance(nowMs);
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
        long until = ReadEveryMs == 0 ? nowMs : nowMs - nowMs % ReadEveryMs;
        var due = _flying.FindAll(item => item.AtMs <= until);
        _flying.RemoveAll(item => item.AtMs <= until);
        due.Sort((a, b) => a.AtMs != b.AtMs ? a.AtMs.CompareTo(b.AtMs) : a.Order.CompareTo(b.Order));
        if (BoxSlots > 0 && due.Count > BoxSlots)
        {
            LostCount += due.Count - BoxSlots;
            due.RemoveRange(BoxSlots, due.Count - BoxSlots);
        }

        return due.ConvertAll(item => (item.Bytes, item.From, item.To));
    }

    private bool IsLostByChance(long nowMs)
    {
        if (LossRate <= 0) return false;
        if (FadeMs > 0) return IsFaded(nowMs);
        if (BurstDatagrams <= 0) return _random.NextDouble() < LossRate;
        // Two states (Gilbert): the mean stay in the bad one is the burst, and the share of time in it the loss rate.
        double leave = 1 / BurstDatagrams;
        double enter = LossRate / (1 - LossRate) * leave;
        _inBurst = _inBurst ? _random.NextDouble() >= leave : _random.NextDouble() < enter;
        return _inBurst;
    }

    private bool IsFaded(long nowMs)
    {
        double clearMs = FadeMs * (1 - LossRate) / LossRate;
        if (_nextFadeMs < 0)
        {
            // The line may be faded when the first datagram comes.
            _fadeEndMs = nowMs + (_random.NextDouble() < LossRate ? Exponential(FadeMs) : 0);
            _nextFadeMs = _fadeEndMs + Exponential(clearMs);
        }

        while (_nextFadeMs <= nowMs)
        {
            _fadeEndMs = _nextFadeMs + Exponential(FadeMs);
            _nextFadeMs = _fadeEndMs + Exponential(clearMs);
        }

        return nowMs < _fadeEndMs;
    }

    private double Exponential(double mean) => -mean * Math.Log(1 - _random.NextDouble());

    private void Enqueue(byte[] datagram, SimAddress from, SimAddress to, long nowMs)
    {
        long at = nowMs + LatencyMs;
        if (RateBitsPerSecond > 0)
        {
            const int HeaderBytes = 28;
            double waitMs = Math.Max(0, _lineFreeMs - nowMs);
            if (waitMs * RateBitsPerSecond / 8000 > QueueBytes)
            {
                LostCount++;
                QueueLostCount++;
                return;
            }

            _lineFreeMs = nowMs + waitMs + (datagram.Length + HeaderBytes) * 8000.0 / RateBitsPerSecond;
            at = (long)Math.Ceiling(_lineFreeMs) + LatencyMs;
        }

        if (JitterMs > 0) at = Math.Max(nowMs, at + _random.Below(2 * JitterMs + 1) - JitterMs);
        if (ReorderRate > 0 && _random.NextDouble() < ReorderRate) at += 1 + _random.Below((int)(3 * LatencyMs) + 1);
        _flying.Add((at, _order++, (byte[])datagram.Clone(), from, to));
    }
}
