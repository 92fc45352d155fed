namespace IrohLite.Quic;

/// <summary>Who ended a connection, and how.</summary>
public static class QuicCloseKind
{
    /// <summary>Not closed.</summary>
    public const int None = 0;

    /// <summary>We closed it; the code and reason are the application's.</summary>
    public const int LocalApplication = 1;

    /// <summary>The peer's application closed it (CONNECTION_CLOSE 0x1d).</summary>
    public const int RemoteApplication = 2;

    /// <summary>We closed it because the peer broke a rule, or the TLS handshake failed at our side (code 0x100 + alert).</summary>
    public const int LocalTransport = 3;

    /// <summary>The peer's transport closed it (CONNECTION_CLOSE 0x1c), for instance 0x178: no common ALPN.</summary>
    public const int RemoteTransport = 4;

    /// <summary>Nothing was heard for the idle timeout, or a dial was never answered.</summary>
    public const int IdleTimeout = 5;

    /// <summary>The peer lost its state and said so with a stateless reset.</summary>
    public const int StatelessReset = 6;

    /// <summary>The peer does not speak QUIC version 1.</summary>
    public const int VersionMismatch = 7;
}
