using System;

namespace IrohLite.Buffers;

/// <summary>Operations on regions of byte arrays. A region outside its array throws ArgumentOutOfRangeException.</summary>
public static class Bytes
{
    /// <summary>Throws ArgumentOutOfRangeException unless [offset, offset + count) lies inside <paramref name="buffer"/>.</summary>
    public static void CheckRegion(byte[] buffer, int offset, int count)
    {
        if (offset < 0 || count < 0 || offset > buffer.Length - count) throw new ArgumentOutOfRangeException("offset");
    }

    /// <summary>Copies; the regions may overlap.</summary>
    public static void Copy(byte[] source, int sourceOffset, byte[] destination, int destinationOffset, int count)
    {
        Array.Copy(source, sourceOffset, destination, destinationOffset, count);
    }

    /// <summary>A new array with a copy of the region.</summary>
    public static byte[] Slice(byte[] buffer, int offset, int count)
    {
        CheckRegion(buffer, offset, count);
        byte[] copy = new byte[count];
        Array.Copy(buffer, offset, copy, 0, count);
        return copy;
    }

    /// <summary>True when both regions hold the same bytes. Stops at the first difference: not for secrets.</summary>
    public static bool Equal(byte[] a, int aOffset, byte[] b, int bOffset, int count)
    {
        CheckRegion(a, aOffset, count);
        CheckRegion(b, bOffset, count);
        int i = 0;
        for (; count - i >= 8; i += 8)
            if (BitConverter.ToInt64(a, aOffset + i) != BitConverter.ToInt64(b, bOffset + i)) return false;
        for (; i < count; i++)
            if (a[aOffset + i] != b[bOffset + i]) return false;
        return true;
    }

    /// <summary>Like <see cref="Equal"/>, but its duration does not depend on the contents: for tags and secrets.</summary>
    public static bool ConstantTimeEquals(byte[] a, int aOffset, byte[] b, int bOffset, int count)
    {
        CheckRegion(a, aOffset, count);
        CheckRegion(b, bOffset, count);
        int difference = 0;
        for (int i = 0; i < count; i++) difference |= a[aOffset + i] ^ b[bOffset + i];
        return difference == 0;
    }

    /// <summary>Negative, zero or positive as the first region sorts before, equal to or behind the second (unsigned bytes).</summary>
    public static int Compare(byte[] a, int aOffset, byte[] b, int bOffset, int count)
    {
        CheckRegion(a, aOffset, count);
        CheckRegion(b, bOffset, count);
        for (int i = 0; i < count; i++)
        {
            int difference = a[aOffset + i] - b[bOffset + i];
            if (difference != 0) return difference;
        }

        return 0;
    }

    /// <summary>Overwrites the region with zeros.</summary>
    public static void Wipe(byte[] buffer, int offset, int count)
    {
        CheckRegion(buffer, offset, count);
        Array.Clear(buffer, offset, count);
    }
}
