namespace IrohLite.Firmware.Services;

/// <summary>Wraps a protocol's handler: announces the connection on the serial port and keeps the per-peer slots.</summary>
public sealed class NodeHandler : IProtocolHandler
{
    private readonly IProtocolHandler _inner;
    private readonly ConnectionSlots _slots;
    private readonly ISerialPort _serial;

    /// <summary>Wraps a handler.</summary>
    public NodeHandler(IProtocolHandler inner, ConnectionSlots slots, ISerialPort serial)
    {
        _inner = inner;
        _slots = slots;
        _serial = serial;
    }

    /// <inheritdoc />
    public void Handle(IrohConnection connection)
    {
        _serial.WriteLine("Accepted connection from " + connection.RemoteId.ToString());
        _slots.Enter(connection);
        try
        {
            _inner.Handle(connection);
        }
        finally
        {
            _slots.Leave(connection);
        }
    }
}
