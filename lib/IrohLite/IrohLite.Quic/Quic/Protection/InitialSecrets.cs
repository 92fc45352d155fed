using IrohLite.Buffers;
using IrohLite.Crypto;

namespace IrohLite.Quic;

/// <summary>The secrets of Initial packets, which anyone who sees the first packet can compute (RFC 9001 section 5.2).</summary>
internal static class InitialSecrets
{
    public const int SecretSizeBytes = 32;

    private static readonly byte[] s_salt =
    {
        0x38, 0x76, 0x2c, 0xf7, 0xf5, 0x59, 0x34, 0xb3, 0x4d, 0x17, 0x9a, 0xe6, 0xa4, 0xc8, 0x0c, 0xad, 0xcc, 0xbb, 0x7f, 0x0a,
    };

    // "tls13 client in" and "tls13 server in"
    private static readonly byte[] s_clientLabel = { 0x74, 0x6c, 0x73, 0x31, 0x33, 0x20, 0x63, 0x6c, 0x69, 0x65, 0x6e, 0x74, 0x20, 0x69, 0x6e };
    private static readonly byte[] s_serverLabel = { 0x74, 0x6c, 0x73, 0x31, 0x33, 0x20, 0x73, 0x65, 0x72, 0x76, 0x65, 0x72, 0x20, 0x69, 0x6e };

    /// <summary>Writes the client's and the server's 32-byte secrets for the id the client's Initials are sent to.</summary>
    public static void Derive(ICryptoProvider crypto, ConnectionId dcid, byte[] clientSecret, int clientOffset, byte[] serverSecret, int serverOffset)
    {
        byte[] initial = new byte[SecretSizeBytes];
        crypto.HmacSha256(s_salt, 0, s_salt.Length, dcid.Bytes, 0, dcid.Length, initial, 0);
        crypto.HkdfExpandLabel(initial, 0, s_clientLabel, initial, 0, 0, clientSecret, clientOffset, SecretSizeBytes);
        crypto.HkdfExpandLabel(initial, 0, s_serverLabel, initial, 0, 0, serverSecret, serverOffset, SecretSizeBytes);
        Bytes.Wipe(initial, 0, SecretSizeBytes);
    }

    /// <summary>Writes the 32-byte secret of one side alone.</summary>
    public static void DeriveOne(ICryptoProvider crypto, ConnectionId dcid, bool ofClient, byte[] secret, int offset)
    {
        byte[] initial = new byte[SecretSizeBytes];
        crypto.HmacSha256(s_salt, 0, s_salt.Length, dcid.Bytes, 0, dcid.Length, initial, 0);
        crypto.HkdfExpandLabel(initial, 0, ofClient ? s_clientLabel : s_serverLabel, initial, 0, 0, secret, offset, SecretSizeBytes);
        Bytes.Wipe(initial, 0, SecretSizeBytes);
    }
}
