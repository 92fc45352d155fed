using IrohLite.Crypto;

namespace IrohLite.Quic;

/// <summary>
/// Key updates of one connection (RFC 9001 section 6). Each direction has a generation number; its low bit is the key phase bit.
/// The send keys lead by at most one: they advance when we start an update or when the peer does; the receive keys advance with
/// the first packet that the next keys open. The header protection key never changes.
/// </summary>
internal sealed class KeyPhase
{
    /// <summary>"No deadline".</summary>
    public const long Never = long.MaxValue;

    /// <summary>Packets sealed with one generation after which another must follow: 2^23 for AES-128-GCM (RFC 9001 section 6.6).</summary>
    public const long ConfidentialityLimit = 1L << 23;

    // From here on an update is due; what is left covers the round trip until it may start.
    private const long UpdateDue = ConfidentialityLimit / 2;

    private readonly ICryptoProvider _crypto;
    private readonly LevelKeys _keys;
    private long _firstSent;
    private bool _sendPhaseAcked;
    private long _firstReceived;
    private bool _peerPhaseAnswered = true;

    /// <summary>Watches over the 1-RTT keys.</summary>
    public KeyPhase(ICryptoProvider crypto, LevelKeys oneRttKeys)
    {
        _crypto = crypto;
        _keys = oneRttKeys;
    }

    /// <summary>Updates of the send keys so far.</summary>
    public int SendGeneration { get; private set; }

    /// <summary>Updates of the receive keys so far.</summary>
    public int ReceiveGeneration { get; private set; }

    /// <summary>The key phase bit of the packets we send, 0 or 1.</summary>
    public int SendBit => SendGeneration & 1;

    /// <summary>When to call <see cref="OnDeadline"/>, or <see cref="Never"/>.</summary>
    public long DropPreviousAtMs { get; private set; } = Never;

    /// <summary>
    /// To be called with every 1-RTT packet opened, before its frames are read. Follows an update of the peer: both directions then
    /// use the new keys. <paramref name="largestReceived"/> is the largest number before this packet, <paramref name="nextToSend"/>
    /// our next packet number. Throws KEY_UPDATE_ERROR for an update out of order.
    /// </summary>
    public void OnPacketOpened(int generation, long packetNumber, long largestReceived, long nextToSend, long ptoMs, long nowMs)
    {
        if (generation != PacketKeyGeneration.Next) return;
        // Section 6.4: newer keys for an older number than one that older keys have opened.
        if (packetNumber <= largestReceived) throw Error("key update with an old packet number");
        // Section 6.2: a second update although the first has not been acknowledged.
        if (!_peerPhaseAnswered) throw Error("key update before the previous one was acknowledged");

        _crypto.RotatePacketKeys(_keys.ReceiveKeys, packetNumber);
        ReceiveGeneration++;
        _firstReceived = packetNumber;
        _peerPhaseAnswered = false;
        DropPreviousAtMs = nowMs + 3 * ptoMs; // section 6.5
        if (SendGeneration < ReceiveGeneration) AdvanceSend(nextToSend);
    }

    /// <summary>
    /// To be called with every ACK received in a 1-RTT packet that keys of <paramref name="generation"/> opened. Throws
    /// KEY_UPDATE_ERROR when older keys acknowledge packets of newer ones (section 6.2).
    /// </summary>
    public void OnAckReceived(long largestAcked, int generation)
    {
        if (largestAcked < _firstSent || _sendPhaseAcked) return;
        if (SendGeneration > 0)
        {
            int carriedBy = generation == PacketKeyGeneration.Previous ? ReceiveGeneration - 1 : ReceiveGeneration;
            if (carriedBy < SendGeneration) throw Error("acknowledgement of new keys under old keys");
        }
        _sendPhaseAcked = true;
    }

    /// <summary>To be called when a 1-RTT packet with an ACK up to <paramref name="largestAcknowledged"/> is sent.</summary>
    public void OnAckSent(long largestAcknowledged)
    {
        if (largestAcknowledged >= _firstReceived) _peerPhaseAnswered = true;
    }

    /// <summary>
    /// True when we may start an update: the handshake is confirmed and a packet of the current phase was acknowledged
    /// (section 6.1), the peer has followed our last update, and late packets of the phase before have had their time (section 6.5).
    /// </summary>
    public bool CanInitiate(bool handshakeConfirmed) =>
        handshakeConfirmed && _sendPhaseAcked && SendGeneration == ReceiveGeneration && DropPreviousAtMs == Never;

    /// <summary>True when so many packets were sealed that an update should start as soon as it may.</summary>
    public bool IsUpdateDue(long nextToSend) => nextToSend - _firstSent >= UpdateDue;

    /// <summary>Starts an update: the next packet sent uses the next keys. False when it may not start now.</summary>
    public bool TryInitiate(bool handshakeConfirmed, long nextToSend)
    {
        if (!CanInitiate(handshakeConfirmed)) return false;
        AdvanceSend(nextToSend);
        return true;
    }

    /// <summary>Throws AEAD_LIMIT_REACHED when the current send keys may not seal another packet.</summary>
    public void CheckConfidentialityLimit(long nextToSend)
    {
        if (nextToSend - _firstSent >= ConfidentialityLimit)
            throw new TransportException(TransportErrorCode.AeadLimitReached, FrameType.Padding, "confidentiality limit");
    }

    /// <summary>Wipes the previous receive keys once their time is over.</summary>
    public void OnDeadline(long nowMs)
    {
        if (nowMs < DropPreviousAtMs) return;
        DropPreviousAtMs = Never;
        if (_keys.ReceiveKeys != LevelKeys.None) _crypto.DropPreviousPacketKeys(_keys.ReceiveKeys);
    }

    private void AdvanceSend(long nextToSend)
    {
        _crypto.RotatePacketKeys(_keys.SendKeys, nextToSend);
        _crypto.DropPreviousPacketKeys(_keys.SendKeys);
        SendGeneration++;
        _firstSent = nextToSend;
        _sendPhaseAcked = false;
    }

    private static TransportException Error(string reason) =>
        new TransportException(TransportErrorCode.KeyUpdateError, FrameType.Padding, reason);
}
