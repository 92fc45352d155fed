namespace IrohLite.Quic;

/// <summary>Transport error codes (RFC 9000 section 20.1, RFC 9001 section 6): what a CONNECTION_CLOSE of type 0x1c carries.</summary>
public static class TransportErrorCode
{
    /// <summary>Closed without an error.</summary>
    public const long NoError = 0x0;

    /// <summary>The implementation failed.</summary>
    public const long InternalError = 0x1;

    /// <summary>The server refuses a new connection.</summary>
    public const long ConnectionRefused = 0x2;

    /// <summary>More data than the advertised windows allow.</summary>
    public const long FlowControlError = 0x3;

    /// <summary>A stream beyond the advertised stream count.</summary>
    public const long StreamLimitError = 0x4;

    /// <summary>A frame for a stream that cannot take it.</summary>
    public const long StreamStateError = 0x5;

    /// <summary>The end of a stream moved or lies before received data.</summary>
    public const long FinalSizeError = 0x6;

    /// <summary>A frame that cannot be parsed, or of an unknown type.</summary>
    public const long FrameEncodingError = 0x7;

    /// <summary>Transport parameters that are malformed, forbidden or inconsistent.</summary>
    public const long TransportParameterError = 0x8;

    /// <summary>More connection ids than the advertised limit.</summary>
    public const long ConnectionIdLimitError = 0x9;

    /// <summary>A breach of the protocol without a code of its own.</summary>
    public const long ProtocolViolation = 0xA;

    /// <summary>A Retry token of ours that is not valid.</summary>
    public const long InvalidToken = 0xB;

    /// <summary>The application closed during the handshake; its own code may not be shown yet (RFC 9000 section 10.2.3).</summary>
    public const long ApplicationError = 0xC;

    /// <summary>More handshake bytes than can be buffered.</summary>
    public const long CryptoBufferExceeded = 0xD;

    /// <summary>Key updates out of order (RFC 9001 section 6).</summary>
    public const long KeyUpdateError = 0xE;

    /// <summary>The keys have protected, or failed to open, as many packets as they may (RFC 9001 section 6.6).</summary>
    public const long AeadLimitReached = 0xF;

    /// <summary>No usable network path is left.</summary>
    public const long NoViablePath = 0x10;

    /// <summary>TLS alerts travel as this plus the alert's number (RFC 9001 section 4.8).</summary>
    public const long CryptoErrorBase = 0x100;

    /// <summary>The code for a TLS alert, 0 to 255.</summary>
    public static long FromAlert(int alert) => CryptoErrorBase + alert;

    /// <summary>True for the codes that carry a TLS alert.</summary>
    public static bool IsCryptoError(long code) => code >= CryptoErrorBase && code <= CryptoErrorBase + 0xFF;

    /// <summary>The RFC's name of a code, "CRYPTO_ERROR(alert)" with the alert in decimal, or "UNKNOWN(code)".</summary>
    public static string Text(long code)
    {
        if (code >= 0 && code < s_names.Length) return s_names[(int)code];
        if (IsCryptoError(code)) return "CRYPTO_ERROR(" + (code - CryptoErrorBase).ToString() + ")";
        return "UNKNOWN(" + code.ToString() + ")";
    }

    private static readonly string[] s_names =
    {
        "NO_ERROR", "INTERNAL_ERROR", "CONNECTION_REFUSED", "FLOW_CONTROL_ERROR", "STREAM_LIMIT_ERROR", "STREAM_STATE_ERROR",
        "FINAL_SIZE_ERROR", "FRAME_ENCODING_ERROR", "TRANSPORT_PARAMETER_ERROR", "CONNECTION_ID_LIMIT_ERROR",
        "PROTOCOL_VIOLATION", "INVALID_TOKEN", "APPLICATION_ERROR", "CRYPTO_BUFFER_EXCEEDED", "KEY_UPDATE_ERROR",
        "AEAD_LIMIT_REACHED", "NO_VIABLE_PATH",
    };
}
