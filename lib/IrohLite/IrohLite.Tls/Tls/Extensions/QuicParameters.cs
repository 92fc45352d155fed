using IrohLite.Buffers;

namespace IrohLite.Tls;

/// <summary>quic_transport_parameters (RFC 9001 section 8.2): opaque to TLS.</summary>
internal static class QuicParameters
{
    /// <summary>"Extension absent" for an offset.</summary>
    public const int None = -1;

    /// <summary>Writes the extension.</summary>
    public static void Write(ByteWriter writer, byte[] parameters)
    {
        writer.WriteUInt16(ExtensionType.QuicTransportParameters);
        writer.WriteUInt16(parameters.Length);
        writer.WriteBytes(parameters, 0, parameters.Length);
    }
}
