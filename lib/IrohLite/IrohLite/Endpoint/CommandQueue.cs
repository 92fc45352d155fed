namespace IrohLite;

/// <summary>
/// The commands posted and not yet tried, oldest first; at most <see cref="EndpointLimits.Commands"/> of the application, and room
/// kept for the endpoint's own.
/// </summary>
internal sealed class CommandQueue
{
    // One per relay, and those of closing.
    private const int OwnCommands = EndpointLimits.RelayLinks + 4;

    private readonly Command[] _slots = new Command[EndpointLimits.Commands + OwnCommands];
    private readonly object _lock = new object();
    private int _head;
    private int _count;

    /// <summary>False when the queue is full.</summary>
    internal bool TryPost(Command command)
    {
        lock (_lock)
        {
            if (_count >= (command.IsOwn ? _slots.Length : EndpointLimits.Commands)) return false;
            _slots[(_head + _count) % _slots.Length] = command;
            _count++;
            return true;
        }
    }

    /// <summary>The oldest command, or null.</summary>
    internal Command Take()
    {
        if (_count == 0) return null;
        lock (_lock)
        {
            if (_count == 0) return null;
            Command command = _slots[_head];
            _slots[_head] = null;
            _head = (_head + 1) % _slots.Length;
            _count--;
            return command;
        }
    }
}
