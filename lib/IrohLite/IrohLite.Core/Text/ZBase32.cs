namespace IrohLite.Text;

/// <summary>z-base-32: the name of an endpoint in DNS and in pkarr addresses.</summary>
public static class ZBase32
{
    private const string Alphabet = "ybndrfg8ejkmcpqxot1uwisza345h769";

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
