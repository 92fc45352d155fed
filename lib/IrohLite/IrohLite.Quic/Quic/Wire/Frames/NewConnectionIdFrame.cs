using IrohLite.Buffers;

namespace IrohLite.Quic;

/// <summary>NEW_CONNECTION_ID (RFC 9000 section 19.15): one more id to reach the sender by.</summary>
internal sealed class NewConnectionIdFrame
{
    /// <summary>Size of a stateless reset token.</summary>
    public const int TokenSizeBytes = 16;

    public long Sequence { get; private set; }

    /// <summary>Ids numbered below this are to be retired.</summary>
    public long RetirePriorTo { get; private set; }

    public ConnectionId Id { get; } = new ConnectionId();

    /// <summary>Where the 16-byte stateless reset token stands in the reader's buffer.</summary>
    public int TokenOffset { get; private set; }

    public void Read(ByteReader reader)
    {
        Sequence = FrameField.VarInt(reader, FrameType.NewConnectionId);
        RetirePriorTo = FrameField.VarInt(reader, FrameType.NewConnectionId);
        if (RetirePriorTo > Sequence) throw FrameField.Malformed(FrameType.NewConnectionId, "retires itself");
        int length = reader.Buffer[FrameField.Fixed(reader, FrameType.NewConnectionId, 1)];
        if (length < 1 || length > ConnectionId.MaxSizeBytes) throw FrameField.Malformed(FrameType.NewConnectionId, "connection id length");
        Id.Set(reader.Buffer, FrameField.Fixed(reader, FrameType.NewConnectionId, length), length);
        TokenOffset = FrameField.Fixed(reader, FrameType.NewConnectionId, TokenSizeBytes);
    }

    public static int Length(long sequence, long retirePriorTo, ConnectionId id) =>
        2 + VarInt.Length(sequence) + VarInt.Length(retirePriorTo) + id.Length + TokenSizeBytes;

    public static void Write(ByteWriter writer, long sequence, long retirePriorTo, ConnectionId id, byte[] token, int tokenOffset)
    {
        writer.WriteByte((int)FrameType.NewConnectionId);
        writer.WriteVarInt(sequence);
        writer.WriteVarInt(retirePriorTo);
        writer.WriteByte(id.Length);
        writer.WriteBytes(id.Bytes, 0, id.Length);
        writer.WriteBytes(token, tokenOffset, TokenSizeBytes);
    }
}
