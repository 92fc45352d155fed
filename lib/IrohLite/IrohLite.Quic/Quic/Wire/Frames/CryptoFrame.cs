using IrohLite.Buffers;

namespace IrohLite.Quic;

/// <summary>CRYPTO (RFC 9000 section 19.6): a piece of one level's handshake stream.</summary>
internal sealed class CryptoFrame
{
    /// <summary>Place of the piece in the stream, in bytes.</summary>
    public long Offset { get; private set; }

    /// <summary>Where the piece stands in the reader's buffer.</summary>
    public int DataOffset { get; private set; }

    public int DataCount { get; private set; }

    public void Read(ByteReader reader)
    {
        Offset = FrameField.VarInt(reader, FrameType.Crypto);
        DataOffset = FrameField.Region(reader, FrameType.Crypto, out int count);
        DataCount = count;
        if (Offset + count > VarInt.Max) throw FrameField.Malformed(FrameType.Crypto, "CRYPTO beyond the largest offset");
    }

    /// <summary>Bytes before the data, for <paramref name="dataCount"/> bytes at <paramref name="offset"/>.</summary>
    public static int HeaderLength(long offset, int dataCount) => 1 + VarInt.Length(offset) + VarInt.Length(dataCount);

    /// <summary>Writes everything before the data.</summary>
    public static void WriteHeader(ByteWriter writer, long offset, int dataCount)
    {
        writer.WriteByte((int)FrameType.Crypto);
        writer.WriteVarInt(offset);
        writer.WriteVarInt(dataCount);
    }
}
