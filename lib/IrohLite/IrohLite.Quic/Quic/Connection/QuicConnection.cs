using System;
using IrohLite.Identity;

namespace IrohLite.Quic;

/// <summary>
/// One QUIC connection of a <see cref="QuicDemux"/>. Not for two threads at once. After any call here, drain the demultiplexer:
/// PollTransmit until 0, PollEvent until false, then read NextDeadlineMs.
/// </summary>
public sealed class QuicConnection
{
    internal QuicConnection()
    {
    }

    /// <summary>The peer's id: the dialed one at a client, the proven one at a server; null before it is proven there.</summary>
    public EndpointId RemoteId => throw new InvalidOperationException();

    /// <summary>The application protocol; null until the handshake chose one.</summary>
    public string Alpn => throw new InvalidOperationException();

    /// <summary>The path in use; at a dialing client that has no answer yet, its first candidate.</summary>
    public PathAddress Path => throw new InvalidOperationException();

    /// <summary>True when we dialed.</summary>
    public bool IsClient => throw new InvalidOperationException();

    /// <summary>The handshake is complete and the connection not over.</summary>
    public bool IsEstablished => throw new InvalidOperationException();

    /// <summary>The connection is over; nothing can be read or written any more.</summary>
    public bool IsClosed => throw new InvalidOperationException();

    /// <summary>Why the connection is over; null before.</summary>
    public QuicCloseInfo CloseInfo => throw new InvalidOperationException();

    /// <summary>The endpoint's own object; the connection never looks at it.</summary>
    public object Tag { get; set; }

    /// <summary>Bytes sent in datagrams, repetitions included; to several candidate paths counted once.</summary>
    public long BytesSent => throw new InvalidOperationException();

    /// <summary>Bytes received in datagrams that held an authentic packet.</summary>
    public long BytesReceived => throw new InvalidOperationException();

    /// <summary>Packets sent.</summary>
    public long PacketsSent => throw new InvalidOperationException();

    /// <summary>Authentic packets received, duplicates not counted.</summary>
    public long PacketsReceived => throw new InvalidOperationException();

    /// <summary>Packets we sent and took for lost.</summary>
    public long PacketsLost => throw new InvalidOperationException();

    /// <summary>Smoothed round-trip time in ms; 333 before the first sample.</summary>
    public long SmoothedRttMs => throw new InvalidOperationException();

    /// <summary>Key updates so far, whoever started them.</summary>
    public int KeyUpdates => throw new InvalidOperationException();

    /// <summary>
    /// Opens a bidirectional stream; <see cref="StreamId.None"/> when a limit is reached or the handshake is not complete, and a
    /// StreamsAvailable event follows when it may be tried again. The peer learns of the stream with its first byte or its end.
    /// </summary>
    public long OpenStream() => throw new InvalidOperationException();

    /// <summary>
    /// Takes bytes to send; returns how many were taken, fewer when the buffer is full (a StreamWritable event follows), 0 when the
    /// connection or the stream is over (check <see cref="IsClosed"/>). Throws InvalidOperationException after Finish or Reset.
    /// </summary>
    public int Write(long streamId, byte[] buffer, int offset, int count) => throw new InvalidOperationException();

    /// <summary>Bytes that <see cref="Write"/> would take now.</summary>
    public int WriteCapacity(long streamId) => throw new InvalidOperationException();

    /// <summary>No more bytes will be written: the peer reads the end after the last one. Twice is once.</summary>
    public void Finish(long streamId) => throw new InvalidOperationException();

    /// <summary>
    /// Takes received bytes, in order; more than 0 is their number, else a <see cref="ReadResult"/>. A StreamReadable event follows
    /// ReadResult.Nothing when there is something. Of a stream that is over: ReadResult.End.
    /// </summary>
    public int Read(long streamId, byte[] buffer, int offset, int count) => throw new InvalidOperationException();

    /// <summary>The peer's code after ReadResult.Reset; ask before the demultiplexer is drained. 0 when there was no reset.</summary>
    public long ResetCode(long streamId) => throw new InvalidOperationException();

    /// <summary>Gives up sending (RESET_STREAM): bytes not yet delivered are dropped. Twice, or on a stream that is over: no effect.</summary>
    public void Reset(long streamId, long code) => throw new InvalidOperationException();

    /// <summary>Gives up receiving (STOP_SENDING): unread bytes are dropped. Twice, or on a stream that is over: no effect.</summary>
    public void StopSending(long streamId, long code) => throw new InvalidOperationException();

    /// <summary>True when the peer has acknowledged every byte and the end, so that closing loses nothing.</summary>
    public bool IsStreamFinishedAndAcked(long streamId) => throw new InvalidOperationException();

    /// <summary>
    /// Closes with an application code (0 to 2^62-1) and a reason for people. Undelivered stream data is lost: let the side that
    /// reads last close. The Closed event follows at once; the packets that tell the peer come from PollTransmit.
    /// </summary>
    public void Close(long applicationCode, string reason, long nowMs) => throw new InvalidOperationException();

    /// <summary>Starts a key update; without effect before the handshake is confirmed or while one is under way. Never required.</summary>
    public void InitiateKeyUpdate() => throw new InvalidOperationException();
}
