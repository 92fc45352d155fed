namespace IrohLite;

/// <summary>Changes what accepted connections may ask for.</summary>
internal sealed class SetAlpnsCommand : Command
{
    private readonly IrohEndpoint _endpoint;
    private readonly string[] _alpns;

    internal SetAlpnsCommand(IrohEndpoint endpoint, string[] alpns)
    {
        _endpoint = endpoint;
        _alpns = alpns;
    }

    protected override bool Run(long nowMs)
    {
        _endpoint.Demux.Alpns = _alpns;
        return true;
    }
}
