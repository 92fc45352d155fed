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
    private readonly QuicShared _shared;
    private readonly ConnectionTable _connections;
    private readonly StatelessOutput _stateless;
    private string[] _alpns = new string[0];
    private QuicConnection _spare;
    private int _transmitCursor;
    private int _eventCursor;

    /// <summary>Creates a demultiplexer without connections.</summary>
    public QuicDemux(QuicConfig config, SecretKey identity, ICryptoProvider crypto, IRandomSource random)
    {
        _shared = new QuicShared(config, identity, crypto, random);
        _connections = new ConnectionTable(config.MaxConnections);
        _stateless = new StatelessOutput(_shared);
    }

    /// <summary>Application protocols that accepted connections may choose, the preferred one first; empty = accept nothing.</summary>
    public string[] Alpns
    {
        get => _alpns;
        set
        {
            _alpns = value ?? new string[0];
            DropSpare();
        }
    }

    /// <summary>What was dropped before authentication, by reason.</summary>
    public DropCounters Drops => _shared.Drops;

    /// <summary>Connections that hold a place, those still handshaking or closing included.</summary>
    public int ConnectionCount => _connections.Count;

    /// <summary>Connections that peers have begun and whose handshake is not complete.</summary>
    public int AcceptingCount => _connections.CountAccepting();

    /// <summary>The next time <see cref="OnDeadline"/> has something to do; <see cref="Deadline.Never"/> when nothing waits.</summary>
    public long NextDeadlineMs => _connections.NextDeadlineMs();

    /// <summary>Takes one UDP payload. It is decrypted in place; the buffer is free again after the call. Never throws for what is in it.</summary>
    public void ReceiveDatagram(byte[] buffer, int offset, int count, PathAddress path, long nowMs)
    {
        PacketHeader header = _shared.Header;
        if (!PacketHeaderReader.TryRead(buffer, offset, offset + count, Limits.LocalCidBytes, header, out int reason))
        {
            if (!IsReset(buffer, offset, count, path)) Drops.Count(reason);
            return;
        }

        if (header.Type == PacketType.OtherVersion)
        {
            OnOtherVersion(header, count, path, nowMs);
            return;
        }

        QuicConnection connection = Route(header);
        if (connection == null)
        {
            OnUnknown(header, offset + count, path, nowMs);
            return;
        }

        if (connection.State.IsClosed)
        {
            Drops.Count(DropReason.ConnectionClosed);
            if (connection.State.IsClosing) connection.CloseSending.OnPacket(nowMs);
            return;
        }

        // A client hears its server only from where it dialed (RFC 9000 section 9).
        if (connection.IsClient && !(connection.Paths.IsLocked ? path.SameAs(connection.Path) : connection.Paths.IsCandidate(path)))
        {
            Drops.Count(DropReason.WrongPath);
            return;
        }

        if (header.Type == PacketType.Retry || header.Type == PacketType.VersionNegotiation)
        {
            reason = UnprotectedPackets.Handle(connection, header, path);
            if (reason != DropReason.None) Drops.Count(reason);
            return;
        }

        connection.Receiver.Receive(offset + count, path, nowMs);
    }

    /// <summary>
    /// Dials: the first packets go to all paths (at most <see cref="Limits.CandidatePaths"/>) until one answers. A Connected or
    /// Closed event follows. Throws InvalidOperationException without a path or ALPN; null when every place or key slot is taken.
    /// </summary>
    public QuicConnection Connect(EndpointId peer, string[] alpns, PathAddress[] paths, long nowMs)
    {
        if (peer == null || alpns == null || alpns.Length == 0) throw new InvalidOperationException("a dial needs a peer and a protocol");
        if (paths == null || paths.Length == 0) throw new InvalidOperationException("a dial needs a path");
        if (!_connections.TryMakeRoom(nowMs)) return null;
        QuicConnection connection = new QuicConnection(_shared, true, alpns, peer);
        for (int i = 0; i < paths.Length; i++) connection.Paths.AddCandidate(paths[i]);
        try
        {
            connection.StartClient(nowMs);
        }
        catch (CryptoException)
        {
            connection.ReleaseKeys();
            return null;
        }

        _connections.Add(connection);
        return connection;
    }

    /// <summary>A dial that has no answer yet also tries this path; without effect once a path is chosen, or for a path it has.</summary>
    public void AddPath(QuicConnection connection, PathAddress path, long nowMs)
    {
        if (!connection.IsClient || !connection.State.IsHandshaking || !connection.Paths.AddCandidate(path)) return;
        // Say hello there now instead of at the next probe.
        connection.Loss.Repeat(EncryptionLevel.Initial, int.MaxValue);
    }

    /// <summary>
    /// Builds the next datagram to send and returns its length, 0 when there is none now. The capacity should be 1200 bytes or more;
    /// with less nothing is sent.
    /// </summary>
    public int PollTransmit(byte[] buffer, int offset, int capacity, Transmit transmit, long nowMs)
    {
        int count;
        if (_stateless.IsWaiting && (count = _stateless.Poll(buffer, offset, capacity, transmit)) > 0) return count;
        int places = _connections.Places;
        for (int i = 0; i < places; i++)
        {
            if (_transmitCursor >= places) _transmitCursor = 0;
            QuicConnection connection = _connections.At(_transmitCursor);
            if (connection != null)
            {
                if (connection.Streams.SweepDue) connection.Streams.Sweep();
                count = connection.Sender.Poll(buffer, offset, capacity, transmit, nowMs);
                if (!connection.State.IsOpen)
                {
                    connection.ReleaseIfDrained();
                    if (connection.IsReleased) _connections.Bury(connection, nowMs);
                }

                if (count > 0) return count;
            }

            _transmitCursor++;
        }

        return 0;
    }

    /// <summary>Runs what is due at this time; calling early does no harm.</summary>
    public void OnDeadline(long nowMs)
    {
        for (int i = 0; i < _connections.Places; i++)
        {
            QuicConnection connection = _connections.At(i);
            if (connection != null) connection.Timers.OnDeadline(nowMs);
        }
    }

    /// <summary>Fills the next event; false when there is none.</summary>
    public bool PollEvent(QuicEvent evt)
    {
        int places = _connections.Places;
        for (int i = 0; i < places; i++)
        {
            if (_eventCursor >= places) _eventCursor = 0;
            QuicConnection connection = _connections.At(_eventCursor);
            if (connection != null)
            {
                if (connection.PollEvent(evt)) return true;
                if (connection.IsBuried) _connections.RemoveAt(_eventCursor);
            }

            _eventCursor++;
        }

        evt.Clear();
        return false;
    }

    internal QuicShared Shared => _shared;

    /// <summary>Takes over a connection that was begun elsewhere.</summary>
    internal void Adopt(QuicConnection connection) => _connections.Add(connection);

    /// <summary>The connection at a place, or null.</summary>
    internal QuicConnection ConnectionAt(int place) => _connections.At(place);

    private QuicConnection Route(PacketHeader header)
    {
        QuicConnection connection = _connections.FindLocal(header);
        return connection != null || header.Type != PacketType.Initial ? connection : _connections.FindOriginal(header.Dcid);
    }

    private void OnOtherVersion(PacketHeader header, int count, PathAddress path, long nowMs)
    {
        // RFC 9000 section 5.2.2: only what is large enough to start a connection is answered.
        if (_alpns.Length > 0 && count >= Limits.DatagramBytes) _stateless.TryNegotiate(header, path, nowMs);
        Drops.Count(DropReason.UnknownVersion);
    }

    private void OnUnknown(PacketHeader header, int end, PathAddress path, long nowMs)
    {
        if (_connections.IsBuried(header, nowMs))
        {
            Drops.Count(DropReason.ConnectionClosed);
            return;
        }

        if (header.Type == PacketType.Initial)
        {
            Accept(header, end, path, nowMs);
            return;
        }

        if (header.Type == PacketType.OneRtt)
        {
            if (IsReset(header.Buffer, header.PacketOffset, header.SizeBytes, path)) return;
            _stateless.TryReset(header, path, nowMs);
        }

        Drops.Count(DropReason.UnknownConnection);
    }

    private bool IsReset(byte[] buffer, int offset, int count, PathAddress path)
    {
        if (count < StatelessReset.SizeBytes || (buffer[offset] & 0x80) != 0) return false;
        QuicConnection connection = _connections.FindByResetToken(buffer, offset + count, path);
        if (connection == null) return false;
        connection.OnStatelessReset();
        return true;
    }

    private void Accept(PacketHeader header, int end, PathAddress path, long nowMs)
    {
        int refusal = DropReason.None;
        if (_alpns.Length == 0) refusal = DropReason.NotAccepting;
        else if (end - header.PacketOffset < Limits.DatagramBytes) refusal = DropReason.InitialTooSmall;
        else if (header.Dcid.Length < Limits.MinInitialDcidBytes) refusal = DropReason.MalformedHeader;
        else if (!_connections.TryMakeRoom(nowMs))
        {
            _stateless.TryRefuse(header, path, nowMs);
            refusal = DropReason.TooManyConnections;
        }

        if (refusal != DropReason.None)
        {
            Drops.Count(refusal);
            return;
        }

        // One object serves every attempt until a packet proves authentic: forged Initials cost no memory.
        if (_spare == null) _spare = new QuicConnection(_shared, false, _alpns, null);
        try
        {
            _spare.PrepareServer(header, path);
        }
        catch (CryptoException)
        {
            DropSpare();
            Drops.Count(DropReason.TooManyConnections);
            return;
        }

        _spare.Receiver.Receive(end, path, nowMs);
        if (_spare.State.IsIdle)
        {
            _spare.ReleaseKeys();
            return;
        }

        _connections.Add(_spare);
        _spare = null;
    }

    private void DropSpare()
    {
        if (_spare != null) _spare.ReleaseKeys();
        _spare = null;
    }
}
