using IrohLite.Buffers;

namespace IrohLite.Text;

/// <summary>Lower-case hexadecimal, the usual text form of ids and keys.</summary>
public static class Hex
{
    /// <summary>Two lower-case digits for each byte.</summary>
    public static string Encode(byte[] buffer, int offset, int count)
    {
        Bytes.CheckRegion(buffer, offset, count);
        char[] text = new char[2 * count];
        for (int i = 0; i < count; i++)
        {
            int value = buffer[offset + i];
            text[2 * i] = Digit(value >> 4);
            text[2 * i + 1] = Digit(value & 15);
        }

        return new string(text);
    }

    /// <summary>
    /// Decodes a text of exactly 2 * <paramref name="count"/> digits. Upper case is refused, as iroh refuses it in ids. On false the
    /// region may be partly written.
    /// </summary>
    public static bool TryDecode(string text, byte[] buffer, int offset, int count)
    {
        Bytes.CheckRegion(buffer, offset, count);
        if (text == null || text.Length != 2 * count) return false;
        char[] digits = text.ToCharArray();
        for (int i = 0; i < count; i++)
        {
            int high = Value(digits[2 * i]);
            int low = Value(digits[2 * i + 1]);
            if ((high | low) < 0) return false;
            buffer[offset + i] = (byte)((high << 4) | low);
        }

        return true;
    }

    private static char Digit(int value)
    {
        return (char)(value < 10 ? '0' + value : 'a' + value - 10);
    }

    private static int Value(char digit)
    {
        if (digit >= '0' && digit <= '9') return digit - '0';
        return digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : -1;
    }
}
