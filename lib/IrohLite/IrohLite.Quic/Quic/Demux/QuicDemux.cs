using System;
using IrohLite.Crypto;
using IrohLite.Diagnostics;
using IrohLite.Identity;

namespace IrohLite.Quic;

/// <summary>
/// All QUIC connections of one endpoint, without a socket, thread or clock: datagrams and the time go in, datagrams, a deadline and
/// events come out. After feeding (ReceiveDatagram, OnDeadline, calls on connections) drain in this order: PollTransmit until 0,
/// PollEvent until false, then read NextDeadlineMs. One thread at a time. Times are ms of one clock that never goes back.
/// </summary>
public sealed class QuicDemux
{
    /// <summary>Creates a demultiplexer without connections.</summary>
    public QuicDemux(QuicConfig config, SecretKey identity, ICryptoProvider crypto, IRandomSource random)
    {
        Config = config;
        Identity = identity;
        Crypto = crypto;
        Random = random;
    }

    internal QuicConfig Config { get; }

    internal SecretKey Identity { get; }

    internal ICryptoProvider Crypto { get; }

    internal IRandomSource Random { get; }

    /// <summary>Application protocols that accepted connections may choose, the preferred one first; empty = accept nothing.</summary>
    public string[] Alpns { get; set; } = new string[0];

    /// <summary>What was dropped before authentication, by reason.</summary>
    public DropCounters Drops { get; } = new DropCounters();

    /// <summary>Connections that hold a place, those still handshaking or closing included.</summary>
    public int ConnectionCount => throw new InvalidOperationException();

    /// <summary>The next time <see cref="OnDeadline"/> has something to do; <see cref="Deadline.Never"/> when nothing waits.</summary>
    public long NextDeadlineMs => throw new InvalidOperationException();

    /// <summary>Takes one UDP payload. It is decrypted in place; the buffer is free again after the call. Never throws for what is in it.</summary>
    public void ReceiveDatagram(byte[] buffer, int offset, int count, PathAddress path, long nowMs) => throw new InvalidOperationException();

    /// <summary>
    /// Dials: the first packets go to all paths (at most <see cref="Limits.CandidatePaths"/>) until one answers. A Connected or
    /// Closed event follows. Throws InvalidOperationException without a path or ALPN; null when every place is taken.
    /// </summary>
    public QuicConnection Connect(EndpointId peer, string[] alpns, PathAddress[] paths, long nowMs) => throw new InvalidOperationException();

    /// <summary>A dial that has no answer yet also tries this path; without effect once a path is chosen, or for a path it has.</summary>
    public void AddPath(QuicConnection connection, PathAddress path, long nowMs) => throw new InvalidOperationException();

    /// <summary>
    /// Builds the next datagram to send and returns its length, 0 when there is none now. The capacity should be 1200 bytes or more;
    /// with less nothing is sent.
    /// </summary>
    public int PollTransmit(byte[] buffer, int offset, int capacity, Transmit transmit, long nowMs) => throw new InvalidOperationException();

    /// <summary>Runs what is due at this time; calling early does no harm.</summary>
    public void OnDeadline(long nowMs) => throw new InvalidOperationException();

    /// <summary>Fills the next event; false when there is none.</summary>
    public bool PollEvent(QuicEvent evt) => throw new InvalidOperationException();
}
