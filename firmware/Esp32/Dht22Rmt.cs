using System;
using System.Device.Gpio;
using System.Threading;
using IrohLite.Firmware.Hardware;
using nanoFramework.Hardware.Esp32.Rmt;

namespace IrohLite.Firmware.Esp32;

/// <summary>
/// Records a one-wire sensor's answer with the chip's RMT unit. Two pins meet at the data line: one wakes the sensor, the other
/// records. While the frame arrives the thread sleeps, so that others run; fetching it then stalls the runtime for 10 ms at most.
/// </summary>
internal sealed class Dht22Rmt : IPulseCapture
{
    // 80 MHz / 80: one microsecond per tick. Glitches below 8 ticks are dropped, no pulse of a sensor is that short.
    private const byte MicrosecondDivider = 80;
    private const byte GlitchTicks = 8;

    // The line is idle after this; longer than the pause between starting the recorder and letting the line go.
    private const ushort IdleMicros = 10000;

    // A start pulse needs 1 ms; the tick makes it 10. A frame takes 5 ms and is closed by the idle time.
    private const int StartPulseMs = 2;
    private const int FrameMs = 20;
    private const int FetchTimeoutMs = 10;

    private readonly GpioPin _trigger;
    private readonly ReceiverChannel _receiver;

    internal Dht22Rmt(GpioController gpio, int echoPin, int triggerPin)
    {
        _trigger = gpio.OpenPin(triggerPin, PinMode.InputPullUp);
        ReceiverChannelSettings settings = new ReceiverChannelSettings(echoPin)
        {
            ClockDivider = MicrosecondDivider,
            EnableFilter = true,
            FilterThreshold = GlitchTicks,
            IdleThreshold = IdleMicros,
            ReceiveTimeout = new TimeSpan(FetchTimeoutMs * TimeSpan.TicksPerMillisecond),
        };
        _receiver = new ReceiverChannel(settings);
    }

    public int Capture(int[] micros, out bool firstIsHigh)
    {
        firstIsHigh = false;
        try
        {
            _trigger.SetPinMode(PinMode.Output);
            _trigger.Write(PinValue.Low);
            Thread.Sleep(StartPulseMs);
            _receiver.Start(true);
            _trigger.SetPinMode(PinMode.InputPullUp);
            Thread.Sleep(FrameMs);
            RmtCommand[] items = _receiver.GetAllItems();
            _receiver.Stop();
            if (items == null || items.Length == 0) return 0;
            firstIsHigh = items[0].Level0;
            return Unfold(items, micros);
        }
        catch (Exception)
        {
            _trigger.SetPinMode(PinMode.InputPullUp);
            return -1;
        }
    }

    // An item holds two widths; a width of zero ends the recording.
    private static int Unfold(RmtCommand[] items, int[] micros)
    {
        int count = 0;
        for (int i = 0; i < items.Length && count + 2 <= micros.Length; i++)
        {
            if (items[i].Duration0 == 0) return count;
            micros[count++] = items[i].Duration0;
            if (items[i].Duration1 == 0) return count;
            micros[count++] = items[i].Duration1;
        }

        return count;
    }
}
