using System.Threading;
using IrohLite.Platform;
using IrohLite.Quic;

namespace IrohLite;

/// <summary>
/// Lets exactly one thread at a time run turns of the endpoint's core. The loop thread runs those that time asks for. A thread that
/// brings work (a socket reader, a call of the application) runs the turn itself when the core is idle, which saves two thread
/// switches per datagram; when the core is busy it leaves a mark, and the thread inside goes round once more. A guest that has run
/// some turns in a row hands the core over to the loop thread and returns to its own business.
/// </summary>
internal sealed class TurnGate
{
    /// <summary>What <see cref="ITurn.RunTurn"/> returns when work is left.</summary>
    internal const long Again = -1;

    private readonly ITurn _turn;
    private readonly IClock _clock;
    private readonly AutoResetEvent _wake = new AutoResetEvent(false);
    private readonly object _armLock = new object();
    private readonly Thread _thread;
    private long _armedMs = Deadline.Never;
    private int _marks;
    private int _handedOver;
    private int _stopping;
    private int _loopEnded;

    internal TurnGate(ITurn turn, IClock clock)
    {
        _turn = turn;
        _clock = clock;
        _thread = new Thread(Loop);
    }

    internal void Start()
    {
        _thread.Start();
    }

    /// <summary>There is work: runs a turn now, or makes the thread that runs one go round again.</summary>
    internal void Kick()
    {
        if (Interlocked.Increment(ref _marks) == 1) Run(EndpointLimits.GuestTurns);
    }

    /// <summary>Ends the loop thread and waits for it. Kick still works, without deadlines.</summary>
    internal void Stop()
    {
        Interlocked.Exchange(ref _stopping, 1);
        _wake.Set();
        if (Thread.CurrentThread != _thread) _thread.Join(EndpointLimits.ThreadEndMs);
    }

    private void Run(int maxTurns)
    {
        int turns = 0;
        while (true)
        {
            int seen = Interlocked.CompareExchange(ref _marks, 0, 0);
            long dueMs = _turn.RunTurn();
            if (dueMs == Again) Interlocked.Increment(ref _marks);
            else Arm(dueMs);
            if (Interlocked.CompareExchange(ref _marks, 0, seen) == seen) return;
            turns++;
            if (turns >= maxTurns && HandOver()) return;
        }
    }

    private bool HandOver()
    {
        Interlocked.Exchange(ref _handedOver, 1);
        _wake.Set();

        // The loop thread may have ended in between; then the core is taken back, unless it took it with its last step.
        if (Interlocked.CompareExchange(ref _loopEnded, 0, 0) == 0) return true;
        return Interlocked.Exchange(ref _handedOver, 0) == 0;
    }

    // The loop thread sleeps until _armedMs. It is woken only for an earlier deadline; when a deadline moves back it wakes once
    // for nothing, which costs less than waking it for each packet.
    private void Arm(long dueMs)
    {
        bool wake = false;
        lock (_armLock)
        {
            if (dueMs < _armedMs)
            {
                _armedMs = dueMs;
                wake = true;
            }
        }

        if (wake) _wake.Set();
    }

    private void Loop()
    {
        while (Interlocked.CompareExchange(ref _stopping, 0, 0) == 0)
        {
            long armedMs;
            lock (_armLock) armedMs = _armedMs;
            int waitMs = Waiting.Remaining(_clock, armedMs);
            if (waitMs != 0) _wake.WaitOne(waitMs, false);
            if (Interlocked.Exchange(ref _handedOver, 0) == 1)
            {
                Run(int.MaxValue);
                continue;
            }

            lock (_armLock)
            {
                if (_armedMs == Deadline.Never || _clock.NowMs < _armedMs) continue;
                _armedMs = Deadline.Never;
            }

            if (Interlocked.Increment(ref _marks) == 1) Run(int.MaxValue);
        }

        Interlocked.Exchange(ref _loopEnded, 1);
        if (Interlocked.Exchange(ref _handedOver, 0) == 1) Run(int.MaxValue);
    }
}
