using IrohLite.Platform;

namespace IrohLite;

/// <summary>What the thread that reads from a relay tells the loop: the stream is up, bytes arrived, or it is down.</summary>
internal sealed class RelayLinkCommand : Command
{
    internal const int Up = 0;
    internal const int Data = 1;
    internal const int Down = 2;

    private readonly RelayLink _link;

    internal RelayLinkCommand(RelayLink link)
    {
        _link = link;
    }

    /// <summary><see cref="Up"/>, <see cref="Data"/> or <see cref="Down"/>.</summary>
    internal int Kind { get; set; }

    /// <summary>In, for Up: the new stream.</summary>
    internal IByteStream Stream { get; set; }

    /// <summary>In, for Data: the bytes.</summary>
    internal byte[] Buffer { get; set; }

    /// <summary>In, for Data: how many.</summary>
    internal int Count { get; set; }

    /// <summary>In, for Down: why the stream could not be opened or broke; null when the relay closed it.</summary>
    internal string Failure { get; set; }

    /// <summary>Out, for Up and Data: false when the stream is to be given up.</summary>
    internal bool IsGoingOn { get; private set; }

    /// <summary>Out, for Down: how long to wait before the next try, in ms.</summary>
    internal int DelayMs { get; private set; }

    internal override bool IsOwn => true;

    protected override bool Run(long nowMs)
    {
        if (Kind == Up) IsGoingOn = _link.OnUp(Stream, nowMs);
        else if (Kind == Data) IsGoingOn = _link.OnData(Buffer, Count, nowMs);
        else DelayMs = _link.OnDown(Failure, nowMs);
        return true;
    }
}
