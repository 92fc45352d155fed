using IrohLite.Buffers;

namespace IrohLite.Relay;

/// <summary>Writes the frames a client sends after the handshake.</summary>
internal static class RelayFrameWriter
{
    /// <summary>Bytes of a datagram frame before the datagram: type, destination, ECN byte.</summary>
    public const int DatagramPrefixBytes = 34;

    /// <summary>Length of a Ping or Pong frame.</summary>
    public const int PingFrameBytes = 1 + RelayFrameType.PingBytes;

    /// <summary>Largest datagram that fits a frame of 65,536 bytes with its type.</summary>
    public const int MaxDatagramBytes = RelayFrameType.MaxPayloadBytes - DatagramPrefixBytes;

    /// <summary>Writes the start of a ClientToRelayDatagram; the datagram follows it. ECN is always "not capable".</summary>
    public static void WriteDatagramPrefix(byte[] buffer, int offset, byte[] destination, int destinationOffset)
    {
        buffer[offset] = RelayFrameType.ClientToRelayDatagram;
        Bytes.Copy(destination, destinationOffset, buffer, offset + 1, RelayFrameType.IdBytes);
        buffer[offset + DatagramPrefixBytes - 1] = 0;
    }

    /// <summary>Writes a Ping or Pong, by its type, with 8 bytes of payload.</summary>
    public static void WritePing(byte[] buffer, int offset, int type, byte[] payload, int payloadOffset)
    {
        buffer[offset] = (byte)type;
        Bytes.Copy(payload, payloadOffset, buffer, offset + 1, RelayFrameType.PingBytes);
    }
}
