using System;
using IrohLite.Platform;

namespace IrohLite.Firmware.Esp32;

/// <summary>UDP sockets of lwIP.</summary>
internal sealed class UdpFactory : IUdpSocketFactory
{
    public IUdpSocket Open(int port)
    {
        try
        {
            return new NanoUdpSocket(port);
        }
        catch (Exception)
        {
            // The port is taken, or all 16 sockets are: the node still serves through its relay.
            return null;
        }
    }
}
