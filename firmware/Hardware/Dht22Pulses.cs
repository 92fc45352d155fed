namespace IrohLite.Firmware.Hardware;

/// <summary>
/// Pulse widths to bytes, for the DHT22 (AM2302): the answer of 80 us low and 80 us high, then 40 bits of 50 us low and 26 us (0)
/// or 70 us (1) high, then a closing low. A width that fits neither is refused by name instead of being rounded to a bit, and
/// the frame must be whole: a lost or surplus edge cannot shift bits into place.
/// </summary>
public static class Dht22Pulses
{
    /// <summary>Bytes in a frame.</summary>
    public const int FrameBytes = 5;

    /// <summary>Room a capture buffer needs: two edges for the release, the answer, 40 bits, the closing low, and some surplus to notice noise.</summary>
    public const int CaptureCapacity = 96;

    internal const int AnswerMinMicros = 60;
    internal const int AnswerMaxMicros = 110;
    internal const int BitLowMinMicros = 30;
    internal const int BitLowMaxMicros = 85;
    internal const int ZeroMinMicros = 10;
    internal const int ZeroMaxMicros = 42;
    internal const int OneMinMicros = 54;
    internal const int OneMaxMicros = 100;

    private const int BitCount = 40;

    /// <summary>Decodes a capture into five bytes.</summary>
    /// <param name="micros">Alternating level widths in microseconds.</param>
    /// <param name="count">Number of widths.</param>
    /// <param name="firstIsHigh">Level of the first width.</param>
    /// <param name="frame">Receives five bytes.</param>
    /// <returns>A <see cref="SensorFault"/>; None when the five bytes stand.</returns>
    public static int Decode(int[] micros, int count, bool firstIsHigh, byte[] frame)
    {
        if (count == 0) return SensorFault.NoResponse;

        int answer = FindAnswer(micros, count, firstIsHigh);
        if (answer < 0) return SensorFault.MissedStart;

        int firstBit = answer + 2;
        // 40 pairs, and the low that ends the last high: without it the last bit's width is not known.
        int needed = firstBit + 2 * BitCount + 1;
        if (count < needed) return SensorFault.LostEdge;

        for (int i = 0; i < FrameBytes; i++) frame[i] = 0;
        for (int bit = 0; bit < BitCount; bit++)
        {
            int low = micros[firstBit + 2 * bit];
            int high = micros[firstBit + 2 * bit + 1];
            if (low > BitLowMaxMicros || high > OneMaxMicros) return SensorFault.LostEdge;
            if (low < BitLowMinMicros || high < ZeroMinMicros) return SensorFault.Noise;
            if (high >= OneMinMicros) frame[bit >> 3] |= (byte)(0x80 >> (bit & 7));
            else if (high > ZeroMaxMicros) return SensorFault.Noise;
        }

        // After the closing low the line idles high: one more width at most.
        return count > needed + 1 ? SensorFault.Noise : SensorFault.None;
    }

    // The answer stands at the start of the capture; before it at most the tail of the start pulse and the release.
    private static int FindAnswer(int[] micros, int count, bool firstIsHigh)
    {
        int first = firstIsHigh ? 1 : 0;
        for (int i = first; i + 1 < count && i <= first + 2; i += 2)
        {
            if (micros[i] >= AnswerMinMicros && micros[i] <= AnswerMaxMicros
                && micros[i + 1] >= AnswerMinMicros && micros[i + 1] <= AnswerMaxMicros) return i;
        }

        return -1;
    }
}
