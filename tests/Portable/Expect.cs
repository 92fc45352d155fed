using System;

namespace IrohLite.Portable;

/// <summary>The few assertions the portable tests use: plain C#, so that they run under xunit and on the nanoCLR alike.</summary>
public static class Expect
{
    /// <summary>Fails unless <paramref name="condition"/> holds.</summary>
    public static void True(bool condition, string what)
    {
        if (!condition) throw new Exception("expected: " + what);
    }

    /// <summary>Fails unless both numbers are equal.</summary>
    public static void Equal(long expected, long actual, string what)
    {
        if (expected != actual) throw new Exception(what + ": expected " + expected.ToString() + ", got " + actual.ToString());
    }

    /// <summary>Fails unless both strings are equal.</summary>
    public static void Equal(string expected, string actual, string what)
    {
        if (expected != actual) throw new Exception(what + ": expected '" + expected + "', got '" + actual + "'");
    }

    /// <summary>Fails unless the region of <paramref name="actual"/> equals <paramref name="expected"/>.</summary>
    public static void Bytes(byte[] expected, byte[] actual, int offset, string what)
    {
        for (int i = 0; i < expected.Length; i++)
            if (expected[i] != actual[offset + i]) throw new Exception(what + ": byte " + i.ToString() + " differs");
    }
}
