using IrohLite.Buffers;

namespace IrohLite.Portable;

/// <summary>One direction of a network: a fixed latency, datagrams in order, some lost by their index. Nothing is allocated later.</summary>
internal sealed class VirtualLink
{
    /// <summary>Datagrams that may be under way at once.</summary>
    public const int Slots = 64;

    private readonly DatagramQueue _flying = new DatagramQueue(Slots, 1500);
    private readonly long[] _arrivals = new long[Slots];
    private int _oldest;

    public int LatencyMs { get; set; } = 10;

    /// <summary>Bit n set: the datagram with index n is lost.</summary>
    public ulong LossMask { get; set; }

    public int SentCount { get; private set; }

    public int LostCount { get; private set; }

    public long NextArrivalMs
    {
        get { return _flying.Count == 0 ? long.MaxValue : _arrivals[_oldest]; }
    }

    public void Send(byte[] buffer, int offset, int count, long nowMs)
    {
        int index = SentCount++;
        if (index < 64 && (LossMask >> index & 1) != 0)
        {
            LostCount++;
            return;
        }

        Expect.True(_flying.Count < Slots, "the link has room");
        _arrivals[(_oldest + _flying.Count) % Slots] = nowMs + LatencyMs;
        _flying.Enqueue(buffer, offset, count, null);
    }

    /// <summary>The next datagram that has arrived; DatagramQueue.Empty when there is none.</summary>
    public int Receive(byte[] buffer, int offset, int capacity, long nowMs)
    {
        if (NextArrivalMs > nowMs) return DatagramQueue.Empty;
        _oldest = (_oldest + 1) % Slots;
        return _flying.Dequeue(buffer, offset, capacity, out object _);
    }
}
