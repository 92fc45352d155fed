namespace IrohLite.Quic;

/// <summary>The packet kinds of QUIC version 1; the first four equal the type bits of a long header (RFC 9000 section 17.2).</summary>
internal static class PacketType
{
    public const int Initial = 0;
    public const int ZeroRtt = 1;
    public const int Handshake = 2;
    public const int Retry = 3;

    /// <summary>A short header (RFC 9000 section 17.3).</summary>
    public const int OneRtt = 4;

    /// <summary>A long header with version 0 (RFC 9000 section 17.2.1).</summary>
    public const int VersionNegotiation = 5;

    /// <summary>A long header of a version other than 1: only the version and the connection ids mean something (RFC 8999).</summary>
    public const int OtherVersion = 6;
}
