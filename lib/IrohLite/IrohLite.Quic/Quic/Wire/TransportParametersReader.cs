using IrohLite.Buffers;

namespace IrohLite.Quic;

/// <summary>
/// Reads the peer's transport parameters (RFC 9000 sections 7.4 and 18). Whatever is wrong is a TRANSPORT_PARAMETER_ERROR whose
/// reason names the parameter. Unknown ones are ignored, also when repeated.
/// </summary>
internal static class TransportParametersReader
{
    private const long MaxAckDelayLimitMs = 1 << 14;

    /// <summary>Reads the body of TLS extension 57 as sent by a server or by a client.</summary>
    public static TransportParameters Read(byte[] buffer, int offset, int count, bool sentByServer)
    {
        TransportParameters result = new TransportParameters();
        ByteReader reader = new ByteReader(buffer, offset, count);
        int seen = 0;
        while (reader.Remaining > 0)
        {
            if (!reader.TryReadVarInt(out long id) || !reader.TryReadVarInt(out long length) || length > reader.Remaining)
                throw Error("truncated parameter");
            int bit = BitOf(id);
            if (bit >= 0)
            {
                if ((seen & (1 << bit)) != 0) throw Error("duplicate parameter " + id.ToString());
                seen |= 1 << bit;
                ReadOne(result, id, buffer, reader.Position, (int)length, sentByServer);
            }
            reader.TrySkip((int)length);
        }
        if (result.MinAckDelayUs > result.MaxAckDelayMs * 1000) throw Error("min_ack_delay above max_ack_delay");
        return result;
    }

    internal static TransportException Error(string reason) =>
        new TransportException(TransportErrorCode.TransportParameterError, FrameType.Padding, reason);

    // One bit per known parameter, for finding duplicates; -1 for unknown ids.
    private static int BitOf(long id)
    {
        if (id <= TransportParameterId.RetrySourceConnectionId) return (int)id;
        switch (id)
        {
            case TransportParameterId.MaxDatagramFrameSize: return 17;
            case TransportParameterId.InitialMaxPathId: return 18;
            case TransportParameterId.GreaseQuicBit: return 19;
            case TransportParameterId.AddressDiscoveryRole: return 20;
            case TransportParameterId.MinAckDelay: return 21;
            case TransportParameterId.NatTraversal: return 22;
            default: return -1;
        }
    }

    private static void ReadOne(TransportParameters to, long id, byte[] buffer, int offset, int count, bool sentByServer)
    {
        switch (id)
        {
            case TransportParameterId.OriginalDestinationConnectionId:
                OnlyServer(sentByServer, "original_destination_connection_id");
                to.OriginalDestinationConnectionId = Id(buffer, offset, count);
                break;
            case TransportParameterId.RetrySourceConnectionId:
                OnlyServer(sentByServer, "retry_source_connection_id");
                to.RetrySourceConnectionId = Id(buffer, offset, count);
                break;
            case TransportParameterId.InitialSourceConnectionId:
                to.InitialSourceConnectionId = Id(buffer, offset, count);
                break;
            case TransportParameterId.StatelessResetToken:
                OnlyServer(sentByServer, "stateless_reset_token");
                if (count != TransportParameters.ResetTokenSizeBytes) throw Error("stateless_reset_token");
                to.StatelessResetToken = Bytes.Slice(buffer, offset, count);
                break;
            case TransportParameterId.PreferredAddress:
                OnlyServer(sentByServer, "preferred_address");
                CheckPreferredAddress(buffer, offset, count);
                break;
            case TransportParameterId.DisableActiveMigration:
                if (count != 0) throw Error("disable_active_migration");
                to.DisableActiveMigration = true;
                break;
            case TransportParameterId.GreaseQuicBit:
                if (count != 0) throw Error("grease_quic_bit");
                break;
            case TransportParameterId.NatTraversal:
                // One plain byte, not a varint: how many addresses the peer keeps.
                if (count != 1 || buffer[offset] == 0) throw Error("NAT traversal");
                break;
            default:
                SetInteger(to, id, Integer(buffer, offset, count));
                break;
        }
    }

    private static void SetInteger(TransportParameters to, long id, long value)
    {
        switch (id)
        {
            case TransportParameterId.MaxIdleTimeout: to.MaxIdleTimeoutMs = value; break;
            case TransportParameterId.MaxUdpPayloadSize:
                to.MaxUdpPayloadBytes = AtLeast(value, 1200, "max_udp_payload_size");
                break;
            case TransportParameterId.InitialMaxData: to.InitialMaxData = value; break;
            case TransportParameterId.InitialMaxStreamDataBidiLocal: to.InitialMaxStreamDataBidiLocal = value; break;
            case TransportParameterId.InitialMaxStreamDataBidiRemote: to.InitialMaxStreamDataBidiRemote = value; break;
            case TransportParameterId.InitialMaxStreamDataUni: to.InitialMaxStreamDataUni = value; break;
            case TransportParameterId.InitialMaxStreamsBidi:
                to.InitialMaxStreamsBidi = AtMost(value, MaxStreamsFrame.MaxCount, "initial_max_streams_bidi");
                break;
            case TransportParameterId.InitialMaxStreamsUni:
                to.InitialMaxStreamsUni = AtMost(value, MaxStreamsFrame.MaxCount, "initial_max_streams_uni");
                break;
            case TransportParameterId.AckDelayExponent: to.AckDelayExponent = (int)AtMost(value, 20, "ack_delay_exponent"); break;
            case TransportParameterId.MaxAckDelay: to.MaxAckDelayMs = AtMost(value, MaxAckDelayLimitMs - 1, "max_ack_delay"); break;
            case TransportParameterId.ActiveConnectionIdLimit:
                to.ActiveConnectionIdLimit = AtLeast(value, 2, "active_connection_id_limit");
                break;
            case TransportParameterId.MaxDatagramFrameSize: to.MaxDatagramFrameBytes = value; break;
            case TransportParameterId.InitialMaxPathId: to.InitialMaxPathId = AtMost(value, 0xFFFFFFFF, "initial_max_path_id"); break;
            case TransportParameterId.AddressDiscoveryRole: AtMost(value, 2, "address discovery role"); break;
            case TransportParameterId.MinAckDelay: to.MinAckDelayUs = value; break;
        }
    }

    private static long Integer(byte[] buffer, int offset, int count)
    {
        if (!VarInt.TryRead(buffer, offset, offset + count, out long value, out int length) || length != count)
            throw Error("integer does not fill its parameter");
        return value;
    }

    private static ConnectionId Id(byte[] buffer, int offset, int count)
    {
        if (count > ConnectionId.MaxSizeBytes) throw Error("connection id above 20 bytes");
        ConnectionId id = new ConnectionId();
        id.Set(buffer, offset, count);
        return id;
    }

    // IPv4 and IPv6 with ports, an id of 1 to 20 bytes, a reset token (section 18.2). Checked, never used.
    private static void CheckPreferredAddress(byte[] buffer, int offset, int count)
    {
        if (count < 25) throw Error("preferred_address");
        int idLength = buffer[offset + 24];
        if (idLength < 1 || idLength > ConnectionId.MaxSizeBytes || count != 41 + idLength) throw Error("preferred_address");
    }

    private static void OnlyServer(bool sentByServer, string name)
    {
        if (!sentByServer) throw Error("client sent " + name);
    }

    private static long AtLeast(long value, long minimum, string name) => value >= minimum ? value : throw Error(name);

    private static long AtMost(long value, long maximum, string name) => value <= maximum ? value : throw Error(name);
}
