using IrohLite.Buffers;

namespace IrohLite.Tls;

/// <summary>Finished (RFC 8446 section 4.4.4).</summary>
internal static class Finished
{
    /// <summary>Bytes of the whole message that <see cref="Write"/> makes.</summary>
    public const int MessageBytes = TlsLimits.HeaderBytes + TlsConstants.HashBytes;

    /// <summary>Reads a body and returns where the 32 bytes of verify_data begin in the buffer.</summary>
    public static int Read(ByteReader reader)
    {
        if (reader.Remaining != TlsConstants.HashBytes)
            throw new TlsAlertException(TlsAlert.DecodeError, "Finished: verify_data must have 32 bytes");
        return reader.Position;
    }

    /// <summary>Writes a whole message.</summary>
    public static void Write(ByteWriter writer, byte[] verifyData)
    {
        int message = TlsVector.BeginMessage(writer, HandshakeType.Finished);
        writer.WriteBytes(verifyData, 0, TlsConstants.HashBytes);
        TlsVector.EndMessage(writer, message);
    }
}
