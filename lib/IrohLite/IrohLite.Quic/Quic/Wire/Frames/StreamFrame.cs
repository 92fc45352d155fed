using IrohLite.Buffers;

namespace IrohLite.Quic;

/// <summary>STREAM (RFC 9000 section 19.8), all eight types.</summary>
internal sealed class StreamFrame
{
    public long StreamId;

    /// <summary>Place of the data in the stream, in bytes.</summary>
    public long Offset;

    /// <summary>Where the data stands in the reader's buffer.</summary>
    public int DataOffset;

    public int DataCount;

    /// <summary>The data ends the stream.</summary>
    public bool Fin;

    /// <summary>Reads the fields; without the LEN bit the data is the rest of the packet.</summary>
    public void Read(ByteReader reader, long type)
    {
        StreamId = FrameField.VarInt(reader, type);
        Offset = (type & FrameType.StreamOff) != 0 ? FrameField.VarInt(reader, type) : 0;
        Fin = (type & FrameType.StreamFin) != 0;
        int count;
        if ((type & FrameType.StreamLen) != 0)
        {
            DataOffset = FrameField.Region(reader, type, out count);
        }
        else
        {
            count = reader.Remaining;
            DataOffset = FrameField.Fixed(reader, type, count);
        }
        DataCount = count;
        if (Offset + count > VarInt.Max) throw FrameField.Malformed(type, "STREAM beyond the largest offset");
    }

    /// <summary>The type for a frame: the OFF bit is left out at offset 0, the LEN bit when the frame ends the packet.</summary>
    public static long TypeOf(long offset, bool fin, bool withLength) =>
        FrameType.Stream | (offset != 0 ? FrameType.StreamOff : 0) | (withLength ? FrameType.StreamLen : 0) | (fin ? FrameType.StreamFin : 0);

    /// <summary>Bytes before the data, the length field included when the type has one.</summary>
    public static int HeaderLength(long type, long streamId, long offset, int dataCount) =>
        1 + VarInt.Length(streamId)
        + ((type & FrameType.StreamOff) != 0 ? VarInt.Length(offset) : 0)
        + ((type & FrameType.StreamLen) != 0 ? VarInt.Length(dataCount) : 0);

    /// <summary>Writes everything before the data.</summary>
    public static void WriteHeader(ByteWriter writer, long type, long streamId, long offset, int dataCount)
    {
        writer.WriteByte((int)type);
        writer.WriteVarInt(streamId);
        if ((type & FrameType.StreamOff) != 0) writer.WriteVarInt(offset);
        if ((type & FrameType.StreamLen) != 0) writer.WriteVarInt(dataCount);
    }
}
