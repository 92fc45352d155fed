using System;
using IrohLite.Buffers;
using IrohLite.Text;

namespace IrohLite.Quic;

/// <summary>A connection id of at most 20 bytes, held in place so that one object can be filled again and again.</summary>
internal sealed class ConnectionId
{
    /// <summary>Longest id of version 1 (RFC 9000 section 17.2).</summary>
    public const int MaxSizeBytes = 20;

    /// <summary>The bytes; only the first <see cref="Length"/> count.</summary>
    public readonly byte[] Bytes = new byte[MaxSizeBytes];

    /// <summary>Length in bytes, 0 to 20.</summary>
    public int Length;

    /// <summary>Takes over the bytes of a region.</summary>
    public void Set(byte[] buffer, int offset, int count)
    {
        if (count > MaxSizeBytes) throw new InvalidOperationException("connection id longer than 20 bytes");
        Array.Copy(buffer, offset, Bytes, 0, count);
        Length = count;
    }

    public void Set(ConnectionId other)
    {
        Array.Copy(other.Bytes, 0, Bytes, 0, other.Length);
        Length = other.Length;
    }

    public void Clear() => Length = 0;

    public bool SameAs(ConnectionId other) => SameAs(other.Bytes, 0, other.Length);

    public bool SameAs(byte[] buffer, int offset, int count) =>
        count == Length && IrohLite.Buffers.Bytes.Equal(Bytes, 0, buffer, offset, count);

    /// <summary>Lowercase hex, for logs.</summary>
    public override string ToString() => Hex.Encode(Bytes, 0, Length);
}
