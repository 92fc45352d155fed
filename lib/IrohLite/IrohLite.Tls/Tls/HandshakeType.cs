namespace IrohLite.Tls;

/// <summary>Handshake message types (RFC 8446 section 4).</summary>
internal static class HandshakeType
{
    public const int ClientHello = 1;
    public const int ServerHello = 2;
    public const int NewSessionTicket = 4;
    public const int EncryptedExtensions = 8;
    public const int Certificate = 11;
    public const int CertificateRequest = 13;
    public const int CertificateVerify = 15;
    public const int Finished = 20;
    public const int KeyUpdate = 24;

    public static string NameOf(int type)
    {
        switch (type)
        {
            case ClientHello: return "ClientHello";
            case ServerHello: return "ServerHello";
            case NewSessionTicket: return "NewSessionTicket";
            case EncryptedExtensions: return "EncryptedExtensions";
            case Certificate: return "Certificate";
            case CertificateRequest: return "CertificateRequest";
            case CertificateVerify: return "CertificateVerify";
            case Finished: return "Finished";
            case KeyUpdate: return "KeyUpdate";
            default: return "handshake message type " + type.ToString();
        }
    }
}
