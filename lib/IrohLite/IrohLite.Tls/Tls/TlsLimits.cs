namespace IrohLite.Tls;

/// <summary>Every bound of a handshake. What a peer sends beyond one is refused with decode_error.</summary>
internal static class TlsLimits
{
    /// <summary>Bytes of the 4-byte header of a handshake message.</summary>
    public const int HeaderBytes = 4;

    /// <summary>Largest ClientHello with its header: room for a post-quantum key share (RFC 9000 section 7.5 asks for 4096).</summary>
    public const int MaxClientHelloBytes = 4096;

    /// <summary>Largest other message with its header; an iroh peer's largest, EncryptedExtensions, has under 200 bytes.</summary>
    public const int MaxMessageBytes = 2048;

    /// <summary>Most extensions in one block; a browser sends about 20.</summary>
    public const int MaxExtensions = 64;

    /// <summary>Most bytes of our own list of protocols, so that our ClientHello stays below 2048.</summary>
    public const int MaxAlpnListBytes = 1024;

    /// <summary>First size of the buffer that holds all handshake messages; enough for a handshake with an iroh peer.</summary>
    public const int TranscriptBytes = 1280;
}
