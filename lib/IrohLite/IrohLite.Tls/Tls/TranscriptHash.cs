using System;
using IrohLite.Crypto;

namespace IrohLite.Tls;

/// <summary>
/// All handshake messages, sent and received, in one buffer that is hashed on demand (RFC 8446 section 4.4.1). Messages are
/// assembled and parsed in place. Its size is bounded because each message is (<see cref="TlsLimits"/>) and each comes once.
/// </summary>
internal sealed class TranscriptHash
{
    private byte[] _buffer = new byte[TlsLimits.TranscriptBytes];

    /// <summary>The messages; replaced when the buffer grows, so not to be kept.</summary>
    public byte[] Buffer => _buffer;

    /// <summary>Bytes in use.</summary>
    public int Count { get; private set; }

    /// <summary>Makes room behind the last byte; <see cref="Commit"/> takes what was written there.</summary>
    public void Reserve(int count)
    {
        int needed = Count + count;
        if (needed <= _buffer.Length) return;
        int size = _buffer.Length == 0 ? 256 : _buffer.Length;
        while (size < needed) size += size;
        byte[] larger = new byte[size];
        Array.Copy(_buffer, 0, larger, 0, Count);
        _buffer = larger;
    }

    /// <summary>Counts bytes written behind the last byte up to <paramref name="end"/>.</summary>
    public void Commit(int end) => Count = end;

    /// <summary>Copies bytes behind the last one.</summary>
    public void Append(byte[] buffer, int offset, int count)
    {
        Reserve(count);
        Array.Copy(buffer, offset, _buffer, Count, count);
        Count += count;
    }

    /// <summary>SHA-256 of the first <paramref name="count"/> bytes.</summary>
    public void Hash(ICryptoProvider crypto, int count, byte[] hash, int hashOffset) =>
        crypto.Sha256(_buffer, 0, count, hash, hashOffset);

    /// <summary>Forgets all messages and gives the memory back; what comes after the handshake starts over.</summary>
    public void Clear()
    {
        if (_buffer.Length > 0) _buffer = new byte[0];
        Count = 0;
    }
}
