using System.Threading;
using IrohLite.Platform;
using IrohLite.Quic;

namespace IrohLite;

/// <summary>Waits of application threads: with a timeout in ms, negative for none, and perhaps a cancellation.</summary>
internal static class Waiting
{
    internal const int Signalled = 0;
    internal const int TimedOut = 1;
    internal const int Cancelled = 2;

    /// <summary>The handle behind a token, or null when nobody can cancel it.</summary>
    internal static WaitHandle HandleOf(CancellationToken cancel)
    {
        return cancel.CanBeCanceled ? cancel.WaitHandle : null;
    }

    internal static long DeadlineOf(IClock clock, int timeoutMs)
    {
        return timeoutMs < 0 ? Deadline.Never : clock.NowMs + timeoutMs;
    }

    /// <summary>What is left until a deadline, in ms: -1 = forever, 0 = over.</summary>
    internal static int Remaining(IClock clock, long deadlineMs)
    {
        if (deadlineMs == Deadline.Never) return Timeout.Infinite;
        long left = deadlineMs - clock.NowMs;
        if (left <= 0) return 0;
        return left > int.MaxValue ? int.MaxValue : (int)left;
    }

    internal static int Wait(WaitHandle signal, WaitHandle cancel, int timeoutMs)
    {
        if (cancel == null) return signal.WaitOne(timeoutMs, false) ? Signalled : TimedOut;
        int index = WaitHandle.WaitAny(new WaitHandle[] { signal, cancel }, timeoutMs, false);
        if (index == 0) return Signalled;
        return index == 1 ? Cancelled : TimedOut;
    }

    internal static IrohException Failure(int outcome, string what)
    {
        return outcome == Cancelled
            ? new IrohException(IrohError.Cancelled, what + " was cancelled")
            : new IrohException(IrohError.Timeout, what + " timed out");
    }
}
