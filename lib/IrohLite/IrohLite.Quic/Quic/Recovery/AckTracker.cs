using IrohLite.Buffers;

namespace IrohLite.Quic;

/// <summary>
/// Which packets of one space arrived, and when an ACK is owed. Every number below <see cref="_floor"/> counts as seen, so a
/// duplicate is never processed twice, and the ranges stay exact: iroh closes when a number it skipped is acknowledged.
/// </summary>
internal sealed class AckTracker
{
    /// <summary>Longest wait before an ACK (our max_ack_delay, the default of RFC 9000 section 18.2).</summary>
    public const long MaxAckDelayMs = 25;

    private const long NoDeadline = long.MaxValue;

    private readonly RangeSet _received;
    private readonly bool _delays;
    private long _largest;
    private long _ackDeadlineMs;
    private long _floor;
    private int _unacknowledged;
    private bool _immediate;

    public AckTracker(int ranges, bool delays)
    {
        _received = new RangeSet(ranges);
        _delays = delays;
        _ackDeadlineMs = NoDeadline;
        _largest = PacketNumber.None;
    }

    public RangeSet Received => _received;

    public long Largest => _largest;

    public long LargestReceivedMs { get; private set; }

    /// <summary>An ack-eliciting packet has not been acknowledged yet: an ACK may ride on any packet.</summary>
    public bool IsOwed => _unacknowledged > 0;

    /// <summary>When the ACK must go out at the latest.</summary>
    public long AckDeadlineMs => _ackDeadlineMs;

    public bool IsDue(long nowMs) => _immediate || nowMs >= _ackDeadlineMs;

    public bool IsDuplicate(long number) => number <= _largest && (number < _floor || _received.Contains(number));

    public void OnReceived(long number, bool ackEliciting, long nowMs)
    {
        bool inOrder = number == _largest + 1;
        if (number > _largest)
        {
            _largest = number;
            LargestReceivedMs = nowMs;
        }

        if (!_received.Add(number, number))
        {
            _received.AddDroppingOldest(number, number);
            _floor = _received.Start(0);
        }

        if (!ackEliciting) return;
        _unacknowledged++;
        if (!_delays || !inOrder || _unacknowledged >= 2) _immediate = true;
        else if (_ackDeadlineMs == NoDeadline) _ackDeadlineMs = nowMs + MaxAckDelayMs;
    }

    public void OnAckSent()
    {
        _unacknowledged = 0;
        _immediate = false;
        _ackDeadlineMs = NoDeadline;
    }

    /// <summary>The peer knows about everything up to here (RFC 9000 section 13.2.4).</summary>
    public void OnAckAcked(long largestAckSent)
    {
        // The newest range stays: an ACK always names the largest number received.
        long keep = _received.Count == 0 ? 0 : _received.Start(_received.Count - 1);
        long below = largestAckSent + 1 < keep ? largestAckSent + 1 : keep;
        if (below <= _floor) return;
        _received.RemoveBelow(below);
        _floor = below;
    }
}
