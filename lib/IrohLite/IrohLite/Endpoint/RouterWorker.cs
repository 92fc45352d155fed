using System.Threading;

namespace IrohLite;

/// <summary>A thread of a <see cref="Router"/> that serves one connection after another.</summary>
internal sealed class RouterWorker
{
    private readonly Router _router;
    private readonly AutoResetEvent _assigned = new AutoResetEvent(false);
    private readonly Thread _thread;
    private IrohConnection _connection;
    private int _isEnding;

    internal RouterWorker(Router router)
    {
        _router = router;
        _thread = new Thread(Run);
        _thread.Start();
    }

    internal void Assign(IrohConnection connection)
    {
        _connection = connection;
        _assigned.Set();
    }

    internal void BeginEnd()
    {
        Interlocked.Exchange(ref _isEnding, 1);
        _assigned.Set();
    }

    /// <summary>Waits for the thread, unless it is the one that asks.</summary>
    internal void Join()
    {
        if (Thread.CurrentThread != _thread) _thread.Join(EndpointLimits.ThreadEndMs);
    }

    private void Run()
    {
        while (true)
        {
            _assigned.WaitOne();
            if (Interlocked.CompareExchange(ref _isEnding, 0, 0) == 1) return;
            ServeAssigned();
            if (!_router.Return(this)) return;
        }
    }

    // A method of its own: a local of Run would keep the last connection alive while the thread waits for the next.
    private void ServeAssigned()
    {
        IrohConnection connection = _connection;
        _connection = null;
        if (connection != null) _router.Serve(connection);
    }
}
