using IrohLite.Buffers;

namespace IrohLite.Quic;

/// <summary>
/// Builds one datagram at a time: which spaces have something to say, coalesced in the order of the levels, within the budgets of
/// congestion window, amplification limit and datagram size, padded where RFC 9000 section 14.1 asks for it.
/// </summary>
internal sealed class PacketSender
{
    // Below this a packet with an ACK could not be built; nothing is tried.
    private const int MinPacketBytes = 64;

    // Room a further coalesced packet must have to be worth it.
    private const int MinCoalescedBytes = 100;

    private readonly QuicConnection _connection;
    private readonly FrameWriter _frames;
    private byte[] _token;

    public PacketSender(QuicConnection connection)
    {
        _connection = connection;
        _frames = new FrameWriter(connection);
    }

    /// <summary>The amplification limit holds back a server (RFC 9000 section 8.1).</summary>
    public bool IsBlocked
    {
        get
        {
            int needed = NeededAllowance;
            return _connection.Paths.Allowance(needed, _connection.IsClient) < needed;
        }
    }

    /// <summary>The token of a Retry, for every further Initial.</summary>
    public void SetToken(byte[] token) => _token = token;

    /// <summary>Writes the next datagram; 0 when there is nothing to send now.</summary>
    public int Poll(byte[] buffer, int offset, int capacity, Transmit transmit, long nowMs)
    {
        QuicConnection c = _connection;
        ConnectionState state = c.State;
        if (capacity < Limits.DatagramBytes) return 0;
        if (!state.IsOpen) return state.IsIdle || state.IsOver ? 0 : PollClose(buffer, offset, transmit, nowMs);
        PathTable paths = c.Paths;
        if (paths.ResponseDue && !paths.ResponsePath.SameAs(paths.Active)) return PollResponse(buffer, offset, transmit, nowMs);
        // Once confirmed there is one space, and usually nothing to send.
        PacketSpace only = state.IsConfirmed ? c.Space(EncryptionLevel.OneRtt) : null;
        if (only != null && !_frames.HasDataFrames(only, nowMs)) return 0;
        int allowance = paths.Allowance(Limits.DatagramBytes, c.IsClient);
        if (allowance < (only != null ? MinPacketBytes : NeededAllowance)) return 0;
        paths.Fill(transmit);
        int end = offset + allowance;
        int at;
        try
        {
            at = only == null
                ? Build(buffer, offset, end, nowMs)
                : WritePacket(only, buffer, offset, end, paths.ChallengeDue || paths.ResponseDue, nowMs);
        }
        catch (TransportException e)
        {
            // The keys are used up and the peer does not let us change them (RFC 9001 section 6.6).
            c.CloseWith(new QuicCloseInfo(QuicCloseKind.LocalTransport, e.Code, e.FrameType, e.Reason), nowMs);
            return 0;
        }

        if (at == offset) return 0;
        OnDatagram(at - offset);
        return at - offset;
    }

    private int NeededAllowance => _connection.IsHandshakeComplete ? MinPacketBytes : Limits.DatagramBytes;

    private int Build(byte[] buffer, int offset, int end, long nowMs)
    {
        QuicConnection c = _connection;
        // A client is done with Initial packets when it sends its first Handshake packet (RFC 9001 section 4.9.1).
        if (c.IsClient && c.Space(EncryptionLevel.Initial) != null && _frames.HasFrames(c.Space(EncryptionLevel.Handshake), nowMs))
            c.DiscardSpace(EncryptionLevel.Initial);

        bool pad = false;
        int at = offset;
        for (int level = EncryptionLevel.Initial; level < EncryptionLevel.Count; level++)
        {
            PacketSpace space = c.Space(level);
            if (at > offset && end - at < MinCoalescedBytes) break;
            if (!_frames.HasFrames(space, nowMs)) continue;
            if (level == EncryptionLevel.Initial) pad = c.IsClient || _frames.HasAckEliciting(space);
            else if (level == EncryptionLevel.OneRtt && (c.Paths.ChallengeDue || c.Paths.ResponseDue)) pad = true;
            bool last = !_frames.HasLater(level, nowMs);
            int packetEnd = end;
            // Leave what follows enough room to be built; a flight that does not fit goes into the next datagram.
            at = WritePacket(space, buffer, at, packetEnd, pad && last, nowMs);
        }

        return at;
    }

    /// <summary>Writes one packet; returns where it ends, which is where it began when there was nothing to write.</summary>
    private int WritePacket(PacketSpace space, byte[] buffer, int at, int end, bool pad, long nowMs)
    {
        QuicConnection c = _connection;
        long number = space.NextNumber;
        bool data = space.Level == EncryptionLevel.OneRtt;
        int numberBytes = 2;
        if (data)
        {
            if (c.KeyPhase.IsUpdateDue(number))
            {
                c.KeyPhase.TryInitiate(c.State.IsConfirmed, number);
                c.KeyPhase.CheckConfidentialityLimit(number);
            }

            numberBytes = PacketNumber.EncodedLength(number, c.Loss.LargestAcked(space.Level));
            if (numberBytes < 2) numberBytes = 2;
        }

        int payload = WriteHeader(space, buffer, at, number, numberBytes);
        if (end - payload < MinPacketBytes - PacketProtector.TagSizeBytes) return at;
        ByteWriter writer = c.Shared.Writer;
        writer.Reset(buffer, payload, end - payload - PacketProtector.TagSizeBytes);
        int flags = _frames.Write(space, writer, nowMs);
        if (writer.Written == 0) return at;
        if (pad) writer.WriteZeros(writer.Remaining);
        int least = PacketProtector.MinNumberAndPayloadBytes - numberBytes;
        if (writer.Written < least) writer.WriteZeros(least - writer.Written);

        int packetEnd = Seal(space, buffer, at, payload, writer.Position, number, numberBytes);
        OnPacket(space, number, packetEnd - at, flags, nowMs);
        return packetEnd;
    }

    private void OnPacket(PacketSpace space, long number, int sizeBytes, int flags, long nowMs)
    {
        QuicConnection c = _connection;
        bool data = space.Level == EncryptionLevel.OneRtt;
        if (data && _frames.LargestAckWritten != PacketNumber.None) c.KeyPhase.OnAckSent(_frames.LargestAckWritten);
        if ((flags & RetransmitFlags.AckEliciting) == 0) return;
        space.Log.Commit(number, nowMs, sizeBytes, flags, _frames.LargestAckWritten);
        c.Loss.OnSent(space.Level, sizeBytes, nowMs);
        c.Timers.OnAckElicitingSent(nowMs);
        c.Control.PingDue = false;
        if (space.ProbesDue > 0) space.ProbesDue--;
        if ((flags & RetransmitFlags.PathChallenge) != 0) c.Paths.OnChallengeSent();
    }

    private int WriteHeader(PacketSpace space, byte[] buffer, int at, long number, int numberBytes)
    {
        QuicConnection c = _connection;
        if (space.Level == EncryptionLevel.OneRtt)
            return PacketHeaderWriter.WriteShort(buffer, at, c.RemoteCids.Active, c.KeyPhase.SendBit, number, numberBytes);
        int tokenBytes = _token != null && space.Level == EncryptionLevel.Initial ? _token.Length : 0;
        return PacketHeaderWriter.WriteLong(buffer, at, EncryptionLevel.ToPacketType(space.Level), c.RemoteCids.Active, c.LocalCid,
            _token, 0, tokenBytes, number, numberBytes);
    }

    private int Seal(PacketSpace space, byte[] buffer, int at, int payload, int payloadEnd, long number, int numberBytes)
    {
        QuicConnection c = _connection;
        int numberAt = payload - numberBytes;
        if (space.Level != EncryptionLevel.OneRtt)
            PacketHeaderWriter.PatchLength(buffer, numberAt, payloadEnd + PacketProtector.TagSizeBytes);
        space.AdvanceNumber(c.Shared);
        c.Statistics.PacketsSent++;
        return c.Shared.Crypto.SealPacket(space.Keys.SendKeys, buffer, at, numberAt, payload, payloadEnd, number);
    }

    private void OnDatagram(int bytes)
    {
        _connection.Paths.OnSent(bytes);
        _connection.Statistics.BytesSent += bytes;
    }

    // An answer to a PATH_CHALLENGE from another address than the one in use goes there alone (RFC 9000 section 8.2.2).
    private int PollResponse(byte[] buffer, int offset, Transmit transmit, long nowMs)
    {
        QuicConnection c = _connection;
        PacketSpace space = c.Space(EncryptionLevel.OneRtt);
        transmit.SetSingle(c.Paths.ResponsePath);
        int end = offset + c.Paths.ResponseAllowance(Limits.DatagramBytes);
        long number = space.NextNumber;
        int payload = WriteHeader(space, buffer, offset, number, 4);
        ByteWriter writer = c.Shared.Writer;
        bool fits = end - payload >= PathResponseFrame.Length + PacketProtector.TagSizeBytes && space.HasRoom;
        if (fits)
        {
            writer.Reset(buffer, payload, end - payload - PacketProtector.TagSizeBytes);
            PathResponseFrame.Write(writer, c.Paths.Response);
            writer.WriteZeros(writer.Remaining);
        }

        c.Paths.OnResponseSent();
        if (!fits) return 0;
        int packetEnd = Seal(space, buffer, offset, payload, writer.Position, number, 4);
        c.Statistics.BytesSent += packetEnd - offset;
        space.Log.Commit(number, nowMs, packetEnd - offset, RetransmitFlags.AckEliciting, PacketNumber.None);
        c.Loss.OnSent(space.Level, packetEnd - offset, nowMs);
        return packetEnd - offset;
    }

    // RFC 9000 section 10.2.3: until the handshake is confirmed the peer may lack keys, so every level says it.
    private int PollClose(byte[] buffer, int offset, Transmit transmit, long nowMs)
    {
        QuicConnection c = _connection;
        if (!c.CloseSending.IsDue) return 0;
        c.Paths.Fill(transmit);
        int end = offset + c.Paths.Allowance(Limits.DatagramBytes, c.IsClient);
        int at = offset;
        bool pad = c.IsClient && c.Space(EncryptionLevel.Initial) != null && !c.State.IsConfirmed;
        int first = c.State.IsConfirmed ? EncryptionLevel.OneRtt : EncryptionLevel.Initial;
        int last = c.CloseSending.LastLevel();
        for (int level = first; level <= last; level++)
        {
            PacketSpace space = c.Space(level);
            if (space == null || !space.Keys.Installed) continue;
            long number = space.NextNumber;
            int payload = WriteHeader(space, buffer, at, number, 4);
            if (end - payload < c.CloseSending.Length(level) + 2 * PacketProtector.TagSizeBytes) break;
            ByteWriter writer = c.Shared.Writer;
            writer.Reset(buffer, payload, end - payload - PacketProtector.TagSizeBytes);
            _frames.WriteAck(space, writer, c.CloseSending.Length(level), nowMs);
            c.CloseSending.Write(writer, level);
            if (pad && level == last) writer.WriteZeros(writer.Remaining);
            at = Seal(space, buffer, at, payload, writer.Position, number, 4);
        }

        c.CloseSending.OnSent(nowMs);
        if (at > offset) OnDatagram(at - offset);
        return at - offset;
    }
}
