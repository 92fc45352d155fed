namespace IrohLite.Tls;

/// <summary>The levels at which handshake bytes travel; the numbers equal QUIC's encryption levels.</summary>
public static class TlsLevel
{
    /// <summary>ClientHello and ServerHello.</summary>
    public const int Initial = 0;

    /// <summary>EncryptedExtensions to Finished.</summary>
    public const int Handshake = 1;

    /// <summary>Messages after the handshake.</summary>
    public const int Application = 2;
}
