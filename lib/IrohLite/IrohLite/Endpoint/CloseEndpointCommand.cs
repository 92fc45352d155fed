namespace IrohLite;

/// <summary>One of the two steps of closing an endpoint that must happen in a turn.</summary>
internal sealed class CloseEndpointCommand : Command
{
    internal const int Connections = 0;
    internal const int RelaySessions = 1;

    private readonly IrohEndpoint _endpoint;
    private readonly int _step;

    internal CloseEndpointCommand(IrohEndpoint endpoint, int step)
    {
        _endpoint = endpoint;
        _step = step;
    }

    internal override bool IsOwn => true;

    /// <summary>How many connections were open, or about to be.</summary>
    internal int ClosedCount { get; private set; }

    /// <summary>The relays that were told.</summary>
    internal RelayLink[] Links { get; private set; }

    protected override bool Run(long nowMs)
    {
        if (_step == Connections) ClosedCount = _endpoint.CloseConnections(nowMs);
        else Links = _endpoint.Relays.BeginCloseAll(nowMs);
        return true;
    }
}
