using IrohLite.Buffers;

namespace IrohLite.Quic;

/// <summary>
/// The ids the peer wants to be addressed by: the one in use and one spare (our active_connection_id_limit is the default, 2),
/// their stateless reset tokens, and the retirements to tell (RFC 9000 section 5.1).
/// </summary>
internal sealed class RemoteCids
{
    private const long NoSequence = -1;

    private readonly byte[] _token = new byte[TransportParameters.ResetTokenSizeBytes];
    private readonly byte[] _spareToken = new byte[TransportParameters.ResetTokenSizeBytes];
    private readonly ConnectionId _spare = new ConnectionId();
    private readonly long[] _retired = new long[Limits.PendingRetirements];
    private readonly bool[] _retireDue = new bool[Limits.PendingRetirements];
    private long _sequence;
    private long _spareSequence = NoSequence;
    private long _retirePriorTo;
    private int _retiredCount;
    private bool _hasToken;

    /// <summary>What we address packets to.</summary>
    public readonly ConnectionId Active = new ConnectionId();

    /// <summary>A RETIRE_CONNECTION_ID frame is to be sent.</summary>
    public bool RetireDue { get; private set; }

    /// <summary>The token of the peer's first id, from its transport parameters.</summary>
    public void SetToken(byte[] token)
    {
        Bytes.Copy(token, 0, _token, 0, _token.Length);
        _hasToken = true;
    }

    /// <summary>True when these 16 bytes say that the peer has forgotten the connection (RFC 9000 section 10.3.1).</summary>
    public bool IsResetToken(byte[] buffer, int offset) =>
        _hasToken && Bytes.ConstantTimeEquals(_token, 0, buffer, offset, _token.Length);

    /// <summary>Takes a NEW_CONNECTION_ID frame (RFC 9000 section 19.15); the token stands in <paramref name="buffer"/>.</summary>
    public void Add(NewConnectionIdFrame frame, byte[] buffer)
    {
        if (Active.Length == 0)
            throw new TransportException(TransportErrorCode.ProtocolViolation, FrameType.NewConnectionId, "ids are not in use");
        if (frame.RetirePriorTo > _retirePriorTo) _retirePriorTo = frame.RetirePriorTo;
        if (frame.Sequence == _sequence || frame.Sequence == _spareSequence)
        {
            if (!frame.Id.SameAs(frame.Sequence == _sequence ? Active : _spare))
                throw new TransportException(TransportErrorCode.ProtocolViolation, FrameType.NewConnectionId, "sequence number used twice");
            return;
        }

        if (frame.Sequence < _retirePriorTo)
        {
            Retire(frame.Sequence);
            return;
        }

        if (_spareSequence != NoSequence && _spareSequence < _retirePriorTo)
        {
            Retire(_spareSequence);
            _spareSequence = NoSequence;
        }

        if (_sequence < _retirePriorTo)
        {
            Retire(_sequence);
            if (_spareSequence != NoSequence) UseSpare();
            else Use(frame, buffer);
            if (_sequence == frame.Sequence) return;
        }

        if (_spareSequence != NoSequence)
        {
            // A number below both is one already retired, told twice.
            if (frame.Sequence < _sequence || frame.Sequence < _spareSequence) return;
            throw new TransportException(TransportErrorCode.ConnectionIdLimitError, FrameType.NewConnectionId, "too many connection ids");
        }

        if (frame.Sequence < _sequence) return;
        _spare.Set(frame.Id);
        _spareSequence = frame.Sequence;
        Bytes.Copy(buffer, frame.TokenOffset, _spareToken, 0, _spareToken.Length);
    }

    /// <summary>The next number to retire; the frame is taken as sent.</summary>
    public bool TakeRetirement(out long sequence)
    {
        sequence = NoSequence;
        bool more = false;
        for (int i = 0; i < _retiredCount; i++)
        {
            if (!_retireDue[i]) continue;
            if (sequence == NoSequence)
            {
                sequence = _retired[i];
                _retireDue[i] = false;
            }
            else
            {
                more = true;
            }
        }

        RetireDue = more;
        return sequence != NoSequence;
    }

    public void OnRetirementLost(long sequence)
    {
        for (int i = 0; i < _retiredCount; i++)
        {
            if (_retired[i] != sequence) continue;
            _retireDue[i] = true;
            RetireDue = true;
        }
    }

    public void OnRetirementAcked(long sequence)
    {
        for (int i = 0; i < _retiredCount; i++)
        {
            if (_retired[i] != sequence) continue;
            _retiredCount--;
            _retired[i] = _retired[_retiredCount];
            _retireDue[i] = _retireDue[_retiredCount];
            return;
        }
    }

    private void UseSpare()
    {
        Active.Set(_spare);
        _sequence = _spareSequence;
        _spareSequence = NoSequence;
        Bytes.Copy(_spareToken, 0, _token, 0, _token.Length);
        _hasToken = true;
    }

    private void Use(NewConnectionIdFrame frame, byte[] buffer)
    {
        Active.Set(frame.Id);
        _sequence = frame.Sequence;
        Bytes.Copy(buffer, frame.TokenOffset, _token, 0, _token.Length);
        _hasToken = true;
    }

    private void Retire(long sequence)
    {
        for (int i = 0; i < _retiredCount; i++)
        {
            if (_retired[i] == sequence) return;
        }

        if (_retiredCount == _retired.Length)
            throw new TransportException(TransportErrorCode.ConnectionIdLimitError, FrameType.NewConnectionId, "too many retirements");
        _retired[_retiredCount] = sequence;
        _retireDue[_retiredCount++] = true;
        RetireDue = true;
    }
}
