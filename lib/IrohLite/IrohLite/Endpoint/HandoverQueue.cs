using System.Threading;
using IrohLite.Platform;

namespace IrohLite;

/// <summary>Things the loop hands to application threads that wait for them: accepted connections, streams the peer opened. Bounded.</summary>
internal sealed class HandoverQueue
{
    private readonly object[] _items;
    private readonly object _lock = new object();
    private readonly AutoResetEvent _changed = new AutoResetEvent(false);
    private int _head;
    private int _count;
    private bool _isClosed;

    internal HandoverQueue(int capacity)
    {
        _items = new object[capacity];
    }

    /// <summary>False when the queue is full or closed.</summary>
    internal bool TryAdd(object item)
    {
        lock (_lock)
        {
            if (_isClosed || _count == _items.Length) return false;
            _items[(_head + _count) % _items.Length] = item;
            _count++;
        }

        _changed.Set();
        return true;
    }

    /// <summary>Wakes every waiting thread; what is queued can still be taken, nothing can be added.</summary>
    internal void Close()
    {
        lock (_lock) _isClosed = true;
        _changed.Set();
    }

    /// <summary>The oldest item; null on timeout, or when the queue is closed and empty. A cancelled wait throws.</summary>
    internal object Take(IClock clock, int timeoutMs, WaitHandle cancel, string what)
    {
        long deadlineMs = Waiting.DeadlineOf(clock, timeoutMs);
        while (true)
        {
            object item = null;
            bool passOn;
            lock (_lock)
            {
                if (_count > 0)
                {
                    item = _items[_head];
                    _items[_head] = null;
                    _head = (_head + 1) % _items.Length;
                    _count--;
                }

                passOn = _isClosed || _count > 0;
                if (item == null && _isClosed) deadlineMs = 0;
            }

            // The event wakes one thread; it wakes the next one as long as there is something to see.
            if (passOn) _changed.Set();
            if (item != null || deadlineMs == 0) return item;
            int outcome = Waiting.Wait(_changed, cancel, Waiting.Remaining(clock, deadlineMs));
            if (outcome == Waiting.Cancelled) throw Waiting.Failure(outcome, what);
            if (outcome == Waiting.TimedOut) return null;
        }
    }
}
