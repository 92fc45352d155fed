namespace IrohLite.Platform;

/// <summary>A connected byte stream to a relay, plain TCP or TLS. Read and write may be called by two different threads.</summary>
public interface IByteStream
{
    /// <summary>Reads at least one byte. Returns the count, 0 at the end of the stream, -1 on timeout.</summary>
    int Read(byte[] buffer, int offset, int count, int timeoutMs);

    /// <summary>Writes all bytes; throws StreamFailedException when the stream is broken or blocked for too long.</summary>
    void Write(byte[] buffer, int offset, int count);

    /// <summary>Closes the stream and wakes a waiting read.</summary>
    void Close();
}
