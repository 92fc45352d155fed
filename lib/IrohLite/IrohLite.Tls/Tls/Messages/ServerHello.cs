using IrohLite.Buffers;

namespace IrohLite.Tls;

/// <summary>ServerHello (RFC 8446 section 4.1.3): reader for the client, which accepts one choice only, and our writer.</summary>
internal static class ServerHello
{
    private const string Name = "ServerHello";

    // SHA-256 of "HelloRetryRequest": the random that makes a ServerHello a HelloRetryRequest.
    private static readonly byte[] RetryRandom =
    {
        0xcf, 0x21, 0xad, 0x74, 0xe5, 0x9a, 0x61, 0x11, 0xbe, 0x1d, 0x8c, 0x02, 0x1e, 0x65, 0xb8, 0x91,
        0xc2, 0xa2, 0x11, 0x16, 0x7a, 0xbb, 0x8c, 0x5e, 0x07, 0x9e, 0x09, 0xe2, 0xc8, 0xa8, 0x33, 0x9c,
    };

    // "DOWNGRD" and one more byte end the random of a server that was made to speak an older version.
    private static readonly byte[] DowngradeSentinel = { 0x44, 0x4f, 0x57, 0x4e, 0x47, 0x52, 0x44 };

    /// <summary>Reads a body and returns where the server's x25519 share begins in the reader's buffer.</summary>
    public static int Read(ByteReader reader)
    {
        int legacyVersion = reader.ReadUInt16();
        int random = reader.Position;
        reader.Skip(TlsConstants.HashBytes);
        int sessionIdBytes = reader.ReadByte();
        if (sessionIdBytes > 32) throw new TlsAlertException(TlsAlert.DecodeError, "ServerHello: legacy_session_id_echo over 32 bytes");
        reader.Skip(sessionIdBytes);
        int suite = reader.ReadUInt16();
        int compression = reader.ReadByte();

        // RFC 8446 appendix D.5.
        if (legacyVersion <= TlsConstants.Ssl30) throw new TlsAlertException(TlsAlert.ProtocolVersion, "ServerHello: SSL 3.0 or older");

        bool isRetry = Bytes.Equal(reader.Buffer, random, RetryRandom, 0, TlsConstants.HashBytes);
        bool hasVersion = false;
        bool hasCookie = false;
        int version = 0;
        int share = KeyShare.None;
        if (reader.Remaining > 0)
        {
            ExtensionReader extensions = new ExtensionReader(reader, Name);
            while (extensions.Next())
            {
                switch (extensions.Type)
                {
                    case ExtensionType.SupportedVersions:
                        version = extensions.Body.ReadUInt16();
                        hasVersion = true;
                        break;
                    case ExtensionType.KeyShare:
                        if (isRetry) throw new TlsAlertException(TlsAlert.IllegalParameter, "HelloRetryRequest: the only group has its share already");
                        share = KeyShare.ReadSelected(extensions.Body);
                        break;
                    case ExtensionType.Cookie:
                        if (!isRetry) throw ExtensionType.Unwanted(extensions.Type, Name);
                        extensions.Body.Skip(extensions.Body.Remaining);
                        hasCookie = true;
                        break;
                    default:
                        throw ExtensionType.Unwanted(extensions.Type, Name);
                }

                extensions.ExpectEnd();
            }
        }

        if (!hasVersion) throw OldVersion(reader.Buffer, random);

        // RFC 8446 sections 4.2.1 and 4.1.3: only what was offered may be chosen.
        if (version != TlsConstants.Tls13) throw Illegal("a version that was not offered");
        if (legacyVersion != TlsConstants.LegacyVersion) throw Illegal("legacy_version is not 0x0303");
        if (sessionIdBytes != 0) throw Illegal("legacy_session_id_echo is not empty as ours");
        if (suite != TlsConstants.Aes128GcmSha256) throw Illegal("a cipher suite that was not offered");
        if (compression != 0) throw Illegal("compression");
        if (isRetry)
        {
            throw hasCookie
                ? new TlsAlertException(TlsAlert.HandshakeFailure, "HelloRetryRequest: retries are not supported")
                : new TlsAlertException(TlsAlert.IllegalParameter, "HelloRetryRequest: it would change nothing");
        }

        if (share == KeyShare.None) throw new TlsAlertException(TlsAlert.MissingExtension, "ServerHello: no key_share");
        return share;
    }

    /// <summary>Writes a whole message.</summary>
    public static void Write(ByteWriter writer, byte[] random, byte[] publicKey)
    {
        int message = TlsVector.BeginMessage(writer, HandshakeType.ServerHello);
        writer.WriteUInt16(TlsConstants.LegacyVersion);
        writer.WriteBytes(random, 0, TlsConstants.HashBytes);
        writer.WriteByte(0);
        writer.WriteUInt16(TlsConstants.Aes128GcmSha256);
        writer.WriteByte(0);
        int extensions = TlsVector.Begin16(writer);
        SupportedVersions.WriteSelected(writer);
        KeyShare.WriteSelected(writer, publicKey);
        TlsVector.End16(writer, extensions);
        TlsVector.EndMessage(writer, message);
    }

    // RFC 8446 section 4.1.3: an older version with the sentinel means that somebody tampered with our hello.
    private static TlsAlertException OldVersion(byte[] buffer, int random)
    {
        int sentinel = random + TlsConstants.HashBytes - 8;
        return Bytes.Equal(buffer, sentinel, DowngradeSentinel, 0, 7) && buffer[sentinel + 7] <= 1
            ? new TlsAlertException(TlsAlert.IllegalParameter, "ServerHello: downgraded on the way")
            : new TlsAlertException(TlsAlert.ProtocolVersion, "ServerHello: the server does not speak TLS 1.3");
    }

    private static TlsAlertException Illegal(string what) => new TlsAlertException(TlsAlert.IllegalParameter, "ServerHello: " + what);
}
