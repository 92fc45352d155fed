using System;
using IrohLite.Buffers;

namespace IrohLite.Crypto;

/// <summary>The structure HkdfLabel of RFC 8446 section 7.1: what HKDF-Expand-Label expands with.</summary>
internal static class HkdfLabel
{
    public const int MaxLabelBytes = 24;
    public const int MaxContextBytes = 32;
    public const int MaxOutputBytes = 64;

    /// <summary>Room for the largest structure.</summary>
    public const int MaxSizeBytes = 2 + 1 + MaxLabelBytes + 1 + MaxContextBytes;

    /// <summary>Writes the structure to the start of <paramref name="info"/> and returns its length.</summary>
    public static int Write(byte[] info, byte[] label, byte[] context, int contextOffset, int contextCount, int outputCount)
    {
        if (label.Length > MaxLabelBytes) throw new ArgumentOutOfRangeException("label");
        if (contextCount > MaxContextBytes) throw new ArgumentOutOfRangeException("contextCount");
        if (outputCount < 0 || outputCount > MaxOutputBytes) throw new ArgumentOutOfRangeException("outputCount");
        info[0] = 0;
        info[1] = (byte)outputCount;
        info[2] = (byte)label.Length;
        Array.Copy(label, 0, info, 3, label.Length);
        int at = 3 + label.Length;
        info[at++] = (byte)contextCount;
        if (contextCount == 0) return at;
        Bytes.CheckRegion(context, contextOffset, contextCount);
        Array.Copy(context, contextOffset, info, at, contextCount);
        return at + contextCount;
    }
}
