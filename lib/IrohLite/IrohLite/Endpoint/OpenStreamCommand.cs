using IrohLite.Quic;

namespace IrohLite;

/// <summary>Opens a stream: waits until the peer allows one more.</summary>
internal sealed class OpenStreamCommand : ParkedCommand
{
    private readonly IrohConnection _connection;

    internal OpenStreamCommand(IrohConnection connection)
    {
        _connection = connection;
    }

    internal IrohStream Stream { get; private set; }

    protected override bool Attempt(long nowMs)
    {
        QuicConnection quic = _connection.Quic;
        if (quic.IsClosed)
        {
            Error = CloseText.Ended(quic.CloseInfo);
            return true;
        }

        long id = quic.OpenStream();
        if (id != StreamId.None)
        {
            Stream = _connection.Remember(id);
            return true;
        }

        if (_connection.Park(this)) return false;
        Error = new IrohException(IrohError.Busy, "too many threads wait for a stream (limit "
            + EndpointLimits.WaitingOpens.ToString() + ")");
        return true;
    }
}
