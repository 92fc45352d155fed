namespace IrohLite.Tls;

/// <summary>Cuts the stream of handshake bytes into whole messages, which it assembles at the end of the transcript.</summary>
internal sealed class HandshakeReader
{
    private readonly TranscriptHash _transcript;

    /// <summary>Creates the reader.</summary>
    public HandshakeReader(TranscriptHash transcript)
    {
        _transcript = transcript;
    }

    /// <summary>Where the message at hand begins in the transcript: what the hash covers before it.</summary>
    public int Start { get; private set; }

    /// <summary>Where the body of the message at hand begins.</summary>
    public int BodyOffset => Start + TlsLimits.HeaderBytes;

    /// <summary>The type of the message at hand, once <see cref="HasHeader"/>.</summary>
    public int Type { get; private set; }

    /// <summary>Bytes of the body of the message at hand, once <see cref="HasHeader"/>.</summary>
    public int BodyCount { get; private set; }

    /// <summary>True when type and length are known.</summary>
    public bool HasHeader { get; private set; }

    /// <summary>True when the message at hand is complete.</summary>
    public bool IsWhole => HasHeader && _transcript.Count == BodyOffset + BodyCount;

    /// <summary>Takes bytes up to the end of the header, or of the message; returns how many.</summary>
    public int Append(byte[] buffer, int offset, int count)
    {
        int end = HasHeader ? BodyOffset + BodyCount : BodyOffset;
        int missing = end - _transcript.Count;
        int taken = count < missing ? count : missing;
        _transcript.Append(buffer, offset, taken);
        if (!HasHeader && taken == missing)
        {
            byte[] bytes = _transcript.Buffer;
            Type = bytes[Start];
            BodyCount = (bytes[Start + 1] << 16) | (bytes[Start + 2] << 8) | bytes[Start + 3];
            HasHeader = true;
        }

        return taken;
    }

    /// <summary>Expects the next message behind everything the transcript holds now.</summary>
    public void Next()
    {
        Start = _transcript.Count;
        HasHeader = false;
    }
}
