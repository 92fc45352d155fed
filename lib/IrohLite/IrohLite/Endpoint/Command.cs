using System;
using System.Threading;

namespace IrohLite;

/// <summary>
/// A call of an application thread, carried out inside a turn of the loop. A command that cannot be completed yet stays parked with
/// its owner and is tried again on the event it waits for. The caller blocks on the command's own event.
/// </summary>
internal abstract class Command
{
    private const int Idle = 0;
    private const int Pending = 1;
    private const int Running = 2;
    private const int Finished = 3;
    private const int Begun = 4;

    private readonly AutoResetEvent _finished = new AutoResetEvent(false);
    private int _state;

    /// <summary>What the caller must throw, or null. Set by <see cref="Run"/>, or the exception that escaped it.</summary>
    internal Exception Error { get; set; }

    /// <summary>True for the endpoint's own commands, which have room in the queue when the application has filled it.</summary>
    internal virtual bool IsOwn => false;

    internal AutoResetEvent FinishedEvent => _finished;

    internal bool IsFinished => Interlocked.CompareExchange(ref _state, Finished, Finished) == Finished;

    /// <summary>Submitted, not finished and not taken back.</summary>
    internal bool IsPending => Interlocked.CompareExchange(ref _state, Pending, Pending) == Pending;

    /// <summary>
    /// Caller: takes the command for one call; then it fills in what is to be done, and posts it. Throws InvalidOperationException when
    /// another thread's call is still using it.
    /// </summary>
    internal void Begin()
    {
        if (Interlocked.CompareExchange(ref _state, Begun, Idle) != Idle)
            throw new InvalidOperationException("another thread is in the same call");
        Error = null;
        _finished.Reset();
    }

    /// <summary>Caller: from now on a turn may run it.</summary>
    internal void Submit()
    {
        Interlocked.Exchange(ref _state, Pending);
    }

    /// <summary>Caller: the results have been taken.</summary>
    internal void End()
    {
        Interlocked.Exchange(ref _state, Idle);
    }

    /// <summary>Caller: takes the command back; false when it is being run or has finished.</summary>
    internal bool TryWithdraw()
    {
        return Interlocked.CompareExchange(ref _state, Idle, Pending) == Pending;
    }

    /// <summary>Turn: tries to carry the command out. False when it must be tried again later.</summary>
    internal bool TryRun(long nowMs)
    {
        if (Interlocked.CompareExchange(ref _state, Running, Pending) != Pending) return true;
        bool finished;
        try
        {
            finished = Run(nowMs);
        }
        catch (Exception e)
        {
            Error = e;
            finished = true;
        }

        Interlocked.Exchange(ref _state, finished ? Finished : Pending);
        if (finished) _finished.Set();
        return finished;
    }

    /// <summary>Turn: one attempt. True when the call is done, well or with <see cref="Error"/>.</summary>
    protected abstract bool Run(long nowMs);
}
