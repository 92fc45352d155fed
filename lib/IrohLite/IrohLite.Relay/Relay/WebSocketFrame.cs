namespace IrohLite.Relay;

/// <summary>The header of a WebSocket frame (RFC 6455 section 5.2): opcodes, lengths, masking.</summary>
internal static class WebSocketFrame
{
    /// <summary>A further piece of a fragmented message.</summary>
    public const int Continuation = 0x0;

    /// <summary>A text message, which relays do not use.</summary>
    public const int Text = 0x1;

    /// <summary>A binary message: one relay frame.</summary>
    public const int Binary = 0x2;

    /// <summary>Close, with a code and a reason.</summary>
    public const int Close = 0x8;

    /// <summary>WebSocket's own ping, apart from the relay's.</summary>
    public const int Ping = 0x9;

    /// <summary>The answer to <see cref="Ping"/>.</summary>
    public const int Pong = 0xA;

    /// <summary>Close code of an ordinary end.</summary>
    public const int CloseNormal = 1000;

    /// <summary>Close code of a broken framing rule.</summary>
    public const int CloseProtocolError = 1002;

    /// <summary>Close code of a message above the limit.</summary>
    public const int CloseTooBig = 1009;

    /// <summary>Longest payload of a control frame (RFC 6455 section 5.5).</summary>
    public const int MaxControlBytes = 125;

    /// <summary>Largest message either side of the relay protocol takes.</summary>
    public const int MaxMessageBytes = 1048576;

    /// <summary>Longest header: two bytes, an 8-byte length, the mask.</summary>
    public const int MaxHeaderBytes = 14;

    /// <summary>Length of a mask key.</summary>
    public const int MaskBytes = 4;

    private const int Final = 0x80;
    private const int Masked = 0x80;

    /// <summary>Length of the header that <see cref="WriteHeader"/> writes.</summary>
    public static int HeaderBytes(int payloadBytes, bool masked)
    {
        int length = payloadBytes <= MaxControlBytes ? 2 : payloadBytes <= 65535 ? 4 : 10;
        return masked ? length + MaskBytes : length;
    }

    /// <summary>Writes the header of an unfragmented frame, masked when <paramref name="mask"/> is not null. Returns its length.</summary>
    public static int WriteHeader(byte[] buffer, int offset, int opcode, int payloadBytes, byte[] mask)
    {
        int maskBit = mask == null ? 0 : Masked;
        buffer[offset] = (byte)(Final | opcode);
        int at = offset + 2;
        if (payloadBytes <= MaxControlBytes) buffer[offset + 1] = (byte)(maskBit | payloadBytes);
        else if (payloadBytes <= 65535)
        {
            buffer[offset + 1] = (byte)(maskBit | 126);
            buffer[at++] = (byte)(payloadBytes >> 8);
            buffer[at++] = (byte)payloadBytes;
        }
        else
        {
            buffer[offset + 1] = (byte)(maskBit | 127);
            System.Array.Clear(buffer, at, 4);
            buffer[at + 4] = (byte)(payloadBytes >> 24);
            buffer[at + 5] = (byte)(payloadBytes >> 16);
            buffer[at + 6] = (byte)(payloadBytes >> 8);
            buffer[at + 7] = (byte)payloadBytes;
            at += 8;
        }

        if (mask != null)
        {
            System.Array.Copy(mask, 0, buffer, at, MaskBytes);
            at += MaskBytes;
        }

        return at - offset;
    }

    /// <summary>
    /// Masks or unmasks in place (RFC 6455 section 5.3). <paramref name="phase"/> is how many payload bytes came before the region.
    /// </summary>
    public static void ApplyMask(byte[] buffer, int offset, int count, byte[] mask, int phase)
    {
        // Four bytes a turn with the key in locals: half of what the plain loop costs the device's interpreter.
        byte first = mask[phase & 3], second = mask[(phase + 1) & 3], third = mask[(phase + 2) & 3], fourth = mask[(phase + 3) & 3];
        int end = offset + count;
        int at = offset;
        for (; at <= end - 4; at += 4)
        {
            buffer[at] ^= first;
            buffer[at + 1] ^= second;
            buffer[at + 2] ^= third;
            buffer[at + 3] ^= fourth;
        }

        for (; at < end; at++, phase++) buffer[at] ^= mask[phase & 3];
    }

    /// <summary>True for the close codes that may stand in a close frame (RFC 6455 section 7.4).</summary>
    public static bool IsCloseCode(int code)
    {
        if (code >= 3000 && code <= 4999) return true;
        return code >= 1000 && code <= 1014 && code != 1004 && code != 1005 && code != 1006;
    }
}
