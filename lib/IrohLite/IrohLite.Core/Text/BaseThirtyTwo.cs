using IrohLite.Buffers;

namespace IrohLite.Text;

/// <summary>What the three base-32 alphabets share: five bits for each character, first bit first, no padding.</summary>
internal static class BaseThirtyTwo
{
    public static string Encode(string alphabet, byte[] buffer, int offset, int count)
    {
        Bytes.CheckRegion(buffer, offset, count);
        char[] digits = alphabet.ToCharArray();
        char[] text = new char[(8 * count + 4) / 5];
        int bits = 0;
        int held = 0;
        int at = 0;
        for (int i = 0; i < count; i++)
        {
            held = ((held << 8) | buffer[offset + i]) & 0xFFFF;
            bits += 8;
            while (bits >= 5)
            {
                bits -= 5;
                text[at++] = digits[(held >> bits) & 31];
            }
        }

        if (bits > 0) text[at] = digits[(held << (5 - bits)) & 31];
        return new string(text);
    }

    /// <summary>Either case. False for a foreign character, an impossible length, non-zero unused bits, or too little room.</summary>
    public static bool TryDecode(string alphabet, string text, byte[] buffer, int offset, int capacity, out int count)
    {
        Bytes.CheckRegion(buffer, offset, capacity);
        count = 0;
        if (text == null) return false;
        char[] symbols = text.ToCharArray();
        int size = (int)(5L * symbols.Length / 8);

        // Lengths of 1, 3 and 6 beyond a multiple of 8 leave a whole unused character.
        int unusedBits = (int)(5L * symbols.Length - 8L * size);
        if (unusedBits >= 5 || size > capacity) return false;
        sbyte[] values = Values(alphabet);
        int bits = 0;
        int held = 0;
        int at = offset;
        for (int i = 0; i < symbols.Length; i++)
        {
            int symbol = symbols[i];
            int value = symbol < 128 ? values[symbol] : -1;
            if (value < 0) return false;
            held = ((held << 5) | value) & 0xFFF;
            bits += 5;
            if (bits >= 8)
            {
                bits -= 8;
                buffer[at++] = (byte)(held >> bits);
            }
        }

        if ((held & ((1 << bits) - 1)) != 0) return false;
        count = size;
        return true;
    }

    private static sbyte[] Values(string alphabet)
    {
        sbyte[] values = new sbyte[128];
        for (int i = 0; i < 128; i++) values[i] = -1;
        char[] digits = alphabet.ToCharArray();
        for (int i = 0; i < 32; i++)
        {
            values[digits[i]] = (sbyte)i;
            if (digits[i] >= 'a') values[digits[i] - 'a' + 'A'] = (sbyte)i;
        }

        return values;
    }
}
