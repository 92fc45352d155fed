namespace IrohLite.Text;

/// <summary>Base32 of RFC 4648 section 6 in lower case: tickets and the second text form of ids.</summary>
public static class Base32
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    /// <summary>Lower-case text without padding.</summary>
    public static string Encode(byte[] buffer, int offset, int count)
    {
        return BaseThirtyTwo.Encode(Alphabet, buffer, offset, count);
    }

    /// <summary>
    /// Decodes text of either case into the region. False for padding or any other foreign character, for a length no encoding has, for
    /// non-zero unused bits, and when the bytes exceed <paramref name="capacity"/>; the region may then be partly written.
    /// </summary>
    public static bool TryDecode(string text, byte[] buffer, int offset, int capacity, out int count)
    {
        return BaseThirtyTwo.TryDecode(Alphabet, text, buffer, offset, capacity, out count);
    }
}
