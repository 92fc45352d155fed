using System;
using IrohLite.Identity;

namespace IrohLite.Quic;

/// <summary>
/// One QUIC connection of a <see cref="QuicDemux"/>. Not for two threads at once. After any call here, drain the demultiplexer:
/// PollTransmit until 0, PollEvent until false, then read NextDeadlineMs.
/// </summary>
public sealed partial class QuicConnection
{
    /// <summary>The peer's id: the dialed one at a client, the proven one at a server; null before it is proven there.</summary>
    public EndpointId RemoteId => IsClient ? _expectedPeer : Handshake == null ? null : Handshake.PeerId;

    /// <summary>The application protocol; null until the handshake chose one.</summary>
    public string Alpn => Handshake == null ? null : Handshake.Alpn;

    /// <summary>The path in use; at a dialing client that has no answer yet, its first candidate.</summary>
    public PathAddress Path => Paths.Active;

    /// <summary>True when we dialed.</summary>
    public bool IsClient { get; }

    /// <summary>The handshake is complete and the connection not over.</summary>
    public bool IsEstablished => State.IsEstablished;

    /// <summary>The connection is over; nothing can be read or written any more.</summary>
    public bool IsClosed => State.IsClosed;

    /// <summary>Why the connection is over; null before.</summary>
    public QuicCloseInfo CloseInfo => State.CloseInfo;

    /// <summary>The endpoint's own object; the connection never looks at it.</summary>
    public object Tag { get; set; }

    /// <summary>Bytes sent in datagrams, repetitions included; to several candidate paths counted once.</summary>
    public long BytesSent => Statistics.BytesSent;

    /// <summary>Bytes received in datagrams that held an authentic packet.</summary>
    public long BytesReceived => Statistics.BytesReceived;

    /// <summary>Packets sent.</summary>
    public long PacketsSent => Statistics.PacketsSent;

    /// <summary>Authentic packets received, duplicates not counted.</summary>
    public long PacketsReceived => Statistics.PacketsReceived;

    /// <summary>Packets we sent and took for lost.</summary>
    public long PacketsLost => Loss.LostPackets;

    /// <summary>Smoothed round-trip time in ms; 333 before the first sample.</summary>
    public long SmoothedRttMs => Loss.Rtt.SmoothedMs;

    /// <summary>Key updates so far, whoever started them.</summary>
    public int KeyUpdates => KeyPhase == null ? 0 : KeyPhase.SendGeneration;

    /// <summary>
    /// Opens a bidirectional stream; <see cref="StreamId.None"/> when a limit is reached or the handshake is not complete, and a
    /// StreamsAvailable event follows when it may be tried again. The peer learns of the stream with its first byte or its end.
    /// </summary>
    public long OpenStream() => State.IsEstablished ? Streams.OpenLocal() : StreamId.None;

    /// <summary>
    /// Takes bytes to send; returns how many were taken, fewer when the buffer is full (a StreamWritable event follows), 0 when the
    /// connection or the stream is over (check <see cref="IsClosed"/>). Throws InvalidOperationException after Finish or Reset.
    /// </summary>
    public int Write(long streamId, byte[] buffer, int offset, int count)
    {
        if (State.IsClosed) return 0;
        QuicStream stream = Known(streamId);
        if (stream == null) return 0;
        Streams.SendDue = true;
        return stream.Send.Write(buffer, offset, count);
    }

    /// <summary>No more bytes will be written: the peer reads the end after the last one. Twice is once.</summary>
    public void Finish(long streamId)
    {
        QuicStream stream = Known(streamId);
        if (stream == null) return;
        Streams.SendDue = true;
        stream.Send.Finish();
    }

    /// <summary>
    /// Takes received bytes, in order; more than 0 is their number, else a <see cref="ReadResult"/>. A StreamReadable event follows
    /// ReadResult.Nothing when there is something. Of a stream that is over: ReadResult.End.
    /// </summary>
    public int Read(long streamId, byte[] buffer, int offset, int count)
    {
        QuicStream stream = Known(streamId);
        if (stream == null) return ReadResult.End;
        ReceiveStream receive = stream.Receive;
        int result = receive.Read(buffer, offset, count, Flow);
        if (result > 0)
        {
            if (receive.MaxStreamDataDue) Streams.ControlDue = true;
            return result;
        }

        if (result == ReadResult.Nothing) return State.IsClosed && count > 0 ? ReadResult.Reset : ReadResult.Nothing;
        if (stream.IsDone) Streams.SweepDue = true;
        return result;
    }

    /// <summary>The peer's code after ReadResult.Reset; ask before the demultiplexer is drained. 0 when there was no reset.</summary>
    public long ResetCode(long streamId)
    {
        QuicStream stream = Known(streamId);
        return stream == null ? 0 : stream.Receive.ResetCode;
    }

    /// <summary>Gives up sending (RESET_STREAM): bytes not yet delivered are dropped. Twice, or on a stream that is over: no effect.</summary>
    public void Reset(long streamId, long code)
    {
        QuicStream stream = Known(streamId);
        if (stream == null) return;
        stream.Send.Reset(code);
        Streams.ControlDue = true;
    }

    /// <summary>Gives up receiving (STOP_SENDING): unread bytes are dropped. Twice, or on a stream that is over: no effect.</summary>
    public void StopSending(long streamId, long code)
    {
        QuicStream stream = Known(streamId);
        if (stream == null) return;
        stream.Receive.Stop(code, Flow);
        Streams.ControlDue = true;
        if (stream.IsDone) Streams.SweepDue = true;
    }

    /// <summary>True when the peer has acknowledged every byte and the end, so that closing loses nothing.</summary>
    public bool IsStreamFinishedAndAcked(long streamId)
    {
        QuicStream stream = Known(streamId);
        return stream == null || stream.Send.IsDelivered;
    }

    /// <summary>
    /// Closes with an application code (0 to 2^62-1) and a reason for people. Undelivered stream data is lost: let the side that
    /// reads last close. The Closed event follows at once; the packets that tell the peer come from PollTransmit.
    /// </summary>
    public void Close(long applicationCode, string reason, long nowMs)
    {
        if (applicationCode < 0 || applicationCode > Buffers.VarInt.Max) throw new InvalidOperationException("code out of range");
        CloseWith(new QuicCloseInfo(QuicCloseKind.LocalApplication, applicationCode, 0, reason ?? ""), nowMs);
    }

    /// <summary>Starts a key update; without effect before the handshake is confirmed or while one is under way. Never required.</summary>
    public void InitiateKeyUpdate()
    {
        if (KeyPhase != null && State.IsEstablished) KeyPhase.TryInitiate(State.IsConfirmed, Space(EncryptionLevel.OneRtt).NextNumber);
    }

    /// <summary>
    /// The path carries packets again after a gap the application knows of: what is in flight is sent again now, and the probe timer
    /// starts afresh, instead of waiting out a back-off that has grown. Without effect when nothing is in flight.
    /// </summary>
    public void ProbeNow()
    {
        if (!State.IsEstablished || !State.IsConfirmed) return;
        PacketSpace space = Space(EncryptionLevel.OneRtt);
        if (Loss.RestartProbes()) space.ProbesDue = 2;
    }

    /// <summary>Fills the next event; false when there is none.</summary>
    internal bool PollEvent(QuicEvent evt)
    {
        if (!HasEvents && !Streams.WantsStreams) return false;
        evt.Connection = this;
        evt.StreamId = StreamId.None;
        if (_connectedDue)
        {
            _connectedDue = false;
            evt.Kind = QuicEventKind.Connected;
            return true;
        }

        if (Streams.HasEvents && PollStreamEvent(evt)) return true;
        if (State.IsEstablished && Streams.TakeStreamsAvailable())
        {
            evt.Kind = QuicEventKind.StreamsAvailable;
            return true;
        }

        if (!_closedDue) return false;
        _closedDue = false;
        evt.Kind = QuicEventKind.Closed;
        return true;
    }

    private bool PollStreamEvent(QuicEvent evt)
    {
        QuicStream stream = Streams.NextWithEvents();
        if (stream == null) return false;
        evt.StreamId = stream.Id;
        int first = stream.Events & -stream.Events;
        stream.Events &= ~first;
        evt.Kind = first == QuicStream.EventOpened ? QuicEventKind.StreamOpened
            : first == QuicStream.EventReadable ? QuicEventKind.StreamReadable
            : first == QuicStream.EventWritable ? QuicEventKind.StreamWritable
            : QuicEventKind.StreamStopped;
        if (stream.Events == 0 && stream.IsDone) Streams.SweepDue = true;
        return true;
    }

    // Null for a stream that is over; one that never was is the caller's mistake.
    private QuicStream Known(long streamId)
    {
        QuicStream stream = Streams.Find(streamId);
        if (stream == null && !Streams.WasOpened(streamId)) throw new InvalidOperationException("no stream " + streamId.ToString());
        return stream;
    }
}
