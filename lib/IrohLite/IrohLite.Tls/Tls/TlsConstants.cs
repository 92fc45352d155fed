namespace IrohLite.Tls;

/// <summary>Code points of TLS 1.3 that this profile uses: one of each kind.</summary>
internal static class TlsConstants
{
    /// <summary>The version field of both hellos, frozen at TLS 1.2.</summary>
    public const int LegacyVersion = 0x0303;

    /// <summary>SSL 3.0; a hello that claims it or less is refused (RFC 8446 appendix D.5).</summary>
    public const int Ssl30 = 0x0300;

    /// <summary>TLS 1.3 in supported_versions.</summary>
    public const int Tls13 = 0x0304;

    /// <summary>TLS_AES_128_GCM_SHA256.</summary>
    public const int Aes128GcmSha256 = 0x1301;

    /// <summary>The group x25519.</summary>
    public const int X25519 = 0x001d;

    /// <summary>The signature scheme ed25519.</summary>
    public const int Ed25519 = 0x0807;

    /// <summary>RawPublicKey in the certificate-type extensions (RFC 7250 section 3).</summary>
    public const int RawPublicKey = 2;

    /// <summary>Bytes of hello randoms, keys, hashes, secrets and Finished values.</summary>
    public const int HashBytes = 32;

    /// <summary>Bytes of an Ed25519 signature.</summary>
    public const int SignatureBytes = 64;
}
