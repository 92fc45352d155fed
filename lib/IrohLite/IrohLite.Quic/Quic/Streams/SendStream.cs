using System;

namespace IrohLite.Quic;

/// <summary>The sending half of a stream (RFC 9000 section 3.1).</summary>
internal sealed class SendStream
{
    private bool _finishSent;
    private bool _finishLost;
    private bool _finishAcked;
    private bool _resetAcked;

    public SendStream(int bufferBytes) => Buffer = new SendBuffer(bufferBytes, StreamLimits.FirstRingBytes);

    public readonly SendBuffer Buffer;

    /// <summary>The peer's MAX_STREAM_DATA.</summary>
    public long PeerLimit { get; private set; }

    /// <summary>The application wrote its last byte.</summary>
    public bool IsFinished { get; private set; }

    public bool IsReset { get; private set; }

    public long ResetCode { get; private set; }

    /// <summary>A RESET_STREAM frame is to be sent.</summary>
    public bool ResetDue { get; private set; }

    /// <summary>A write was refused or cut short: an event is owed when there is room.</summary>
    public bool WantsRoom { get; set; }

    /// <summary>Every byte and the end are acknowledged, or the reset is.</summary>
    public bool IsDone => _resetAcked || IsDelivered;

    public bool IsDelivered => _finishAcked && Buffer.IsAllAcked;

    public void Open(long peerLimit)
    {
        Buffer.Reset();
        PeerLimit = peerLimit;
        IsFinished = false;
        IsReset = false;
        ResetCode = 0;
        ResetDue = false;
        WantsRoom = false;
        _finishSent = false;
        _finishLost = false;
        _finishAcked = false;
        _resetAcked = false;
    }

    public int Write(byte[] buffer, int offset, int count)
    {
        if (IsFinished || IsReset) throw new InvalidOperationException("the stream was finished or reset");
        int accepted = Buffer.Write(buffer, offset, count);
        if (accepted < count) WantsRoom = true;
        return accepted;
    }

    public void Finish()
    {
        if (!IsReset) IsFinished = true;
    }

    /// <summary>Gives the stream up; what was not sent is forgotten. Without effect once the end is delivered.</summary>
    public void Reset(long code)
    {
        if (IsReset || IsDelivered) return;
        IsReset = true;
        ResetCode = code;
        ResetDue = true;
    }

    public bool RaisePeerLimit(long limit)
    {
        if (limit <= PeerLimit) return false;
        PeerLimit = limit;
        return true;
    }

    /// <summary>A STREAM frame can be sent now. <paramref name="connectionCredit"/> counts for new bytes only.</summary>
    public bool HasFrame(long connectionCredit)
    {
        if (IsReset) return false;
        if (Buffer.HasLost || FinishDue) return true;
        return connectionCredit > 0 && Buffer.HasNew && Buffer.Next < PeerLimit;
    }

    /// <summary>The end can be sent in an empty frame: every byte has been sent before it.</summary>
    private bool FinishDue => IsFinished && (!_finishSent || _finishLost) && !Buffer.HasNew && !Buffer.HasLost;

    /// <summary>Bytes the next frame may carry, from the buffer's NextOffset on.</summary>
    public int NextLength(long connectionCredit)
    {
        long limit = Buffer.Next + connectionCredit;
        return Buffer.NextLength(limit < PeerLimit ? limit : PeerLimit);
    }

    /// <summary>True when a frame that ends at this offset carries the end of the stream.</summary>
    public bool EndsAt(long offset) => IsFinished && offset == Buffer.End;

    public void OnFrameSent(long offset, int count, bool end)
    {
        Buffer.OnSent(offset, count);
        if (!end) return;
        _finishSent = true;
        _finishLost = false;
    }

    public void OnResetSent() => ResetDue = false;

    public void OnAcked(long offset, int count, bool end)
    {
        Buffer.OnAcked(offset, count);
        if (end) _finishAcked = true;
    }

    public void OnLost(long offset, int count, bool end)
    {
        if (IsReset) return;
        Buffer.OnLost(offset, count);
        if (end && !_finishAcked) _finishLost = true;
    }

    public void OnResetAcked() => _resetAcked = true;

    public void OnResetLost()
    {
        if (!_resetAcked) ResetDue = true;
    }
}
