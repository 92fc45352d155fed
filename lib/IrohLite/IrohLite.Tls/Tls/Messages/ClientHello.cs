using IrohLite.Buffers;

namespace IrohLite.Tls;

/// <summary>ClientHello (RFC 8446 section 4.1.2): what a server needs of a received one, and the writer of ours.</summary>
internal sealed class ClientHello
{
    private const string Name = "ClientHello";

    public int LegacyVersion { get; private set; }

    public bool OffersAes128 { get; private set; }

    public bool HasVersions { get; private set; }

    public bool OffersTls13 { get; private set; }

    public bool HasGroups { get; private set; }

    public bool OffersX25519 { get; private set; }

    public bool HasSignatureAlgorithms { get; private set; }

    public bool OffersEd25519 { get; private set; }

    public bool HasKeyShare { get; private set; }

    /// <summary>Where the x25519 share begins, or <see cref="KeyShare.None"/>.</summary>
    public int ShareOffset { get; private set; } = KeyShare.None;

    /// <summary>Index of the chosen protocol in our list, or <see cref="Alpn.None"/>.</summary>
    public int AlpnIndex { get; private set; } = Alpn.None;

    public bool AllowsRawServerKey { get; private set; }

    public bool AllowsRawClientKey { get; private set; }

    public bool HasPreSharedKey { get; private set; }

    public bool HasPskModes { get; private set; }

    /// <summary>Where the transport parameters begin, or <see cref="QuicParameters.None"/>.</summary>
    public int ParametersOffset { get; private set; } = QuicParameters.None;

    public int ParametersCount { get; private set; }

    /// <summary>Reads a body. Fields keep offsets into the reader's buffer.</summary>
    public void Read(ByteReader reader, byte[][] alpns)
    {
        LegacyVersion = reader.ReadUInt16();
        reader.Skip(TlsConstants.HashBytes);

        int sessionIdBytes = reader.ReadByte();
        if (sessionIdBytes > 32) throw new TlsAlertException(TlsAlert.DecodeError, "ClientHello: legacy_session_id over 32 bytes");
        reader.Skip(sessionIdBytes);

        // RFC 9001 section 8.4: QUIC forbids the middlebox compatibility mode.
        if (sessionIdBytes != 0) throw new TlsAlertException(TlsAlert.IllegalParameter, "ClientHello: legacy_session_id is not empty", true);
        OffersAes128 = CodePointList.Contains(reader, TlsConstants.Aes128GcmSha256, "cipher_suites");

        int methods = reader.ReadByte();
        if (methods == 0) throw new TlsAlertException(TlsAlert.DecodeError, "ClientHello: no compression method");
        int method = reader.ReadByte();
        reader.Skip(methods - 1);
        if (methods != 1 || method != 0) throw new TlsAlertException(TlsAlert.IllegalParameter, "ClientHello: compression offered");

        // Versions before TLS 1.3 may leave the whole block out.
        if (reader.Remaining == 0) return;
        ExtensionReader extensions = new ExtensionReader(reader, Name);
        while (extensions.Next())
        {
            // RFC 8446 section 4.2.11: pre_shared_key must be the last.
            if (HasPreSharedKey) throw new TlsAlertException(TlsAlert.IllegalParameter, "ClientHello: pre_shared_key is not the last extension");
            ReadExtension(extensions, alpns);
        }
    }

    /// <summary>Writes a whole message.</summary>
    public static void Write(ByteWriter writer, byte[] random, byte[] publicKey, byte[] serverName, byte[][] alpns, byte[] parameters)
    {
        int message = TlsVector.BeginMessage(writer, HandshakeType.ClientHello);
        writer.WriteUInt16(TlsConstants.LegacyVersion);
        writer.WriteBytes(random, 0, TlsConstants.HashBytes);
        writer.WriteByte(0);
        writer.WriteUInt16(2);
        writer.WriteUInt16(TlsConstants.Aes128GcmSha256);
        writer.WriteByte(1);
        writer.WriteByte(0);

        int extensions = TlsVector.Begin16(writer);
        ServerName.Write(writer, serverName);
        CodePointList.Write(writer, ExtensionType.SupportedGroups, TlsConstants.X25519);
        CodePointList.Write(writer, ExtensionType.SignatureAlgorithms, TlsConstants.Ed25519);
        Alpn.Write(writer, alpns, 0, alpns.Length);
        CertificateType.WriteOffer(writer, ExtensionType.ClientCertificateType);
        CertificateType.WriteOffer(writer, ExtensionType.ServerCertificateType);
        SupportedVersions.WriteOffer(writer);
        KeyShare.WriteOffer(writer, publicKey);
        QuicParameters.Write(writer, parameters);
        TlsVector.End16(writer, extensions);
        TlsVector.EndMessage(writer, message);
    }

    private void ReadExtension(ExtensionReader extensions, byte[][] alpns)
    {
        ByteReader body = extensions.Body;
        switch (extensions.Type)
        {
            case ExtensionType.SupportedGroups:
                HasGroups = true;
                OffersX25519 = CodePointList.Contains(body, TlsConstants.X25519, "supported_groups");
                break;
            case ExtensionType.SignatureAlgorithms:
                HasSignatureAlgorithms = true;
                OffersEd25519 = CodePointList.Contains(body, TlsConstants.Ed25519, "signature_algorithms");
                break;
            case ExtensionType.Alpn:
                AlpnIndex = Alpn.Choose(body, alpns, out _);
                break;
            case ExtensionType.ClientCertificateType:
                AllowsRawClientKey = CertificateType.ReadOffer(body);
                break;
            case ExtensionType.ServerCertificateType:
                AllowsRawServerKey = CertificateType.ReadOffer(body);
                break;
            case ExtensionType.SupportedVersions:
                HasVersions = true;
                OffersTls13 = SupportedVersions.ReadOffer(body);
                break;
            case ExtensionType.KeyShare:
                HasKeyShare = true;
                ShareOffset = KeyShare.ReadOffer(body);
                break;
            case ExtensionType.QuicTransportParameters:
                ParametersOffset = body.Position;
                ParametersCount = body.Remaining;
                return;
            case ExtensionType.PskKeyExchangeModes:
                HasPskModes = true;
                return;
            case ExtensionType.PreSharedKey:
                HasPreSharedKey = true;
                return;
            default:
                return;
        }

        extensions.ExpectEnd();
    }
}
