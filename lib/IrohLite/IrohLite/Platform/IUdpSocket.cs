namespace IrohLite.Platform;

/// <summary>A bound UDP socket, IPv4 or IPv6. Addresses are 4 or 16 raw bytes and a port.</summary>
public interface IUdpSocket
{
    /// <summary>The port the socket is bound to.</summary>
    int LocalPort { get; }

    /// <summary>
    /// Waits for one datagram. Returns its length, 0 on timeout (negative timeout = none) or when the
    /// system reports trouble that may pass, -1 once the socket is closed. A datagram that does not fit may be cut. The sender is written to
    /// <paramref name="address"/> (16 bytes of room), its length and port to the out arguments.
    /// </summary>
    int Receive(byte[] buffer, int offset, int capacity, byte[] address, out int addressLength, out int port, int timeoutMs);

    /// <summary>Sends one datagram; false when the system refused it (no route, buffer full): the datagram is simply lost.</summary>
    bool Send(byte[] buffer, int offset, int count, byte[] address, int addressLength, int port);

    /// <summary>Closes the socket and wakes a waiting receive.</summary>
    void Close();
}
