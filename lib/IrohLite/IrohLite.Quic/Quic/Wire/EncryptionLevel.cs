namespace IrohLite.Quic;

/// <summary>The protection stages of a connection. The numbers equal TLS's levels and index the three packet number spaces.</summary>
internal static class EncryptionLevel
{
    public const int Initial = 0;
    public const int Handshake = 1;
    public const int OneRtt = 2;

    /// <summary>How many levels there are.</summary>
    public const int Count = 3;

    /// <summary>The level whose keys protect a packet type, or -1 for the types without protected frames and for 0-RTT.</summary>
    public static int OfPacket(int packetType)
    {
        switch (packetType)
        {
            case PacketType.OneRtt: return OneRtt;
            case PacketType.Initial: return Initial;
            case PacketType.Handshake: return Handshake;
            default: return -1;
        }
    }

    /// <summary>The packet type that carries a level's frames.</summary>
    public static int ToPacketType(int level) => level == OneRtt ? PacketType.OneRtt : level == Handshake ? PacketType.Handshake : PacketType.Initial;
}
