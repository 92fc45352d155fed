using System;
using System.Runtime.InteropServices;

namespace IrohLite.RelayServer;

/// <summary>An endpoint id as a key of tables. Its hash is seeded per process, so ids cannot be chosen to collide.</summary>
internal readonly record struct EndpointKey(ulong A, ulong B, ulong C, ulong D)
{
    public const int SizeBytes = 32;

    public static EndpointKey Read(ReadOnlySpan<byte> id)
    {
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(id[..SizeBytes]);
        return new EndpointKey(words[0], words[1], words[2], words[3]);
    }

    public void Write(Span<byte> destination)
    {
        Span<ulong> words = MemoryMarshal.Cast<byte, ulong>(destination[..SizeBytes]);
        words[0] = A;
        words[1] = B;
        words[2] = C;
        words[3] = D;
    }

    public override string ToString()
    {
        byte[] id = new byte[SizeBytes];
        Write(id);
        return Convert.ToHexStringLower(id);
    }
}
