namespace IrohLite.Firmware.Hardware;

/// <summary>
/// A temperature on four seven-segment digits: "23.4C", " 5.0C", "-3.2C",
/// "-12C"; dashes when the reading is not good. On clock modules the dot of the second digit is the colon.
/// Bits: 0 top, 1 top right, 2 bottom right, 3 bottom, 4 bottom left, 5 top left, 6 middle, 7 dot.
/// </summary>
public static class SegmentText
{
    /// <summary>Digits written.</summary>
    public const int Digits = 4;

    internal const byte Blank = 0x00;
    internal const byte Minus = 0x40;
    internal const byte Dot = 0x80;
    internal const byte LetterC = 0x39;

    private static readonly byte[] Numerals = new byte[] { 0x3f, 0x06, 0x5b, 0x4f, 0x66, 0x6d, 0x7d, 0x07, 0x7f, 0x6f };

    /// <summary>Writes the four digits' segments, leftmost first.</summary>
    public static void Write(ClimateReading reading, byte[] segments)
    {
        if (!reading.IsGood)
        {
            for (int i = 0; i < Digits; i++) segments[i] = Minus;
            return;
        }

        int tenths = reading.TemperatureTenths;
        bool isNegative = tenths < 0;
        if (isNegative) tenths = -tenths;
        segments[3] = LetterC;
        if (isNegative && tenths >= 100 || tenths >= 1000)
        {
            int whole = (tenths + 5) / 10;
            segments[0] = isNegative ? Minus : Numeral(whole / 100);
            segments[1] = Numeral(whole / 10);
            segments[2] = Numeral(whole);
            return;
        }

        segments[0] = isNegative ? Minus : tenths >= 100 ? Numeral(tenths / 100) : Blank;
        segments[1] = (byte)(Numeral(tenths / 10) | Dot);
        segments[2] = Numeral(tenths);
    }

    private static byte Numeral(int value) => Numerals[value % 10];
}
