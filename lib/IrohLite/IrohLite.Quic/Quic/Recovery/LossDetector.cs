namespace IrohLite.Quic;

/// <summary>
/// Loss detection and probe timers over the three packet number spaces (RFC 9002 sections 5 and 6, appendix A). It decides;
/// what a lost or acknowledged packet carried is settled by the <see cref="IDeliverySink"/>.
/// </summary>
internal sealed class LossDetector
{
    private const int PacketThreshold = 3;
    private const long NoDeadline = long.MaxValue;

    // Crypto on a small device takes long: handshake probes faster than this would only add work.
    private const long MinHandshakeProbeMs = 100;

    // Longest steps of the back-off: a bad link gets enough probes before the idle timeout, a dead address no more Initials than iroh's.
    private const long MaxProbeIntervalMs = 2000;
    private const long MaxHandshakeProbeIntervalMs = 3000;

    private readonly SentPacketLog[] _logs = new SentPacketLog[EncryptionLevel.Count];
    private readonly long[] _largestAcked = { PacketNumber.None, PacketNumber.None, PacketNumber.None };
    private readonly long[] _lossMs = { NoDeadline, NoDeadline, NoDeadline };
    private readonly long[] _lastSentMs = new long[EncryptionLevel.Count];
    private readonly IDeliverySink _sink;

    public LossDetector(IDeliverySink sink) => _sink = sink;

    public readonly RttEstimator Rtt = new RttEstimator();

    public readonly NewReno Congestion = new NewReno();

    /// <summary>Probe timeouts since the last acknowledgement.</summary>
    public int ProbeCount { get; private set; }

    /// <summary>The peer's max_ack_delay.</summary>
    public long PeerMaxAckDelayMs { get; set; } = 25;

    /// <summary>The handshake is confirmed: 1-RTT probes may be sent (RFC 9002 section 6.2.1).</summary>
    public bool IsConfirmed { get; set; }

    /// <summary>A client that may be blocking the server's amplification limit probes although nothing is in flight.</summary>
    public bool ProbesWithoutFlight { get; set; }

    /// <summary>The level of the probes sent without flight: Handshake once its keys are there.</summary>
    public int FlightlessLevel { get; set; }

    /// <summary>When the last such probe, or the last packet at all, was sent.</summary>
    public long FlightlessSinceMs { get; set; }

    /// <summary>Packets declared lost.</summary>
    public long LostPackets { get; private set; }

    public void SetLog(int space, SentPacketLog log) => _logs[space] = log;
    public SentPacketLog Log(int space) => _logs[space];
    public long LargestAcked(int space) => _largestAcked[space];

    /// <summary>Three probe timeouts: how long closing, draining and old keys last (RFC 9000 section 10.2).</summary>
    public long ThreeProbeTimeoutsMs() => 3 * (Rtt.ProbeTimeoutMs() + PeerMaxAckDelayMs);

    /// <summary>An ack-eliciting packet was sent and is in the log.</summary>
    public void OnSent(int space, int sizeBytes, long nowMs)
    {
        _lastSentMs[space] = nowMs;
        FlightlessSinceMs = nowMs;
        Congestion.OnSent(sizeBytes);
    }

    /// <summary>Takes an ACK frame whose largest number has been checked against what was sent.</summary>
    public void OnAck(int space, AckFrame ack, long delayMs, long nowMs)
    {
        SentPacketLog log = _logs[space];
        // A frame before it in the packet may have ended the space.
        if (log == null) return;
        if (ack.LargestAcked > _largestAcked[space]) _largestAcked[space] = ack.LargestAcked;
        int place = log.PlaceAfter(ack.LargestAcked);
        int range = 0;
        bool newlyAcked = false;
        while (place > 0)
        {
            int slot = log.Slot(--place);
            long number = log.Number(slot);
            if (number == PacketNumber.None) continue;
            while (range < ack.RangeCount && number < ack.Smallest(range)) range++;
            if (range == ack.RangeCount) break;
            if (number > ack.Largest(range)) continue;
            if (number == ack.LargestAcked)
            {
                long limit = delayMs < PeerMaxAckDelayMs || !IsConfirmed ? delayMs : PeerMaxAckDelayMs;
                Rtt.Update(nowMs - log.SentMs(slot), space == EncryptionLevel.OneRtt ? limit : 0);
            }

            newlyAcked = true;
            Congestion.OnAcked(log.Size(slot), log.SentMs(slot));
            _sink.OnPacketAcked(space, log, slot);
            log.Remove(slot);
        }

        if (!newlyAcked) return;
        DetectLost(space, nowMs);
        // Until the server has validated our address its ACKs do not prove that it can send (RFC 9002 section 6.2.1).
        if (!ProbesWithoutFlight) ProbeCount = 0;
    }

    /// <summary>The next moment at which <see cref="OnDeadline"/> has something to do.</summary>
    public long NextDeadlineMs()
    {
        // The usual case: the handshake is over and its spaces are gone.
        const int Data = EncryptionLevel.OneRtt;
        SentPacketLog log = _logs[Data];
        if (IsConfirmed && log != null && _logs[EncryptionLevel.Initial] == null && _logs[EncryptionLevel.Handshake] == null)
        {
            if (_lossMs[Data] != NoDeadline) return _lossMs[Data];
            return log.Count == 0 ? NoDeadline : _lastSentMs[Data] + BackedOff(Data);
        }

        long loss = EarliestLoss(out _);
        return loss != NoDeadline ? loss : EarliestProbe(out _);
    }

    /// <summary>
    /// Runs the timer. Returns the space in which probes are due, or -1. Before that, contents of the oldest packets have been
    /// handed back to the sink, so that a probe carries them.
    /// </summary>
    public int OnDeadline(long nowMs)
    {
        long loss = EarliestLoss(out int lossSpace);
        if (loss != NoDeadline)
        {
            if (loss <= nowMs) DetectLost(lossSpace, nowMs);
            return -1;
        }

        if (EarliestProbe(out int space) > nowMs) return -1;
        ProbeCount++;
        FlightlessSinceMs = nowMs;
        if (space == EncryptionLevel.OneRtt)
        {
            Repeat(space, 2);
            return space;
        }

        // Both handshake spaces fit into one datagram: repeat all of it.
        Repeat(EncryptionLevel.Initial, int.MaxValue);
        Repeat(EncryptionLevel.Handshake, int.MaxValue);
        return space;
    }

    /// <summary>Forgets the back-off and hands the oldest 1-RTT packets back at once; false when nothing is in flight.</summary>
    public bool RestartProbes()
    {
        if (_logs[EncryptionLevel.OneRtt] == null || _logs[EncryptionLevel.OneRtt].Count == 0) return false;
        ProbeCount = 0;
        Repeat(EncryptionLevel.OneRtt, 2);
        return true;
    }

    /// <summary>Hands everything in flight of a space back to be sent again, without calling it lost.</summary>
    public void Repeat(int space, int packets)
    {
        SentPacketLog log = _logs[space];
        if (log == null) return;
        // A full log could not take the probe: its oldest packets make room.
        while (log.Span > 0 && (log.IsFull || log.FreeRecords == 0)) LoseOldest(space, log);
        for (int place = 0; place < log.Span && packets > 0; place++)
        {
            int slot = log.Slot(place);
            if (log.Number(slot) == PacketNumber.None) continue;
            _sink.OnPacketLost(space, log, slot);
            packets--;
        }
    }

    /// <summary>Everything in flight counts as lost, e.g. at a Retry.</summary>
    public void LoseAll(int space)
    {
        SentPacketLog log = _logs[space];
        while (log.Span > 0) LoseOldest(space, log);
        _lossMs[space] = NoDeadline;
        ProbeCount = 0;
    }

    /// <summary>The keys of a space are gone: its packets leave without a verdict.</summary>
    public void Discard(int space)
    {
        SentPacketLog log = _logs[space];
        if (log == null) return;
        for (int place = 0; place < log.Span; place++)
        {
            int slot = log.Slot(place);
            if (log.Number(slot) != PacketNumber.None) Congestion.OnDiscarded(log.Size(slot));
        }

        _logs[space] = null;
        _lossMs[space] = NoDeadline;
        ProbeCount = 0;
    }

    /// <summary>A new path: its times and its window are unknown.</summary>
    public void OnPathChanged()
    {
        Rtt.Reset();
        Congestion.Reset();
        ProbeCount = 0;
    }

    private void DetectLost(int space, long nowMs)
    {
        SentPacketLog log = _logs[space];
        long largest = _largestAcked[space];
        long delay = Rtt.LossDelayMs();
        _lossMs[space] = NoDeadline;
        long firstLostMs = -1;
        long lastLostMs = -1;
        int place = 0;
        while (place < log.Span)
        {
            int slot = log.Slot(place);
            long number = log.Number(slot);
            if (number == PacketNumber.None)
            {
                place++;
                continue;
            }

            if (number > largest) break;
            long sentMs = log.SentMs(slot);
            if (number + PacketThreshold > largest && sentMs + delay > nowMs)
            {
                if (sentMs + delay < _lossMs[space]) _lossMs[space] = sentMs + delay;
                place++;
                continue;
            }

            if (firstLostMs < 0) firstLostMs = sentMs;
            lastLostMs = sentMs;
            int span = log.Span;
            Congestion.OnLost(log.Size(slot), sentMs, nowMs);
            Lose(space, log, slot);
            if (span == log.Span) place++;
        }

        if (Rtt.HasSample && lastLostMs - firstLostMs > ThreeProbeTimeoutsMs()) Congestion.OnPersistentCongestion();
    }

    // Not the network's fault: the congestion window stays.
    private void LoseOldest(int space, SentPacketLog log)
    {
        Congestion.OnDiscarded(log.Size(log.Slot(0)));
        Lose(space, log, log.Slot(0));
    }

    private void Lose(int space, SentPacketLog log, int slot)
    {
        LostPackets++;
        _sink.OnPacketLost(space, log, slot);
        log.Remove(slot);
    }

    private long EarliestLoss(out int space)
    {
        space = 0;
        for (int i = 1; i < EncryptionLevel.Count; i++)
        {
            if (_lossMs[i] < _lossMs[space]) space = i;
        }

        return _lossMs[space];
    }

    private long EarliestProbe(out int space)
    {
        space = -1;
        long earliest = NoDeadline;
        bool inFlight = false;
        for (int i = 0; i < EncryptionLevel.Count; i++)
        {
            if (_logs[i] == null || _logs[i].Count == 0) continue;
            inFlight = true;
            if (i == EncryptionLevel.OneRtt && !IsConfirmed) continue;
            long at = _lastSentMs[i] + BackedOff(i);
            if (at >= earliest) continue;
            earliest = at;
            space = i;
        }

        if (inFlight || !ProbesWithoutFlight) return earliest;
        space = FlightlessLevel;
        return FlightlessSinceMs + BackedOff(space);
    }

    private long BackedOff(int space)
    {
        bool isData = space == EncryptionLevel.OneRtt;
        long interval = Rtt.ProbeTimeoutMs() + (isData ? PeerMaxAckDelayMs : 0);
        if (!isData && interval < MinHandshakeProbeMs) interval = MinHandshakeProbeMs;
        long limit = isData ? MaxProbeIntervalMs : MaxHandshakeProbeIntervalMs;
        if (interval > limit) limit = interval;
        interval <<= ProbeCount < 16 ? ProbeCount : 16;
        return interval < limit ? interval : limit;
    }
}
