using IrohLite.Buffers;

namespace IrohLite.Quic;

/// <summary>Fills one packet: acknowledgements first, then handshake bytes, control frames and stream data.</summary>
internal sealed class FrameWriter
{
    private readonly QuicConnection _connection;
    private int _streamCursor;

    public FrameWriter(QuicConnection connection) => _connection = connection;

    /// <summary>The largest number acknowledged by the packet written last, or None.</summary>
    public long LargestAckWritten { get; private set; } = PacketNumber.None;

    /// <summary>The space has something to send now.</summary>
    public bool HasFrames(PacketSpace space, long nowMs)
    {
        if (space == null || !space.Keys.Installed) return false;
        if (space.Level == EncryptionLevel.OneRtt && !_connection.IsHandshakeComplete) return false;
        space.IsElicitingDue = HasAckEliciting(space);
        return space.IsElicitingDue || (space.Acks.IsDue(nowMs) && !HoldsAck(space));
    }

    /// <summary>
    /// As <see cref="HasFrames"/> for the 1-RTT space of a confirmed connection, where nothing is held back and no handshake bytes
    /// of ours are sent. It runs with every poll, so what is due is asked before the budgets: usually there is nothing.
    /// </summary>
    public bool HasDataFrames(PacketSpace space, long nowMs)
    {
        QuicConnection c = _connection;
        bool due = space.ProbesDue > 0
            ? space.HasRoom
            : HasData(c) && space.HasRoom && c.Loss.Congestion.CanSend(Limits.DatagramBytes);
        space.IsElicitingDue = due;
        return due || space.Acks.IsDue(nowMs);
    }

    /// <summary>Some space above this level has something to send now.</summary>
    public bool HasLater(int level, long nowMs)
    {
        for (int i = level + 1; i < EncryptionLevel.Count; i++)
        {
            if (HasFrames(_connection.Space(i), nowMs)) return true;
        }

        return false;
    }

    /// <summary>The space has frames to send that the peer must acknowledge, and the budgets let it.</summary>
    public bool HasAckEliciting(PacketSpace space)
    {
        QuicConnection c = _connection;
        if (space.ProbesDue > 0) return space.HasRoom;
        if (!space.HasCrypto && (space.Level != EncryptionLevel.OneRtt || !HasData(c))) return false;
        return space.HasRoom && c.Loss.Congestion.CanSend(Limits.DatagramBytes);
    }

    /// <summary>
    /// Writes what fits, right after <see cref="HasFrames"/> of the same space; returns the <see cref="RetransmitFlags"/> of the
    /// packet. Records are staged in the space's log.
    /// </summary>
    public int Write(PacketSpace space, ByteWriter writer, long nowMs)
    {
        QuicConnection c = _connection;
        LargestAckWritten = PacketNumber.None;
        bool eliciting = space.IsElicitingDue;
        if (space.Acks.IsDue(nowMs) || (space.Acks.IsOwed && eliciting)) WriteAck(space, writer, 0, nowMs);
        if (!eliciting) return 0;
        int flags = WriteCrypto(space, writer);
        if (space.Level == EncryptionLevel.OneRtt)
        {
            if (c.Paths.ResponseDue && writer.Remaining >= PathResponseFrame.Length)
            {
                PathResponseFrame.Write(writer, c.Paths.Response);
                c.Paths.OnResponseSent();
                flags |= RetransmitFlags.AckEliciting;
            }

            flags |= c.Control.Write(writer, space.Log);
            flags |= WriteStreams(space, writer);
        }

        if (flags == 0 && space.ProbesDue > 0)
        {
            PingFrame.Write(writer);
            flags = RetransmitFlags.AckEliciting;
            // One PING says it all; a second probe would carry nothing more.
            space.ProbesDue = 1;
        }

        return flags;
    }

    /// <summary>Writes an ACK of everything received, when there is something and it leaves <paramref name="reserve"/> bytes free.</summary>
    public void WriteAck(PacketSpace space, ByteWriter writer, int reserve, long nowMs)
    {
        AckTracker acks = space.Acks;
        if (acks.Received.Count == 0 || HoldsAck(space)) return;
        long waitedMs = nowMs - acks.LargestReceivedMs;
        long delay = waitedMs <= 0 ? 0 : (waitedMs * 1000) >> 3;
        int ranges = AckFrame.RangesThatFit(acks.Received, delay, writer.Remaining - reserve, acks.Received.Count);
        if (ranges == 0) return;
        AckFrame.Write(writer, acks.Received, delay, ranges);
        LargestAckWritten = acks.Largest;
        acks.OnAckSent();
    }

    // An early ACK of the ClientHello would make the client probe at the speed of the round trip while we still compute.
    private bool HoldsAck(PacketSpace space) =>
        space.Level == EncryptionLevel.Initial && !_connection.IsClient && space.CryptoOut.End == 0;

    private static bool HasData(QuicConnection c)
    {
        if (c.Paths.ResponseDue || c.Control.IsDue) return true;
        StreamTable streams = c.Streams;
        if (!streams.SendDue) return false;
        long credit = c.Flow.Available;
        for (int i = 0; i < streams.Places; i++)
        {
            QuicStream stream = streams.At(i);
            if (stream != null && stream.Send.HasFrame(credit)) return true;
        }

        streams.SendDue = false;
        return false;
    }

    private static int WriteCrypto(PacketSpace space, ByteWriter writer)
    {
        int flags = 0;
        while (space.HasCrypto && space.Log.FreeRecords > 0)
        {
            long offset = space.CryptoOut.NextOffset();
            int count = space.CryptoOut.NextLength(long.MaxValue);
            int room = writer.Remaining - CryptoFrame.HeaderLength(offset, count);
            if (room <= 0) break;
            if (count > room) count = room;
            CryptoFrame.WriteHeader(writer, offset, count);
            space.CryptoOut.CopyTo(offset, count, writer.Buffer, writer.Reserve(count));
            space.CryptoOut.OnSent(offset, count);
            space.Log.Stage(SentRecord.Crypto, 0, offset, count);
            flags = RetransmitFlags.AckEliciting;
        }

        return flags;
    }

    // Each stream in turn gets the rest of the packet; the next packet starts with the stream after the last one served.
    private int WriteStreams(PacketSpace space, ByteWriter writer)
    {
        StreamTable streams = _connection.Streams;
        if (!streams.SendDue) return 0;
        int flags = 0;
        int places = streams.Places;
        if (_streamCursor >= places) _streamCursor = 0;
        int place = _streamCursor;
        for (int i = 0; i < places; i++)
        {
            QuicStream stream = streams.At(place);
            while (stream != null && space.Log.FreeRecords > 0 && WriteStream(stream, space.Log, writer))
            {
                flags = RetransmitFlags.AckEliciting;
                _streamCursor = place + 1;
                if (writer.Remaining == 0) return flags;
            }

            if (++place >= places) place = 0;
        }

        return flags;
    }

    private bool WriteStream(QuicStream stream, SentPacketLog log, ByteWriter writer)
    {
        FlowControl flow = _connection.Flow;
        SendStream send = stream.Send;
        if (!send.HasFrame(flow.Available)) return false;
        long offset = send.Buffer.NextOffset();
        int count = send.NextLength(flow.Available);
        int remaining = writer.Remaining;
        int bare = StreamFrame.HeaderLength(StreamFrame.TypeOf(offset, false, false), stream.Id, offset, 0);
        bool withLength = true;
        if (bare + count >= remaining)
        {
            // The frame ends the packet, so it needs no length.
            withLength = false;
            count = remaining - bare;
            if (count <= 0) return false;
        }
        else
        {
            int room = remaining - StreamFrame.HeaderLength(StreamFrame.TypeOf(offset, false, true), stream.Id, offset, count);
            if (room < 0) return false;
            if (count > room) count = room;
        }

        bool end = send.EndsAt(offset + count);
        bool isNew = !send.Buffer.HasLost;
        StreamFrame.WriteHeader(writer, StreamFrame.TypeOf(offset, end, withLength), stream.Id, offset, count);
        if (count > 0) send.Buffer.CopyTo(offset, count, writer.Buffer, writer.Reserve(count));
        send.OnFrameSent(offset, count, end);
        if (isNew) flow.OnSent(count);
        log.Stage(end ? SentRecord.StreamEnd : SentRecord.Stream, stream.Id, offset, count);
        return true;
    }
}
