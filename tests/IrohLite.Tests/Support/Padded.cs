using System;
using Xunit;

namespace IrohLite.Tests;

/// <summary>
/// A region in the middle of a larger array filled with a pattern, for APIs that take (buffer, offset, count): a forgotten offset reads or
/// writes the pattern, and <see cref="AssertPaddingIntact"/> notices a write outside.
/// </summary>
internal sealed class Padded
{
    private const byte Filler = 0xA5;
    private readonly int _after;

    public Padded(byte[] content, int before = 7, int after = 5)
    {
        Array = new byte[before + content.Length + after];
        System.Array.Fill(Array, Filler);
        content.CopyTo(Array, before);
        Offset = before;
        Count = content.Length;
        _after = after;
    }

    public Padded(int count, int before = 7, int after = 5)
        : this(new byte[count], before, after)
    {
    }

    public byte[] Array { get; }

    public int Offset { get; }

    public int Count { get; }

    public byte[] Content => Array.AsSpan(Offset, Count).ToArray();

    public void AssertPaddingIntact()
    {
        Assert.All(Array.AsSpan(0, Offset).ToArray(), b => Assert.Equal(Filler, b));
        Assert.All(Array.AsSpan(Offset + Count, _after).ToArray(), b => Assert.Equal(Filler, b));
    }
}
