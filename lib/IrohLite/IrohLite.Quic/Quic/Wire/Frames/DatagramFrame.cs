namespace IrohLite.Quic;

/// <summary>DATAGRAM (RFC 9221): never negotiated, so that the type is recognised only to be refused by its right name.</summary>
internal static class DatagramFrame
{
    public static bool IsType(long type) => type == FrameType.Datagram || type == FrameType.DatagramWithLength;

    /// <summary>What receiving one is without max_datagram_frame_size (RFC 9221 section 3).</summary>
    public static TransportException Refuse(long type) =>
        new TransportException(TransportErrorCode.ProtocolViolation, type, "DATAGRAM was not negotiated");
}
