namespace IrohLite.Platform;

/// <summary>Opens UDP sockets.</summary>
public interface IUdpSocketFactory
{
    /// <summary>Binds a socket to the port (0: any); null when the system refuses.</summary>
    IUdpSocket Open(int port);
}
