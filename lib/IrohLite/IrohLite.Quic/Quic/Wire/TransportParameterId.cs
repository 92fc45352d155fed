namespace IrohLite.Quic;

/// <summary>Ids of transport parameters: RFC 9000 section 18.2, RFC 9221, RFC 9287 and the drafts an iroh endpoint uses.</summary>
internal static class TransportParameterId
{
    public const long OriginalDestinationConnectionId = 0x00;
    public const long MaxIdleTimeout = 0x01;
    public const long StatelessResetToken = 0x02;
    public const long MaxUdpPayloadSize = 0x03;
    public const long InitialMaxData = 0x04;
    public const long InitialMaxStreamDataBidiLocal = 0x05;
    public const long InitialMaxStreamDataBidiRemote = 0x06;
    public const long InitialMaxStreamDataUni = 0x07;
    public const long InitialMaxStreamsBidi = 0x08;
    public const long InitialMaxStreamsUni = 0x09;
    public const long AckDelayExponent = 0x0A;
    public const long MaxAckDelay = 0x0B;
    public const long DisableActiveMigration = 0x0C;
    public const long PreferredAddress = 0x0D;
    public const long ActiveConnectionIdLimit = 0x0E;
    public const long InitialSourceConnectionId = 0x0F;
    public const long RetrySourceConnectionId = 0x10;
    public const long MaxDatagramFrameSize = 0x20;
    public const long InitialMaxPathId = 0x3E;
    public const long GreaseQuicBit = 0x2AB2;
    public const long AddressDiscoveryRole = 0x9F81A176;
    public const long MinAckDelay = 0xFF04DE1B;
    public const long NatTraversal = 0x3D7F91120401;
}
