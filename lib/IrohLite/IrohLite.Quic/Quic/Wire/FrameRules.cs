using IrohLite.Buffers;

namespace IrohLite.Quic;

/// <summary>The one table of what each frame type may do: at which level it is allowed, who may send it, what it stands for.</summary>
internal static class FrameRules
{
    public const int AllowedInInitial = 1;
    public const int AllowedInHandshake = 2;
    public const int AllowedInOneRtt = 4;

    /// <summary>Must be acknowledged: all but ACK, PADDING and CONNECTION_CLOSE (RFC 9000 section 13.2).</summary>
    public const int AckEliciting = 8;

    /// <summary>May appear in a packet that only probes a path (RFC 9000 section 9.1).</summary>
    public const int Probing = 16;

    /// <summary>Only a server sends it.</summary>
    public const int ServerOnly = 32;

    /// <summary>A type that exists; without a level it is one that we never negotiate.</summary>
    public const int Known = 64;

    private const byte All = Known | AllowedInInitial | AllowedInHandshake | AllowedInOneRtt;
    private const byte Data = Known | AllowedInOneRtt | AckEliciting;

    // Indexed by type; RFC 9000 table 3, columns "Pkts" and "Spec".
    private static readonly byte[] s_rules =
    {
        All | Probing,          // PADDING
        All | AckEliciting,     // PING
        All,                    // ACK
        All,                    // ACK with ECN counts
        Data,                   // RESET_STREAM
        Data,                   // STOP_SENDING
        All | AckEliciting,     // CRYPTO
        Data | ServerOnly,      // NEW_TOKEN
        Data, Data, Data, Data, Data, Data, Data, Data, // STREAM
        Data,                   // MAX_DATA
        Data,                   // MAX_STREAM_DATA
        Data, Data,             // MAX_STREAMS
        Data,                   // DATA_BLOCKED
        Data,                   // STREAM_DATA_BLOCKED
        Data, Data,             // STREAMS_BLOCKED
        Data | Probing,         // NEW_CONNECTION_ID
        Data,                   // RETIRE_CONNECTION_ID
        Data | Probing,         // PATH_CHALLENGE
        Data | Probing,         // PATH_RESPONSE
        All,                    // CONNECTION_CLOSE, transport
        Known | AllowedInOneRtt, // CONNECTION_CLOSE, application: section 12.5 keeps it out of Initial and Handshake
        Data | ServerOnly,      // HANDSHAKE_DONE
    };

    /// <summary>The rule bits of a type; 0 when it is unknown.</summary>
    public static int Of(long type)
    {
        if (type >= 0 && type < s_rules.Length) return s_rules[(int)type];
        // DATAGRAM needs max_datagram_frame_size, which is never sent (RFC 9221 section 3): known, allowed nowhere.
        return DatagramFrame.IsType(type) ? Known | AckEliciting : 0;
    }

    /// <summary>
    /// Checks a received frame type against the level it came at and returns its rule bits. Throws FRAME_ENCODING_ERROR for an
    /// unknown type (RFC 9000 section 12.4) and PROTOCOL_VIOLATION for one that is out of place.
    /// </summary>
    public static int Check(long type, int level, bool sentByServer)
    {
        int rules = (ulong)type < (ulong)s_rules.Length ? s_rules[(int)type] : Of(type);
        if ((rules & (AllowedInInitial << level)) != 0 && (sentByServer || (rules & ServerOnly) == 0)) return rules;
        if (rules == 0) throw new TransportException(TransportErrorCode.FrameEncodingError, type, "unknown frame type");
        if (DatagramFrame.IsType(type)) throw DatagramFrame.Refuse(type);
        if ((rules & (AllowedInInitial << level)) != 0)
            throw new TransportException(TransportErrorCode.ProtocolViolation, type, "only a server sends this frame");
        throw new TransportException(TransportErrorCode.ProtocolViolation, type, "frame not allowed in this packet type");
    }

    /// <summary>
    /// Reads a frame type. A known type in more bytes than needed is a PROTOCOL_VIOLATION (RFC 9000 section 12.4); unknown ones
    /// are returned for <see cref="Check"/> to refuse.
    /// </summary>
    public static long ReadType(ByteReader reader)
    {
        int start = reader.Position;
        if (!reader.TryReadVarInt(out long type))
            throw new TransportException(TransportErrorCode.FrameEncodingError, FrameType.Padding, "truncated frame type");
        if (reader.Position - start != 1 && Of(type) != 0)
            throw new TransportException(TransportErrorCode.ProtocolViolation, type, "frame type not in its shortest encoding");
        return type;
    }
}
