namespace IrohLite;

/// <summary>A command that stays with its stream or connection until an event lets it go on.</summary>
internal abstract class ParkedCommand : Command
{
    private bool _isParked;

    /// <summary>Turn: tries again when a call waits.</summary>
    internal void Retry(long nowMs)
    {
        if (!_isParked) return;
        _isParked = false;
        TryRun(nowMs);
    }

    protected sealed override bool Run(long nowMs)
    {
        bool isDone = Attempt(nowMs);
        _isParked = !isDone;
        return isDone;
    }

    /// <summary>Turn: one attempt; true when the call is done.</summary>
    protected abstract bool Attempt(long nowMs);
}
