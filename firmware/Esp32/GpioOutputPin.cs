using System.Device.Gpio;
using IrohLite.Firmware.Hardware;

namespace IrohLite.Firmware.Esp32;

/// <summary>One output. The runtime opens an output with its latch low, so a board with an active-low switch also needs a pull-up.</summary>
internal sealed class GpioOutputPin : IOutputPin
{
    private readonly GpioPin _pin;

    internal GpioOutputPin(GpioController gpio, int number)
    {
        _pin = gpio.OpenPin(number, PinMode.Output);
    }

    public void Write(bool high) => _pin.Write(high ? PinValue.High : PinValue.Low);
}
