using IrohLite.Platform;

namespace IrohLite.Firmware.Net;

/// <summary>Opens UDP sockets; a new one after each return of the WiFi.</summary>
public interface IUdpSocketFactory
{
    /// <summary>Binds a socket to the port (0: any); null when the system refuses.</summary>
    IUdpSocket Open(int port);
}
