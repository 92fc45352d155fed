using System;
using System.Device.Gpio;
using System.Threading;
using IrohLite.Firmware.Config;
using IrohLite.Firmware.Esp32;
using IrohLite.Firmware.Hardware;
using IrohLite.Firmware.Net;
using IrohLite.Native;
using IrohLite.Platform;

namespace IrohLite.Firmware;

/// <summary>The board's composition root: builds the objects, steps the node, restarts. The runtime itself never restarts after a crash.</summary>
public static class Program
{
    private const int CrashPauseMs = 10000;

    /// <summary>Entry point; ends in a restart.</summary>
    public static void Main()
    {
        // First of all the load off: until here only the board's pull resistor holds the switch.
        GpioController gpio = new GpioController();
        PowerSwitch fan = new PowerSwitch(new GpioOutputPin(gpio, BoardPins.FanSwitch), BoardPins.SwitchActiveHigh);
        SerialPort serial = new SerialPort();
        NanoClock clock = new NanoClock();
        Esp32BoardControl board = new Esp32BoardControl(clock);
        serial.WriteLine(NodeContext.FirmwareVersion + " on " + BoardPins.BoardName + ", started by " + ResetReason.NameOf(board.ResetReason));
        try
        {
            DevicePlatform platform = new DevicePlatform
            {
                BoardName = BoardPins.BoardName,
                Clock = clock,
                WallClock = new Esp32WallClock(),
                Wifi = new Esp32Wifi(clock),
                Board = board,
                Serial = serial,
                Blobs = new NvsBlobStore(),
                Slots = new FileSlotStorage(),
                Crypto = new NativeCryptoProvider(),
                PublisherCrypto = new NativeCryptoProvider(),
                Random = new NanoRandom(),
                Connector = new NanoStreamConnector(WifiSecrets.RelayRoots),
                Udp = new UdpFactory(),
                Switch = fan,
            };
            Run(platform, gpio);
        }
        catch (Exception failure)
        {
            fan.Set(false);
            serial.WriteLine("Crashed: " + failure.GetType().FullName + ": " + failure.Message);
            serial.WriteLine("Restarting in " + (CrashPauseMs / 1000).ToString() + " s");
            Thread.Sleep(CrashPauseMs);
        }

        board.Reboot();
    }

    private static void Run(DevicePlatform platform, GpioController gpio)
    {
        // The build has checked the entries already; the message names a line, never a value.
        if (!DeviceSettings.TryParse(WifiSecrets.Entries(), platform.Crypto, out DeviceSettings settings, out string error))
            throw new InvalidOperationException(error);

        platform.InsideSensor = ClimateSensors.Open(settings.InsideSensor, gpio, BoardPins.InsideEcho, BoardPins.InsideTrigger);
        platform.OutsideSensor = ClimateSensors.Open(settings.OutsideSensor, gpio, BoardPins.OutsideEcho, BoardPins.OutsideTrigger);
        if (settings.HasDisplay) platform.Display = new Tm1637Display(gpio, BoardPins.DisplayClock, BoardPins.DisplayData);

        NodeContext context = new NodeContext(platform, settings);
        FirmwareApp app = new FirmwareApp(context, new NodeEndpoint(context, new DebugLogSink()), new NodePublisher(context.Platform, context.Settings));
        while (app.RestartReason == null)
        {
            long waitMs = app.Step();
            if (waitMs > 0) Thread.Sleep((int)waitMs);
        }

        app.Shutdown(app.RestartReason);
    }
}
