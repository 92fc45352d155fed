namespace IrohLite;

/// <summary>Closes a connection with an application code.</summary>
internal sealed class CloseConnectionCommand : Command
{
    private readonly IrohConnection _connection;
    private readonly long _code;
    private readonly string _reason;

    internal CloseConnectionCommand(IrohConnection connection, long code, string reason)
    {
        _connection = connection;
        _code = code;
        _reason = reason;
    }

    internal override bool IsOwn => true;

    protected override bool Run(long nowMs)
    {
        if (!_connection.Quic.IsClosed) _connection.Quic.Close(_code, _reason, nowMs);
        return true;
    }
}
