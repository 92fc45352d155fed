namespace IrohLite.Platform;

/// <summary>A connected byte stream to a relay, plain TCP or TLS. Read and write may be called by two different threads.</summary>
public interface IByteStream
{
    /// <summary>Reads at least one byte. Returns the count, 0 when the stream is at its end, broken or
    /// closed, -1 on timeout (a negative timeout is none).</summary>
    int Read(byte[] buffer, int offset, int count, int timeoutMs);

    /// <summary>Writes all bytes; throws StreamFailedException when the stream is broken or blocked for too long.</summary>
    void Write(byte[] buffer, int offset, int count);

    /// <summary>
    /// Writes all bytes when that can be done without waiting. False, with nothing written, when it cannot, and always where the system
    /// does not tell. Throws StreamFailedException when the stream is broken.
    /// </summary>
    bool TryWrite(byte[] buffer, int offset, int count);

    /// <summary>Closes the stream and wakes a waiting read.</summary>
    void Close();
}
