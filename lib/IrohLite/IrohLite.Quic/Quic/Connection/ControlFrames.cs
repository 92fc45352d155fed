using IrohLite.Buffers;

namespace IrohLite.Quic;

/// <summary>
/// The 1-RTT frames that are neither ACK nor stream data: what is due, and writing it. Each value is read when the frame is
/// written, so a repetition carries today's.
/// </summary>
internal sealed class ControlFrames
{
    private readonly QuicConnection _connection;
    private bool _handshakeDoneDue;
    private bool _handshakeDoneAcked;

    public ControlFrames(QuicConnection connection) => _connection = connection;

    /// <summary>An ack-eliciting packet is wanted for its own sake: the keep-alive.</summary>
    public bool PingDue { get; set; }

    /// <summary>Server only: tells the client that the handshake is complete, until it is acknowledged (RFC 9001 section 4.1.2).</summary>
    public void RequireHandshakeDone() => _handshakeDoneDue = true;

    public void OnHandshakeDoneLost() => _handshakeDoneDue = !_handshakeDoneAcked;

    public void OnHandshakeDoneAcked()
    {
        _handshakeDoneAcked = true;
        _handshakeDoneDue = false;
    }

    public bool IsDue
    {
        get
        {
            QuicConnection c = _connection;
            return _handshakeDoneDue || PingDue || c.Flow.MaxDataDue || c.Streams.MaxStreamsDue || c.Streams.ControlDue
                || c.RemoteCids.RetireDue || c.Paths.ChallengeDue;
        }
    }

    /// <summary>Writes what is due and fits; returns the <see cref="RetransmitFlags"/> of what was written.</summary>
    public int Write(ByteWriter writer, SentPacketLog log)
    {
        QuicConnection c = _connection;
        int flags = 0;
        if (_handshakeDoneDue && writer.Remaining >= HandshakeDoneFrame.Length)
        {
            HandshakeDoneFrame.Write(writer);
            _handshakeDoneDue = false;
            flags |= RetransmitFlags.HandshakeDone | RetransmitFlags.AckEliciting;
        }

        if (c.Paths.ChallengeDue && writer.Remaining >= PathChallengeFrame.Length)
        {
            PathChallengeFrame.Write(writer, c.Paths.Challenge);
            flags |= RetransmitFlags.PathChallenge | RetransmitFlags.AckEliciting;
        }

        if (c.Flow.MaxDataDue && writer.Remaining >= MaxDataFrame.Length(c.Flow.Granted))
        {
            MaxDataFrame.Write(writer, c.Flow.Granted);
            c.Flow.MaxDataDue = false;
            flags |= RetransmitFlags.MaxData | RetransmitFlags.AckEliciting;
        }

        if (c.Streams.MaxStreamsDue && writer.Remaining >= MaxStreamsFrame.Length(c.Streams.GrantedStreams))
        {
            MaxStreamsFrame.Write(writer, FrameType.MaxStreamsBidirectional, c.Streams.GrantedStreams);
            c.Streams.MaxStreamsDue = false;
            flags |= RetransmitFlags.MaxStreams | RetransmitFlags.AckEliciting;
        }

        if (c.Streams.ControlDue && WriteStreamControl(writer, log)) flags |= RetransmitFlags.AckEliciting;
        while (c.RemoteCids.RetireDue && log.FreeRecords > 0 && writer.Remaining >= 9)
        {
            if (!c.RemoteCids.TakeRetirement(out long sequence)) break;
            RetireConnectionIdFrame.Write(writer, sequence);
            log.Stage(SentRecord.RetireConnectionId, sequence, 0, 0);
            flags |= RetransmitFlags.AckEliciting;
        }

        if (PingDue && flags == 0 && writer.Remaining > 0)
        {
            PingFrame.Write(writer);
            flags |= RetransmitFlags.AckEliciting;
        }

        return flags;
    }

    private bool WriteStreamControl(ByteWriter writer, SentPacketLog log)
    {
        StreamTable streams = _connection.Streams;
        bool wrote = false;
        bool left = false;
        for (int i = 0; i < streams.Places; i++)
        {
            QuicStream stream = streams.At(i);
            if (stream == null) continue;
            ReceiveStream receive = stream.Receive;
            SendStream send = stream.Send;
            if (receive.MaxStreamDataDue)
            {
                if (!Fits(writer, log, MaxStreamDataFrame.Length(stream.Id, receive.Granted))) left = true;
                else
                {
                    MaxStreamDataFrame.Write(writer, stream.Id, receive.Granted);
                    log.Stage(SentRecord.MaxStreamData, stream.Id, 0, 0);
                    receive.OnMaxStreamDataSent();
                    wrote = true;
                }
            }

            if (send.ResetDue)
            {
                if (!Fits(writer, log, ResetStreamFrame.Length(stream.Id, send.ResetCode, send.Buffer.Next))) left = true;
                else
                {
                    ResetStreamFrame.Write(writer, stream.Id, send.ResetCode, send.Buffer.Next);
                    log.Stage(SentRecord.ResetStream, stream.Id, 0, 0);
                    send.OnResetSent();
                    wrote = true;
                }
            }

            if (receive.StopDue)
            {
                if (!Fits(writer, log, StopSendingFrame.Length(stream.Id, receive.StopCode))) left = true;
                else
                {
                    StopSendingFrame.Write(writer, stream.Id, receive.StopCode);
                    log.Stage(SentRecord.StopSending, stream.Id, 0, 0);
                    receive.OnStopSent();
                    wrote = true;
                }
            }
        }

        streams.ControlDue = left;
        return wrote;
    }

    private static bool Fits(ByteWriter writer, SentPacketLog log, int length) => log.FreeRecords > 0 && writer.Remaining >= length;
}
