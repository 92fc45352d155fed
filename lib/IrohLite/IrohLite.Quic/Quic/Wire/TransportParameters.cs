using IrohLite.Buffers;

namespace IrohLite.Quic;

/// <summary>
/// One side's transport parameters (RFC 9000 section 18): ours to be written, or the peer's as read and checked by
/// <see cref="TransportParametersReader"/>. What was not received holds the RFC's default. Handshake only.
/// </summary>
internal sealed class TransportParameters
{
    /// <summary>Size of a stateless reset token.</summary>
    public const int ResetTokenSizeBytes = 16;

    /// <summary>"Not received" for the optional values without a default.</summary>
    public const long Absent = -1;

    /// <summary>0 = the side has no idle timeout.</summary>
    public long MaxIdleTimeoutMs;

    /// <summary>Largest UDP payload the side takes, in bytes.</summary>
    public long MaxUdpPayloadBytes = 65527;

    public long InitialMaxData;

    /// <summary>Window of bidirectional streams that the side itself opens.</summary>
    public long InitialMaxStreamDataBidiLocal;

    /// <summary>Window of bidirectional streams that the other side opens.</summary>
    public long InitialMaxStreamDataBidiRemote;

    public long InitialMaxStreamDataUni;

    public long InitialMaxStreamsBidi;

    public long InitialMaxStreamsUni;

    /// <summary>ACK delay fields are microseconds divided by two to this power.</summary>
    public int AckDelayExponent = 3;

    public long MaxAckDelayMs = 25;

    public bool DisableActiveMigration;

    public long ActiveConnectionIdLimit = 2;

    /// <summary>The source id of the side's first packet; null when absent.</summary>
    public ConnectionId InitialSourceConnectionId;

    /// <summary>Server only: the destination id of the client's first Initial; null when absent.</summary>
    public ConnectionId OriginalDestinationConnectionId;

    /// <summary>Server only: the source id of its Retry; null when absent.</summary>
    public ConnectionId RetrySourceConnectionId;

    /// <summary>Server only: 16 bytes; null when absent.</summary>
    public byte[] StatelessResetToken;

    /// <summary>RFC 9221; 0 = no DATAGRAM frames.</summary>
    public long MaxDatagramFrameBytes;

    /// <summary>Multipath: the highest path id, or <see cref="Absent"/>. Read, never answered.</summary>
    public long InitialMaxPathId = Absent;

    /// <summary>ACK frequency: microseconds, or <see cref="Absent"/>. Read, never answered.</summary>
    public long MinAckDelayUs = Absent;

    /// <summary>Writes the parameters an endpoint of this library sends, and nothing else.</summary>
    public void Write(ByteWriter writer, bool isServer)
    {
        WriteInteger(writer, TransportParameterId.MaxIdleTimeout, MaxIdleTimeoutMs, 0);
        WriteInteger(writer, TransportParameterId.MaxUdpPayloadSize, MaxUdpPayloadBytes, 65527);
        WriteInteger(writer, TransportParameterId.InitialMaxData, InitialMaxData, 0);
        WriteInteger(writer, TransportParameterId.InitialMaxStreamDataBidiLocal, InitialMaxStreamDataBidiLocal, 0);
        WriteInteger(writer, TransportParameterId.InitialMaxStreamDataBidiRemote, InitialMaxStreamDataBidiRemote, 0);
        WriteInteger(writer, TransportParameterId.InitialMaxStreamDataUni, InitialMaxStreamDataUni, 0);
        WriteInteger(writer, TransportParameterId.InitialMaxStreamsBidi, InitialMaxStreamsBidi, 0);
        WriteInteger(writer, TransportParameterId.InitialMaxStreamsUni, InitialMaxStreamsUni, 0);
        WriteId(writer, TransportParameterId.InitialSourceConnectionId, InitialSourceConnectionId);
        if (!isServer) return;
        WriteId(writer, TransportParameterId.OriginalDestinationConnectionId, OriginalDestinationConnectionId);
        WriteId(writer, TransportParameterId.RetrySourceConnectionId, RetrySourceConnectionId);
        if (StatelessResetToken == null) return;
        writer.WriteVarInt(TransportParameterId.StatelessResetToken);
        writer.WriteVarInt(ResetTokenSizeBytes);
        writer.WriteBytes(StatelessResetToken, 0, ResetTokenSizeBytes);
    }

    /// <summary>
    /// Compares the peer's ids with those of the packets seen (RFC 9000 section 7.3): TRANSPORT_PARAMETER_ERROR when one is
    /// missing, wrong or not due. The server's two are null when the peer is a client; <paramref name="retrySource"/> is null
    /// when there was no Retry.
    /// </summary>
    public void CheckConnectionIds(ConnectionId initialSource, ConnectionId originalDestination, ConnectionId retrySource)
    {
        if (!Same(InitialSourceConnectionId, initialSource)) throw TransportParametersReader.Error("initial_source_connection_id");
        if (!Same(OriginalDestinationConnectionId, originalDestination))
            throw TransportParametersReader.Error("original_destination_connection_id");
        if (!Same(RetrySourceConnectionId, retrySource)) throw TransportParametersReader.Error("retry_source_connection_id");
        // The multipath draft: paths are told apart by their ids, so an empty one cannot be combined with it.
        if (InitialMaxPathId != Absent && initialSource.Length == 0)
            throw new TransportException(TransportErrorCode.ProtocolViolation, FrameType.Padding, "multipath with empty connection id");
    }

    private static bool Same(ConnectionId received, ConnectionId expected) =>
        received == null ? expected == null : expected != null && received.SameAs(expected);

    private static void WriteInteger(ByteWriter writer, long id, long value, long rfcDefault)
    {
        if (value == rfcDefault) return;
        writer.WriteVarInt(id);
        writer.WriteVarInt(VarInt.Length(value));
        writer.WriteVarInt(value);
    }

    private static void WriteId(ByteWriter writer, long id, ConnectionId value)
    {
        if (value == null) return;
        writer.WriteVarInt(id);
        writer.WriteVarInt(value.Length);
        writer.WriteBytes(value.Bytes, 0, value.Length);
    }
}
