using IrohLite.Buffers;
using IrohLite.Crypto;
using IrohLite.Diagnostics;
using IrohLite.Tls;

namespace IrohLite.Quic;

/// <summary>
/// Takes a datagram apart: each coalesced packet is checked against the connection, opened, and its frames handled. Before
/// authentication nothing throws and nothing changes; each refusal is counted with its <see cref="DropReason"/>.
/// </summary>
internal sealed class PacketReceiver
{
    private readonly QuicConnection _connection;
    private readonly PacketProtector _protector;
    private int _datagramBytes;
    private bool _anyAuthentic;

    public PacketReceiver(QuicConnection connection)
    {
        _connection = connection;
        _protector = new PacketProtector(connection.Shared.Crypto);
    }

    /// <summary>Handles a datagram whose first header is in the shared header object. Only the connection's own faults throw.</summary>
    public void Receive(int end, PathAddress path, long nowMs)
    {
        QuicConnection c = _connection;
        PacketHeader header = c.Shared.Header;
        int start = header.PacketOffset;
        byte[] buffer = header.Buffer;
        _datagramBytes = end - start;
        _anyAuthentic = false;
        c.Paths.OnReceived(path, _datagramBytes);
        try
        {
            while (true)
            {
                int next = header.PacketEnd;
                ReceivePacket(header, path, nowMs);
                if (next >= end || !c.State.IsOpen && !c.State.IsIdle) break;
                int dcidOffset = header.DcidOffset;
                int dcidLength = header.DcidLength;
                if (!PacketHeaderReader.TryRead(buffer, next, end, Limits.LocalCidBytes, header, out int reason))
                {
                    Drop(reason);
                    break;
                }

                // RFC 9000 section 12.2: packets of one datagram share the destination id.
                if (header.DcidLength == dcidLength && Bytes.Equal(buffer, header.DcidOffset, buffer, dcidOffset, dcidLength)) continue;
                Drop(DropReason.UnknownConnection);
                break;
            }
        }
        catch (TransportException e)
        {
            Fail(e.Code, e.FrameType, e.Reason, nowMs);
        }
        catch (TlsAlertException e)
        {
            Fail(e.IsTransportRule ? TransportErrorCode.ProtocolViolation : TransportErrorCode.FromAlert(e.Alert), FrameType.Crypto, e.Message, nowMs);
        }
        catch (CryptoException e)
        {
            // Our own lack of key slots; the peer is told, nobody else is touched.
            Fail(TransportErrorCode.InternalError, FrameType.Padding, e.Message, nowMs);
        }

        if (_anyAuthentic) c.Statistics.BytesReceived += _datagramBytes;
    }

    private void ReceivePacket(PacketHeader header, PathAddress path, long nowMs)
    {
        QuicConnection c = _connection;
        int level = EncryptionLevel.OfPacket(header.Type);
        bool data = level == EncryptionLevel.OneRtt;
        if (level < 0)
        {
            Drop(DropReason.UnexpectedType);
            return;
        }

        PacketSpace space = c.Space(level);
        // At a server the 1-RTT keys are there early, but the client is not proven yet (RFC 9001 section 5.7).
        if (space == null || space.Keys.ReceiveKeys == LevelKeys.None || (data && !c.State.IsEstablished))
        {
            Drop(DropReason.NoKeys);
            return;
        }

        // After the first packet both sides keep their source id (RFC 9000 section 7.2).
        if (!data && (c.HasRemoteScid || !c.IsClient) && !header.Scid.SameAs(c.RemoteCids.Active))
        {
            Drop(DropReason.UnknownConnection);
            return;
        }

        // And a client its token, with which it may have come from a Retry (RFC 9000 section 8.1.2).
        if (header.Type == PacketType.Initial && !c.IsClient && !c.State.IsIdle && !c.IsSameToken(header))
        {
            Drop(DropReason.UnexpectedToken);
            return;
        }

        byte[] buffer = header.Buffer;
        byte[] tail = c.Shared.Scratch;
        const int TailBytes = TransportParameters.ResetTokenSizeBytes;
        if (data) System.Array.Copy(buffer, header.PacketEnd - TailBytes, tail, 0, TailBytes);
        long largest = space.Acks.Largest;
        int count = _protector.Open(space.Keys, header, largest);
        if (count < 0)
        {
            if (data && c.RemoteCids.IsResetToken(tail, 0)) c.OnStatelessReset();
            else Drop(DropReason.NotAuthentic);
            return;
        }

        long number = _protector.PacketNumber;
        if (space.Acks.IsDuplicate(number))
        {
            Drop(DropReason.Duplicate);
            return;
        }

        // A server's first packet: only now are keys to answer with worth their price.
        if (c.State.IsIdle && !space.Keys.TryInstallInitialSend(c.OriginalDcid))
        {
            Drop(DropReason.TooManyConnections);
            return;
        }

        _anyAuthentic = true;
        c.OnPacketAuthenticated(header, path, nowMs);
        int generation = _protector.Generation;
        if (generation == PacketKeyGeneration.Next && data)
            c.KeyPhase.OnPacketOpened(generation, number, largest, space.NextNumber, c.Loss.Rtt.ProbeTimeoutMs() + c.Loss.PeerMaxAckDelayMs, nowMs);

        FrameDispatcher frames = c.Frames;
        frames.Dispatch(space, buffer, _protector.PayloadOffset, count, path, _datagramBytes, generation, nowMs);
        if (frames.IsRefused) return;
        c.Statistics.PacketsReceived++;
        space.Acks.OnReceived(number, frames.AckEliciting, nowMs);
        if (data && number > largest && !frames.IsProbing) c.OnPathUsed(path, _datagramBytes, nowMs);
    }

    private void Fail(long code, long frameType, string reason, long nowMs) =>
        _connection.CloseWith(new QuicCloseInfo(QuicCloseKind.LocalTransport, code, frameType, reason), nowMs);

    private void Drop(int reason) => _connection.Shared.Drops.Count(reason);
}
