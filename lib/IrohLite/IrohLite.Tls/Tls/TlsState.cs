namespace IrohLite.Tls;

/// <summary>What a handshake waits for; the names of RFC 8446 appendix A.</summary>
internal static class TlsState
{
    public const int Start = 0;
    public const int WaitClientHello = 1;
    public const int WaitServerHello = 2;
    public const int WaitEncryptedExtensions = 3;
    public const int WaitCertificateOrRequest = 4;
    public const int WaitCertificate = 5;
    public const int WaitCertificateVerify = 6;
    public const int WaitFinished = 7;
    public const int Connected = 8;

    public static string NameOf(int state)
    {
        switch (state)
        {
            case Start: return "start";
            case WaitClientHello: return "waiting for ClientHello";
            case WaitServerHello: return "waiting for ServerHello";
            case WaitEncryptedExtensions: return "waiting for EncryptedExtensions";
            case WaitCertificateOrRequest: return "waiting for Certificate or CertificateRequest";
            case WaitCertificate: return "waiting for Certificate";
            case WaitCertificateVerify: return "waiting for CertificateVerify";
            case WaitFinished: return "waiting for Finished";
            default: return "connected";
        }
    }
}
