namespace IrohLite.Relay;

/// <summary>
/// The first field of every relay frame, a QUIC varint. One frame is one binary WebSocket message. The rules say which type may
/// come from a relay when, and how long its payload is.
/// </summary>
internal static class RelayFrameType
{
    /// <summary>Relay to client: 16 random bytes to sign.</summary>
    public const int ServerChallenge = 0x00;

    /// <summary>Client to relay: id, 0x40, signature.</summary>
    public const int ClientAuth = 0x01;

    /// <summary>Relay to client: empty.</summary>
    public const int ServerConfirmsAuth = 0x02;

    /// <summary>Relay to client: LEB128 length and UTF-8 reason.</summary>
    public const int ServerDeniesAuth = 0x03;

    /// <summary>Client to relay: destination id, ECN byte, datagram.</summary>
    public const int ClientToRelayDatagram = 0x04;

    /// <summary>Client to relay: destination id, ECN byte, segment size, datagrams.</summary>
    public const int ClientToRelayDatagramBatch = 0x05;

    /// <summary>Relay to client: source id, ECN byte, datagram.</summary>
    public const int RelayToClientDatagram = 0x06;

    /// <summary>Relay to client: source id, ECN byte, segment size, datagrams.</summary>
    public const int RelayToClientDatagramBatch = 0x07;

    /// <summary>Relay to client: an id whose last connection left.</summary>
    public const int EndpointGone = 0x08;

    /// <summary>Either way: 8 bytes to be returned.</summary>
    public const int Ping = 0x09;

    /// <summary>Either way: the 8 bytes of a Ping.</summary>
    public const int Pong = 0x0A;

    /// <summary>Relay to client, version 1 only: text to the end of the message.</summary>
    public const int Health = 0x0B;

    /// <summary>Relay to client: two times in milliseconds.</summary>
    public const int Restarting = 0x0C;

    /// <summary>Relay to client, version 2 only: one code.</summary>
    public const int Status = 0x0D;

    /// <summary>Bytes of an id.</summary>
    public const int IdBytes = 32;

    /// <summary>Bytes of a Ping's or Pong's payload.</summary>
    public const int PingBytes = 8;

    /// <summary>Bytes of a ServerChallenge's payload.</summary>
    public const int ChallengeBytes = 16;

    /// <summary>Largest payload behind the type.</summary>
    public const int MaxPayloadBytes = 65536;

    /// <summary>Why a frame of this type may not come from the relay now; null when it may.</summary>
    public static string RefusalFromRelay(long type, bool authenticated, int version)
    {
        if (type < ServerChallenge || type > Status) return "unknown relay frame type " + type.ToString();
        if (type == ClientAuth || type == ClientToRelayDatagram || type == ClientToRelayDatagramBatch)
            return "relay frame type " + type.ToString() + " goes the other way";
        bool isHandshake = type <= ServerDeniesAuth;
        if (isHandshake && authenticated) return "relay frame type " + type.ToString() + " after the handshake";
        if (!isHandshake && !authenticated) return "relay frame type " + type.ToString() + " before the handshake is done";
        if (type == Health && version != 1) return "Health frame in version " + version.ToString() + " of the relay protocol";
        if (type == Status && version < 2) return "Status frame in version " + version.ToString() + " of the relay protocol";
        return null;
    }

    /// <summary>Shortest legal payload in bytes. A datagram frame without data is not legal.</summary>
    public static int MinPayloadBytes(int type)
    {
        switch (type)
        {
            case ServerChallenge: return ChallengeBytes;
            case ServerDeniesAuth: return 1;
            case ClientAuth: return RelayHandshake.ClientAuthBytes - 1;
            case ClientToRelayDatagram:
            case RelayToClientDatagram: return IdBytes + 2;
            case ClientToRelayDatagramBatch:
            case RelayToClientDatagramBatch: return IdBytes + 4;
            case EndpointGone: return IdBytes;
            case Ping:
            case Pong:
            case Restarting: return 8;
            case Status: return 1;
            default: return 0;
        }
    }

    /// <summary>Longest legal payload in bytes.</summary>
    public static int MaxPayloadBytesOf(int type)
    {
        switch (type)
        {
            case ServerDeniesAuth:
            case ClientToRelayDatagram:
            case ClientToRelayDatagramBatch:
            case RelayToClientDatagram:
            case RelayToClientDatagramBatch:
            case Health: return MaxPayloadBytes;
            default: return MinPayloadBytes(type);
        }
    }
}
