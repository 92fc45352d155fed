using System.Text;
using IrohLite.Buffers;
using IrohLite.Crypto;

namespace IrohLite.Tls;

/// <summary>The key schedule of RFC 8446 section 7.1 without a pre-shared key, for SHA-256.</summary>
internal sealed class KeySchedule
{
    private const int Size = TlsConstants.HashBytes;

    private static readonly byte[] Derived = Encoding.UTF8.GetBytes("tls13 derived");
    private static readonly byte[] ClientHandshakeTraffic = Encoding.UTF8.GetBytes("tls13 c hs traffic");
    private static readonly byte[] ServerHandshakeTraffic = Encoding.UTF8.GetBytes("tls13 s hs traffic");
    private static readonly byte[] ClientApplicationTraffic = Encoding.UTF8.GetBytes("tls13 c ap traffic");
    private static readonly byte[] ServerApplicationTraffic = Encoding.UTF8.GetBytes("tls13 s ap traffic");
    private static readonly byte[] FinishedLabel = Encoding.UTF8.GetBytes("tls13 finished");

    private readonly ICryptoProvider _crypto;
    private readonly byte[] _secret = new byte[Size];
    private readonly byte[] _zero = new byte[Size];
    private readonly byte[] _scratch = new byte[Size];
    private readonly byte[] _emptyHash = new byte[Size];

    /// <summary>Starts with the early secret.</summary>
    public KeySchedule(ICryptoProvider crypto)
    {
        _crypto = crypto;
        crypto.Sha256(_zero, 0, 0, _emptyHash, 0);
        crypto.HmacSha256(_zero, 0, Size, _zero, 0, Size, _secret, 0);
    }

    /// <summary>client_handshake_traffic_secret.</summary>
    public byte[] ClientHandshake { get; } = new byte[Size];

    /// <summary>server_handshake_traffic_secret.</summary>
    public byte[] ServerHandshake { get; } = new byte[Size];

    /// <summary>client_application_traffic_secret_0.</summary>
    public byte[] ClientApplication { get; } = new byte[Size];

    /// <summary>server_application_traffic_secret_0.</summary>
    public byte[] ServerApplication { get; } = new byte[Size];

    /// <summary>The secret of the present stage: early, handshake or master.</summary>
    internal byte[] StageSecret => _secret;

    /// <summary>Goes to the handshake secret; the hash covers ClientHello and ServerHello.</summary>
    public void EnterHandshake(byte[] shared, int sharedOffset, byte[] hash)
    {
        Advance(shared, sharedOffset);
        Expand(ClientHandshakeTraffic, hash, ClientHandshake);
        Expand(ServerHandshakeTraffic, hash, ServerHandshake);
    }

    /// <summary>Goes to the master secret; the hash covers ClientHello to the server's Finished.</summary>
    public void EnterApplication(byte[] hash)
    {
        Advance(_zero, 0);
        Expand(ClientApplicationTraffic, hash, ClientApplication);
        Expand(ServerApplicationTraffic, hash, ServerApplication);
    }

    /// <summary>Writes the 32-byte verify_data of a Finished (RFC 8446 section 4.4.4).</summary>
    public void FinishedValue(byte[] trafficSecret, byte[] hash, byte[] output, int outputOffset)
    {
        _crypto.HkdfExpandLabel(trafficSecret, 0, FinishedLabel, _zero, 0, 0, _scratch, 0, Size);
        _crypto.HmacSha256(_scratch, 0, Size, hash, 0, Size, output, outputOffset);
        Bytes.Wipe(_scratch, 0, Size);
    }

    /// <summary>Wipes every secret.</summary>
    public void Wipe()
    {
        Bytes.Wipe(_secret, 0, Size);
        Bytes.Wipe(_scratch, 0, Size);
        Bytes.Wipe(ClientHandshake, 0, Size);
        Bytes.Wipe(ServerHandshake, 0, Size);
        Bytes.Wipe(ClientApplication, 0, Size);
        Bytes.Wipe(ServerApplication, 0, Size);
    }

    // Derive-Secret(., "derived", "") is the salt of the next HKDF-Extract, which is HMAC with the salt as key.
    private void Advance(byte[] material, int materialOffset)
    {
        _crypto.HkdfExpandLabel(_secret, 0, Derived, _emptyHash, 0, Size, _scratch, 0, Size);
        _crypto.HmacSha256(_scratch, 0, Size, material, materialOffset, Size, _secret, 0);
        Bytes.Wipe(_scratch, 0, Size);
    }

    private void Expand(byte[] label, byte[] hash, byte[] output) =>
        _crypto.HkdfExpandLabel(_secret, 0, label, hash, 0, Size, output, 0, Size);
}
