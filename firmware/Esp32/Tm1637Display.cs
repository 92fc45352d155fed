using System;
using System.Device.Gpio;
using Iot.Device.Tm1637;
using IrohLite.Firmware.Hardware;

namespace IrohLite.Firmware.Esp32;

/// <summary>A four-digit TM1637 module. What it shows is decided by <see cref="SegmentText"/>; what fails here is ignored.</summary>
internal sealed class Tm1637Display : IDisplay
{
    private readonly Tm1637 _driver;
    private readonly byte[] _segments = new byte[SegmentText.Digits];
    private readonly byte[] _shown = new byte[SegmentText.Digits];
    private readonly Character[] _characters = new Character[SegmentText.Digits];

    internal Tm1637Display(GpioController gpio, int clockPin, int dataPin)
    {
        _driver = new Tm1637(clockPin, dataPin, PinNumberingScheme.Logical, gpio, false);
        _driver.ScreenOn = true;
    }

    public void Show(ClimateReading reading)
    {
        SegmentText.Write(reading, _segments);
        bool changed = false;
        for (int i = 0; i < SegmentText.Digits; i++)
        {
            changed |= _segments[i] != _shown[i];
            _shown[i] = _segments[i];
            _characters[i] = (Character)_segments[i];
        }

        // Bit-banged by interpreted code, some ten milliseconds: only what is new.
        if (!changed) return;
        try
        {
            _driver.Display(_characters);
        }
        catch (Exception)
        {
            // The node works without its display.
        }
    }
}
