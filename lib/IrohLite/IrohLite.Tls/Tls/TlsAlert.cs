namespace IrohLite.Tls;

/// <summary>
/// The alert descriptions of TLS 1.3 (RFC 8446 section 6). QUIC sends one as error code 0x100 + alert (RFC 9001 section 4.8).
/// </summary>
public static class TlsAlert
{
    /// <summary>The sender will send no more.</summary>
    public const int CloseNotify = 0;

    /// <summary>A message of the wrong kind, in the wrong order or at the wrong level.</summary>
    public const int UnexpectedMessage = 10;

    /// <summary>A record could not be opened; never sent in QUIC.</summary>
    public const int BadRecordMac = 20;

    /// <summary>A record was too long; never sent in QUIC.</summary>
    public const int RecordOverflow = 22;

    /// <summary>No acceptable set of parameters; iroh also closes with it when a certificate-type extension is absent or wrong.</summary>
    public const int HandshakeFailure = 40;

    /// <summary>A certificate was corrupt: here, a key that is no curve point.</summary>
    public const int BadCertificate = 42;

    /// <summary>A certificate of another kind than an Ed25519 raw public key.</summary>
    public const int UnsupportedCertificate = 43;

    /// <summary>A certificate was revoked.</summary>
    public const int CertificateRevoked = 44;

    /// <summary>A certificate has expired.</summary>
    public const int CertificateExpired = 45;

    /// <summary>A certificate was unacceptable for an unnamed reason.</summary>
    public const int CertificateUnknown = 46;

    /// <summary>A field was out of range or contradicts another field.</summary>
    public const int IllegalParameter = 47;

    /// <summary>The key is not a trusted one; iroh closes with it when the peer proves another id than the dialed one.</summary>
    public const int UnknownCa = 48;

    /// <summary>A valid certificate, but access was refused.</summary>
    public const int AccessDenied = 49;

    /// <summary>A message could not be decoded: wrong lengths, trailing bytes, or larger than the limit.</summary>
    public const int DecodeError = 50;

    /// <summary>A signature or Finished value was wrong.</summary>
    public const int DecryptError = 51;

    /// <summary>The peer does not speak TLS 1.3.</summary>
    public const int ProtocolVersion = 70;

    /// <summary>The peer demands stronger parameters.</summary>
    public const int InsufficientSecurity = 71;

    /// <summary>An error that has nothing to do with the peer.</summary>
    public const int InternalError = 80;

    /// <summary>An inappropriate retry with an older version.</summary>
    public const int InappropriateFallback = 86;

    /// <summary>The user cancelled the handshake.</summary>
    public const int UserCanceled = 90;

    /// <summary>A mandatory extension is absent.</summary>
    public const int MissingExtension = 109;

    /// <summary>An extension that was not offered.</summary>
    public const int UnsupportedExtension = 110;

    /// <summary>No server of the given name.</summary>
    public const int UnrecognizedName = 112;

    /// <summary>An unacceptable OCSP response.</summary>
    public const int BadCertificateStatusResponse = 113;

    /// <summary>No acceptable pre-shared key.</summary>
    public const int UnknownPskIdentity = 115;

    /// <summary>The client sent no certificate although one is required.</summary>
    public const int CertificateRequired = 116;

    /// <summary>No application protocol in common.</summary>
    public const int NoApplicationProtocol = 120;
}
