namespace IrohLite.Firmware.Hardware;

/// <summary>Wakes a one-wire sensor with its start pulse and records the widths of the pulses it answers with.</summary>
public interface IPulseCapture
{
    /// <summary>
    /// Records alternating level widths in microseconds.
    /// </summary>
    /// <param name="micros">Filled with the widths, in order; the level alternates from one entry to the next.</param>
    /// <param name="firstIsHigh">Level of the first entry.</param>
    /// <returns>Number of entries; 0 when nothing answered; -1 when the capture hardware failed.</returns>
    int Capture(int[] micros, out bool firstIsHigh);
}
