using IrohLite.Buffers;

namespace IrohLite.Tls;

/// <summary>EncryptedExtensions (RFC 8446 section 4.3.1): the four that iroh needs.</summary>
internal sealed class EncryptedExtensions
{
    private const string Name = "EncryptedExtensions";

    /// <summary>Index of the chosen protocol in our list.</summary>
    public int AlpnIndex { get; private set; }

    /// <summary>Where the transport parameters begin in the buffer.</summary>
    public int ParametersOffset { get; private set; }

    /// <summary>Bytes of the transport parameters.</summary>
    public int ParametersCount { get; private set; }

    /// <summary>Reads a body and checks every rule a client has for it.</summary>
    public void Read(ByteReader reader, byte[][] alpns)
    {
        bool hasAlpn = false;
        bool hasClientType = false;
        bool hasServerType = false;
        ParametersOffset = QuicParameters.None;
        ExtensionReader extensions = new ExtensionReader(reader, Name);
        while (extensions.Next())
        {
            ByteReader body = extensions.Body;
            switch (extensions.Type)
            {
                case ExtensionType.Alpn:
                    ReadAlpn(body, alpns);
                    hasAlpn = true;
                    break;
                case ExtensionType.ClientCertificateType:
                    CheckCertificateType(body);
                    hasClientType = true;
                    break;
                case ExtensionType.ServerCertificateType:
                    CheckCertificateType(body);
                    hasServerType = true;
                    break;
                case ExtensionType.QuicTransportParameters:
                    ParametersOffset = body.Position;
                    ParametersCount = body.Remaining;
                    body.Skip(body.Remaining);
                    break;
                case ExtensionType.SupportedGroups:
                    // RFC 8446 section 4.2.7: a server may tell its groups; of use only for a later connection.
                    CodePointList.Contains(body, TlsConstants.X25519, "supported_groups");
                    break;
                case ExtensionType.ServerName:
                    // RFC 6066 section 3: an empty echo.
                    break;
                default:
                    throw ExtensionType.Unwanted(extensions.Type, Name);
            }

            extensions.ExpectEnd();
        }

        // RFC 9001 section 8.1, iroh's own rule (raw public keys both ways), RFC 9001 section 8.2.
        if (!hasAlpn) throw new TlsAlertException(TlsAlert.NoApplicationProtocol, "EncryptedExtensions: no ALPN");
        if (!hasClientType || !hasServerType) throw WrongType("a certificate type is absent");
        if (ParametersOffset == QuicParameters.None)
            throw new TlsAlertException(TlsAlert.MissingExtension, "EncryptedExtensions: no QUIC transport parameters");
    }

    /// <summary>Writes a whole message.</summary>
    public static void Write(ByteWriter writer, byte[][] alpns, int alpnIndex, byte[] parameters)
    {
        int message = TlsVector.BeginMessage(writer, HandshakeType.EncryptedExtensions);
        int extensions = TlsVector.Begin16(writer);
        Alpn.Write(writer, alpns, alpnIndex, 1);
        CertificateType.WriteSelected(writer, ExtensionType.ClientCertificateType);
        CertificateType.WriteSelected(writer, ExtensionType.ServerCertificateType);
        QuicParameters.Write(writer, parameters);
        TlsVector.End16(writer, extensions);
        TlsVector.EndMessage(writer, message);
    }

    private void ReadAlpn(ByteReader body, byte[][] alpns)
    {
        AlpnIndex = Alpn.Choose(body, alpns, out int names);

        // RFC 7301 section 3.1: exactly one name.
        if (names != 1) throw new TlsAlertException(TlsAlert.DecodeError, "EncryptedExtensions: more than one ALPN");
        if (AlpnIndex == Alpn.None)
            throw new TlsAlertException(TlsAlert.IllegalParameter, "EncryptedExtensions: an ALPN that was not offered");
    }

    private static void CheckCertificateType(ByteReader body)
    {
        if (body.ReadByte() != TlsConstants.RawPublicKey) throw WrongType("a certificate type is not RawPublicKey");
    }

    private static TlsAlertException WrongType(string what) =>
        new TlsAlertException(TlsAlert.HandshakeFailure, "EncryptedExtensions: " + what);
}
