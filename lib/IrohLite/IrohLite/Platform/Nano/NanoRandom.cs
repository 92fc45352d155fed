using System;
using IrohLite.Crypto;

namespace IrohLite.Platform;

/// <summary>
/// The ESP32's hardware generator: on that target the runtime's Random ignores its seed and draws from it. Its numbers are only truly
/// random while the radio is on, so keys are made after WiFi has been started. Not for other targets.
/// </summary>
public sealed class NanoRandom : IRandomSource
{
    private readonly Random _random = new Random();

    /// <summary>Fills the region.</summary>
    public void Fill(byte[] buffer, int offset, int count)
    {
        if (count == 0) return;
        byte[] drawn = new byte[count];
        _random.NextBytes(drawn);
        Array.Copy(drawn, 0, buffer, offset, count);
        Array.Clear(drawn, 0, count);
    }
}
