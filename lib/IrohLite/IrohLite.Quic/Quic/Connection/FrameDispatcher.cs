using IrohLite.Buffers;

namespace IrohLite.Quic;

/// <summary>Reads the frames of one authentic packet and hands each to its owner. A handler only records what is to be sent.</summary>
internal sealed class FrameDispatcher
{
    private readonly QuicConnection _connection;

    public FrameDispatcher(QuicConnection connection) => _connection = connection;

    /// <summary>The last packet must be acknowledged.</summary>
    public bool AckEliciting;

    /// <summary>The last packet held probing frames only (RFC 9000 section 9.1).</summary>
    public bool IsProbing;

    /// <summary>Something in the last packet could not be kept: it must come again, so it must not be acknowledged.</summary>
    public bool IsRefused;

    /// <summary>Handles the frames in (offset, count). Throws TransportException for what breaks a rule.</summary>
    public void Dispatch(PacketSpace space, byte[] buffer, int offset, int count, PathAddress path, int datagramBytes, int generation, long nowMs)
    {
        QuicConnection c = _connection;
        // RFC 9000 section 12.4.
        if (count == 0) throw new TransportException(TransportErrorCode.ProtocolViolation, FrameType.Padding, "packet without frames");
        ByteReader reader = c.Shared.Reader;
        reader.Reset(buffer, offset, count);
        AckEliciting = false;
        IsProbing = true;
        IsRefused = false;
        while (reader.Remaining > 0)
        {
            long type = FrameRules.ReadType(reader);
            int rules = FrameRules.Check(type, space.Level, c.IsClient);
            if ((rules & FrameRules.AckEliciting) != 0) AckEliciting = true;
            if ((rules & FrameRules.Probing) == 0) IsProbing = false;
            if (FrameType.IsStream(type)) OnStream(reader, type);
            else if (type == FrameType.Ack || type == FrameType.AckEcn) OnAck(space, reader, type, generation, nowMs);
            else if (type == FrameType.Padding) PaddingFrame.SkipRun(reader);
            else if (type == FrameType.Crypto) OnCrypto(space, reader);
            else if (type <= FrameType.StreamsBlockedUnidirectional) OnStreamControl(reader, type);
            else
            {
                OnConnectionControl(space, reader, type, path, datagramBytes);
                // A close ends the connection: what follows it in the packet is of no interest.
                if (!c.State.IsOpen) return;
            }
        }
    }

    private void OnStream(ByteReader reader, long type)
    {
        QuicConnection c = _connection;
        StreamFrame frame = c.Shared.Stream;
        frame.Read(reader, type);
        QuicStream stream = c.Streams.ForFrame(frame.StreamId, type, false);
        if (stream == null) return;
        ReceiveStream receive = stream.Receive;
        bool wasReadable = receive.IsReadable;
        if (!receive.Receive(frame.Offset, reader.Buffer, frame.DataOffset, frame.DataCount, frame.Fin, type, c.Flow))
        {
            IsRefused = true;
            return;
        }

        if (!wasReadable && receive.IsReadable && !receive.IsStopped) c.Streams.Raise(stream, QuicStream.EventReadable);
        if (frame.Fin && stream.IsDone) c.Streams.SweepDue = true;
    }

    private void OnAck(PacketSpace space, ByteReader reader, long type, int generation, long nowMs)
    {
        QuicConnection c = _connection;
        AckFrame ack = c.Shared.Ack;
        ack.Read(reader, type);
        // RFC 9000 section 13.1.
        if (ack.LargestAcked >= space.NextNumber)
            throw new TransportException(TransportErrorCode.ProtocolViolation, type, "unsent packet acknowledged");
        if (ack.LargestAcked >= space.SkippedNumber && space.SkippedNumber != PacketNumber.None && ack.Covers(space.SkippedNumber))
            throw new TransportException(TransportErrorCode.ProtocolViolation, type, "skipped packet acknowledged");
        long delayMs = 0;
        if (space.Level == EncryptionLevel.OneRtt)
        {
            c.KeyPhase.OnAckReceived(ack.LargestAcked, generation);
            // The cap keeps the shift in range; the delay is limited to the peer's max_ack_delay anyway.
            long delay = ack.EncodedDelay < 1L << 32 ? ack.EncodedDelay : 1L << 32;
            delayMs = (delay << c.PeerAckDelayExponent) / 1000;
        }

        if (space.Level != EncryptionLevel.Initial) c.Loss.ProbesWithoutFlight = false;
        c.Loss.OnAck(space.Level, ack, delayMs, nowMs);
    }

    private void OnCrypto(PacketSpace space, ByteReader reader)
    {
        QuicConnection c = _connection;
        CryptoFrame frame = c.Shared.CryptoFrame;
        frame.Read(reader);
        bool isRepeat = space.Level == EncryptionLevel.Initial && !c.IsClient && space.CryptoOut.End > 0
            && frame.Offset + frame.DataCount <= space.CryptoIn.Contiguous;
        if (!c.Handshake.Receive(space, frame, reader.Buffer)) IsRefused = true;
        // The client has not seen our flight: send it again instead of waiting for the probe timer.
        if (isRepeat) c.RepeatFlight();
    }

    private void OnStreamControl(ByteReader reader, long type)
    {
        QuicConnection c = _connection;
        long id;
        long value;
        QuicStream stream;
        switch (type)
        {
            case FrameType.Ping:
                return;
            case FrameType.ResetStream:
                ResetStreamFrame.Read(reader, out id, out value, out long finalSize);
                stream = c.Streams.ForFrame(id, type, false);
                if (stream == null) return;
                bool wasReset = stream.Receive.IsReset;
                stream.Receive.ReceiveReset(value, finalSize, c.Flow);
                if (!wasReset && stream.Receive.IsReset && !stream.Receive.IsStopped) c.Streams.Raise(stream, QuicStream.EventReadable);
                if (stream.IsDone) c.Streams.SweepDue = true;
                return;
            case FrameType.StopSending:
                StopSendingFrame.Read(reader, out id, out value);
                stream = c.Streams.ForFrame(id, type, true);
                if (stream == null || stream.Send.IsReset || stream.Send.IsDelivered) return;
                // RFC 9000 section 3.5: answer with a reset and the same code.
                stream.Send.Reset(value);
                c.Streams.ControlDue = true;
                c.Streams.Raise(stream, QuicStream.EventStopped);
                return;
            case FrameType.NewToken:
                // Tokens for later connections are not kept.
                NewTokenFrame.Read(reader, out _);
                return;
            case FrameType.MaxData:
                if (c.Flow.RaisePeerLimit(MaxDataFrame.Read(reader))) c.Streams.SendDue = true;
                return;
            case FrameType.MaxStreamData:
                MaxStreamDataFrame.Read(reader, out id, out value);
                stream = c.Streams.ForFrame(id, type, true);
                if (stream != null && stream.Send.RaisePeerLimit(value)) c.Streams.SendDue = true;
                return;
            case FrameType.MaxStreamsBidirectional:
                c.Streams.RaisePeerStreamLimit(MaxStreamsFrame.Read(reader, type));
                return;
            case FrameType.MaxStreamsUnidirectional:
                MaxStreamsFrame.Read(reader, type);
                return;
            case FrameType.DataBlocked:
                DataBlockedFrame.Read(reader);
                return;
            case FrameType.StreamDataBlocked:
                StreamDataBlockedFrame.Read(reader, out id, out _);
                c.Streams.ForFrame(id, type, false);
                return;
            default:
                StreamsBlockedFrame.Read(reader, type);
                return;
        }
    }

    private void OnConnectionControl(PacketSpace space, ByteReader reader, long type, PathAddress path, int datagramBytes)
    {
        QuicConnection c = _connection;
        switch (type)
        {
            case FrameType.NewConnectionId:
                NewConnectionIdFrame frame = c.Shared.NewConnectionId;
                frame.Read(reader);
                c.RemoteCids.Add(frame, reader.Buffer);
                return;
            case FrameType.RetireConnectionId:
                // We issue one id only, the one this packet came to: to retire it, or any other, is wrong (RFC 9000 section 19.16).
                RetireConnectionIdFrame.Read(reader);
                throw new TransportException(TransportErrorCode.ProtocolViolation, type, "retired an id that is not spare");
            case FrameType.PathChallenge:
                c.Paths.OnChallenged(PathChallengeFrame.Read(reader), path, datagramBytes);
                return;
            case FrameType.PathResponse:
                c.Paths.OnChallengeAnswered(PathResponseFrame.Read(reader));
                return;
            case FrameType.HandshakeDone:
                c.OnHandshakeConfirmed();
                return;
            default:
                ConnectionCloseFrame close = c.Shared.Close;
                close.Read(reader, type);
                int kind = close.IsApplication ? QuicCloseKind.RemoteApplication : QuicCloseKind.RemoteTransport;
                c.OnPeerClosed(new QuicCloseInfo(kind, close.ErrorCode, close.CausingFrameType, close.ReasonText(reader.Buffer)), space.Level);
                return;
        }
    }
}
