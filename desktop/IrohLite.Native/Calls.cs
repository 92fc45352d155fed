using System;

namespace IrohLite.Native;

/// <summary>Turns the statuses that are mistakes of the caller into exceptions, as the device's glue code does.</summary>
internal static class Calls
{
    private const int Range = -2;
    private const int Null = -3;
    private const int Overlap = -4;

    public static int Size(Array array) => array == null ? 0 : array.Length;

    public static int Result(int status) => status switch
    {
        Range => throw new ArgumentOutOfRangeException(null, "a region or number lies outside its bounds"),
        Null => throw new ArgumentNullException(null, "an array is missing"),
        Overlap => throw new ArgumentException("regions overlap that must not"),
        _ => status,
    };
}
