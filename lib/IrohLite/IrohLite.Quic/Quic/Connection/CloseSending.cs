using IrohLite.Buffers;

namespace IrohLite.Quic;

/// <summary>
/// The CONNECTION_CLOSE we send: once when the connection closes, and again for packets that still come, at most one per probe
/// timeout (RFC 9000 section 10.2.1). A peer's close is answered once without an error, so that it need not wait.
/// </summary>
internal sealed class CloseSending
{
    private static readonly byte[] s_noReason = new byte[0];

    private readonly QuicConnection _connection;
    private bool _isApplication;
    private long _code;
    private long _frameType;
    private byte[] _reason = s_noReason;
    private long _lastSentMs;

    public CloseSending(QuicConnection connection) => _connection = connection;

    public bool IsDue { get; private set; }

    /// <summary>Announces our close.</summary>
    public void Announce(QuicCloseInfo info)
    {
        _isApplication = info.Kind == QuicCloseKind.LocalApplication;
        _code = info.Code;
        _frameType = info.FrameType;
        _reason = ConnectionCloseFrame.EncodeReason(info.Reason);
        IsDue = true;
    }

    /// <summary>Answers the peer's close.</summary>
    public void Answer()
    {
        _isApplication = false;
        _code = TransportErrorCode.NoError;
        _frameType = 0;
        _reason = s_noReason;
        IsDue = true;
    }

    /// <summary>A packet came although we closed.</summary>
    public void OnPacket(long nowMs)
    {
        LossDetector loss = _connection.Loss;
        if (nowMs - _lastSentMs >= loss.Rtt.ProbeTimeoutMs() + loss.PeerMaxAckDelayMs) IsDue = true;
    }

    public void OnSent(long nowMs)
    {
        IsDue = false;
        _lastSentMs = nowMs;
    }

    /// <summary>The highest level at which the peer may understand it.</summary>
    public int LastLevel()
    {
        QuicConnection c = _connection;
        if (c.IsHandshakeComplete) return EncryptionLevel.OneRtt;
        PacketSpace handshake = c.Space(EncryptionLevel.Handshake);
        return handshake != null && handshake.Keys.Installed ? EncryptionLevel.Handshake : EncryptionLevel.Initial;
    }

    public int Length(int level)
    {
        if (HidesApplication(level)) return ConnectionCloseFrame.Length(false, TransportErrorCode.ApplicationError, 0, 0);
        return ConnectionCloseFrame.Length(_isApplication, _code, _frameType, _reason.Length);
    }

    public void Write(ByteWriter writer, int level)
    {
        if (HidesApplication(level)) ConnectionCloseFrame.Write(writer, false, TransportErrorCode.ApplicationError, 0, s_noReason, 0, 0);
        else ConnectionCloseFrame.Write(writer, _isApplication, _code, _frameType, _reason, 0, _reason.Length);
    }

    // RFC 9000 section 10.2.3: before 1-RTT an application's code and reason are not to be seen.
    private bool HidesApplication(int level) => _isApplication && level != EncryptionLevel.OneRtt;
}
