using IrohLite.Buffers;
using IrohLite.Crypto;
using IrohLite.Identity;
using IrohLite.Tls;

namespace IrohLite.Quic;

/// <summary>
/// Joins TLS to the connection: CRYPTO bytes in order go in, handshake bytes, keys and the peer's parameters come out. It also
/// writes our transport parameters and applies the peer's.
/// </summary>
internal sealed class HandshakeDriver : ITlsSink
{
    private const int ParameterBytes = 160;

    private readonly QuicConnection _connection;
    private readonly TlsHandshake _tls;
    private readonly TlsConfig _config;
    private int _level = EncryptionLevel.Initial;

    public HandshakeDriver(QuicConnection connection, string[] alpns, EndpointId expectedPeer)
    {
        _connection = connection;
        QuicShared shared = connection.Shared;
        _config = new TlsConfig
        {
            Crypto = shared.Crypto,
            Random = shared.Random,
            Identity = shared.Identity,
            Alpns = alpns,
            ExpectedPeer = expectedPeer,
        };
        if (connection.IsClient) _tls = new TlsClientHandshake(_config, this);
        else _tls = new TlsServerHandshake(_config, this);
    }

    public TlsHandshake Tls => _tls;

    public bool IsComplete => _tls.IsComplete;

    public string Alpn => _tls.Alpn;

    public EndpointId PeerId => _tls.PeerId;

    public void Start()
    {
        _config.TransportParameters = WriteParameters();
        _tls.Start();
    }

    /// <summary>Takes a CRYPTO frame; false when it cannot be kept and its packet must not be acknowledged.</summary>
    public bool Receive(PacketSpace space, CryptoFrame frame, byte[] buffer)
    {
        ReassemblyBuffer input = space.CryptoIn;
        long end = frame.Offset + frame.DataCount;
        if (end <= input.Contiguous) return true;
        if (end > input.Limit) throw new TransportException(TransportErrorCode.CryptoBufferExceeded, FrameType.Crypto, "too many handshake bytes");
        if (space.Level < _level)
            throw new TransportException(TransportErrorCode.ProtocolViolation, FrameType.Crypto, "handshake bytes at a finished level");
        if (!input.Insert(frame.Offset, buffer, frame.DataOffset, frame.DataCount)) return false;
        byte[] scratch = _connection.Shared.Scratch;
        int count;
        while ((count = input.Read(scratch, 0, scratch.Length)) > 0) _tls.Receive(space.Level, scratch, 0, count);
        return true;
    }

    public void Wipe() => _tls.Wipe();

    public void SendHandshake(int level, byte[] buffer, int offset, int count)
    {
        if (_connection.Space(level).CryptoOut.Write(buffer, offset, count) < count)
            throw new TransportException(TransportErrorCode.InternalError, FrameType.Crypto, "handshake flight too long");
    }

    public void InstallSecrets(int level, byte[] clientSecret, int clientOffset, byte[] serverSecret, int serverOffset)
    {
        PacketSpace space = _connection.OpenSpace(level);
        bool data = level == EncryptionLevel.OneRtt;
        space.Keys.Install(clientSecret, clientOffset, serverSecret, serverOffset, _connection.IsClient, data);
        if (data) _connection.KeyPhase = new KeyPhase(_connection.Shared.Crypto, space.Keys);
        else _level = level;
        _connection.Loss.FlightlessLevel = EncryptionLevel.Handshake;
    }

    public void PeerParameters(byte[] buffer, int offset, int count)
    {
        QuicConnection c = _connection;
        TransportParameters peer = TransportParametersReader.Read(buffer, offset, count, c.IsClient);
        peer.CheckConnectionIds(c.RemoteCids.Active, c.IsClient ? c.OriginalDcid : null, c.IsClient ? c.RetryScid : null);
        c.Streams.SetPeerParameters(peer.InitialMaxStreamsBidi, peer.InitialMaxStreamDataBidiRemote, peer.InitialMaxStreamDataBidiLocal);
        c.Flow.RaisePeerLimit(peer.InitialMaxData);
        c.Timers.SetPeerIdleTimeout(peer.MaxIdleTimeoutMs);
        c.Loss.PeerMaxAckDelayMs = peer.MaxAckDelayMs;
        c.PeerAckDelayExponent = peer.AckDelayExponent;
        if (peer.StatelessResetToken != null) c.RemoteCids.SetToken(peer.StatelessResetToken);
    }

    public void HandshakeComplete()
    {
        _level = EncryptionLevel.OneRtt;
        _connection.OnHandshakeComplete();
    }

    private byte[] WriteParameters()
    {
        QuicConnection c = _connection;
        TransportParameters own = c.Shared.Offered;
        byte[] resetKey = c.Shared.Config.ResetTokenKey;
        own.InitialSourceConnectionId = c.LocalCid;
        own.OriginalDestinationConnectionId = c.IsClient ? null : c.OriginalDcid;
        own.StatelessResetToken = c.IsClient || resetKey == null ? null : ResetToken.Derive(c.Shared.Crypto, resetKey, c.LocalCid);
        byte[] buffer = new byte[ParameterBytes];
        ByteWriter writer = new ByteWriter(buffer, 0, buffer.Length);
        own.Write(writer, !c.IsClient);
        return Bytes.Slice(buffer, 0, writer.Written);
    }
}
