namespace IrohLite.Quic;

/// <summary>
/// The one datagram waiting to be sent without a connection: a version negotiation, a stateless reset or a refusal. Anybody can
/// provoke them, so there is one at a time and at most one per <see cref="Limits.StatelessIntervalMs"/>.
/// </summary>
internal sealed class StatelessOutput
{
    private const int MaxBytes = 600;

    private readonly QuicShared _shared;
    private readonly byte[] _datagram = new byte[MaxBytes];
    private int _count;
    private PathAddress _path;
    private long _lastMs = long.MinValue / 2;

    public StatelessOutput(QuicShared shared) => _shared = shared;

    /// <summary>Answers a packet of another version (RFC 9000 section 6.1).</summary>
    public bool TryNegotiate(PacketHeader header, PathAddress path, long nowMs)
    {
        if (!IsFree(nowMs)) return false;
        _shared.Random.Fill(_shared.Scratch, 0, 1);
        return Put(VersionNegotiation.Write(_datagram, 0, MaxBytes, header, _shared.Scratch[0]), path, nowMs);
    }

    /// <summary>Answers a 1-RTT packet for an id we do not know (RFC 9000 section 10.3); always shorter than that packet.</summary>
    public bool TryReset(PacketHeader header, PathAddress path, long nowMs)
    {
        byte[] key = _shared.Config.ResetTokenKey;
        if (key == null || header.SizeBytes <= StatelessReset.SizeBytes || !IsFree(nowMs)) return false;
        header.Dcid.Set(header.Buffer, header.DcidOffset, header.DcidLength);
        return Put(StatelessReset.Write(_datagram, 0, _shared.Crypto, _shared.Random, key, header.Dcid), path, nowMs);
    }

    /// <summary>Refuses a new connection with CONNECTION_REFUSED in an Initial packet.</summary>
    public bool TryRefuse(PacketHeader header, PathAddress path, long nowMs)
    {
        if (!IsFree(nowMs)) return false;
        LevelKeys keys = new LevelKeys(_shared.Crypto);
        keys.InstallInitial(header.Dcid, false);
        int payload = PacketHeaderWriter.WriteLong(_datagram, 0, PacketType.Initial, header.Scid, header.Dcid, null, 0, 0, 0, 2);
        _shared.Writer.Reset(_datagram, payload, MaxBytes - payload - PacketProtector.TagSizeBytes);
        ConnectionCloseFrame.Write(_shared.Writer, false, TransportErrorCode.ConnectionRefused, 0, _shared.Scratch, 0, 0);
        int end = _shared.Writer.Position;
        PacketHeaderWriter.PatchLength(_datagram, payload - 2, end + PacketProtector.TagSizeBytes);
        end = _shared.Crypto.SealPacket(keys.SendKeys, _datagram, 0, payload - 2, payload, end, 0);
        keys.Release();
        return Put(end, path, nowMs);
    }

    /// <summary>A datagram waits.</summary>
    public bool IsWaiting => _count > 0;

    public int Poll(byte[] buffer, int offset, int capacity, Transmit transmit)
    {
        if (_count == 0 || capacity < _count) return 0;
        int count = _count;
        Buffers.Bytes.Copy(_datagram, 0, buffer, offset, count);
        transmit.SetSingle(_path);
        _count = 0;
        _path = null;
        return count;
    }

    private bool IsFree(long nowMs) => _count == 0 && nowMs - _lastMs >= Limits.StatelessIntervalMs;

    private bool Put(int count, PathAddress path, long nowMs)
    {
        if (count == 0) return false;
        _count = count;
        _path = path;
        _lastMs = nowMs;
        return true;
    }
}
