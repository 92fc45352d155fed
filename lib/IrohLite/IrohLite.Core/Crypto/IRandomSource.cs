namespace IrohLite.Crypto;

/// <summary>A source of cryptographically strong random bytes; injected, so that tests and transcripts can be repeated.</summary>
public interface IRandomSource
{
    /// <summary>Fills <paramref name="count"/> bytes of <paramref name="buffer"/> from <paramref name="offset"/> on.</summary>
    void Fill(byte[] buffer, int offset, int count);
}
