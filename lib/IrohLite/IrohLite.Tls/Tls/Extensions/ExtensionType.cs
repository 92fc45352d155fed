namespace IrohLite.Tls;

/// <summary>Extension types this profile knows, and where each may stand (RFC 8446 section 4.2, RFC 7250, RFC 9001).</summary>
internal static class ExtensionType
{
    public const int ServerName = 0;
    public const int SupportedGroups = 10;
    public const int SignatureAlgorithms = 13;
    public const int Alpn = 16;
    public const int ClientCertificateType = 19;
    public const int ServerCertificateType = 20;
    public const int PreSharedKey = 41;
    public const int SupportedVersions = 43;
    public const int Cookie = 44;
    public const int PskKeyExchangeModes = 45;
    public const int KeyShare = 51;
    public const int QuicTransportParameters = 57;

    /// <summary>True for a type our ClientHello carries: in a message where it has no place it is illegal_parameter, not unsupported.</summary>
    public static bool IsOffered(int type)
    {
        switch (type)
        {
            case ServerName:
            case SupportedGroups:
            case SignatureAlgorithms:
            case Alpn:
            case ClientCertificateType:
            case ServerCertificateType:
            case SupportedVersions:
            case KeyShare:
            case QuicTransportParameters:
                return true;
            default:
                return false;
        }
    }

    /// <summary>
    /// The alert for an extension that a server's answer may not hold: unsupported_extension when we did not offer it, else
    /// illegal_parameter because it stands in the wrong message (RFC 8446 section 4.2).
    /// </summary>
    public static TlsAlertException Unwanted(int type, string message) => IsOffered(type)
        ? new TlsAlertException(TlsAlert.IllegalParameter, message + ": extension " + type.ToString() + " does not belong there")
        : new TlsAlertException(TlsAlert.UnsupportedExtension, message + ": extension " + type.ToString() + " was not offered");
}
