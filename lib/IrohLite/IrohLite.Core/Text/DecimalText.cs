namespace IrohLite.Text;

/// <summary>Decimal numbers in text from outside: digits only, no sign, no space, no exception.</summary>
public static class DecimalText
{
    /// <summary>What <see cref="Parse"/> returns for text that is no number or exceeds the maximum.</summary>
    public const int NotANumber = -1;

    /// <summary>The value of a text of 1 to 9 digits, at most <paramref name="max"/>, or <see cref="NotANumber"/>.</summary>
    public static int Parse(string text, int max)
    {
        if (text == null || text.Length == 0 || text.Length > 9) return NotANumber;
        char[] digits = text.ToCharArray();
        int value = 0;
        for (int i = 0; i < digits.Length; i++)
        {
            if (digits[i] < '0' || digits[i] > '9') return NotANumber;
            value = 10 * value + digits[i] - '0';
        }

        return value <= max ? value : NotANumber;
    }
}
