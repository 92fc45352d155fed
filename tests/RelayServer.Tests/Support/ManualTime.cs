using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace IrohLite.RelayServer.Tests;

/// <summary>Time that moves only when a test moves it; timers that became due run inside <see cref="Advance"/>, in their order.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _timers = [];
    private long _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref _now);

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddTicks(GetTimestamp());

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ManualTimer timer = new(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan by)
    {
        long end = GetTimestamp() + by.Ticks;
        for (;;)
        {
            ManualTimer? next;
            lock (_lock)
            {
                next = _timers.Where(timer => timer.DueAt <= end).MinBy(timer => timer.DueAt);
                Interlocked.Exchange(ref _now, next == null ? end : Math.Max(_now, next.DueAt));
                if (next == null) return;
                next.Reschedule();
            }

            next.Run();
        }
    }

    public void AdvanceSeconds(double seconds) => Advance(TimeSpan.FromSeconds(seconds));

    /// <summary>How many timers wait that run once.</summary>
    public int WaitingOnce
    {
        get { lock (_lock) return _timers.Count(timer => timer.IsOnce); }
    }

    /// <summary>Moves to the next timer that runs once, when it is due within so many seconds; else time stands.</summary>
    public void AdvanceToNext(double withinSeconds)
    {
        long end = GetTimestamp() + TimeSpan.FromSeconds(withinSeconds).Ticks;
        ManualTimer? next;
        lock (_lock) next = _timers.Where(timer => timer.IsOnce && timer.DueAt <= end).MinBy(timer => timer.DueAt);
        if (next != null) Advance(TimeSpan.FromTicks(next.DueAt - GetTimestamp()));
    }

    private sealed class ManualTimer(ManualTime time, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;

        public long DueAt { get; private set; }

        public bool IsOnce => _period <= TimeSpan.Zero;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._lock)
            {
                time._timers.Remove(this);
                _period = period;
                if (dueTime == Timeout.InfiniteTimeSpan) return true;
                DueAt = time.GetTimestamp() + dueTime.Ticks;
                time._timers.Add(this);
                return true;
            }
        }

        public void Reschedule()
        {
            if (IsOnce) time._timers.Remove(this);
            else DueAt += _period.Ticks;
        }

        public void Run() => callback(state);

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
