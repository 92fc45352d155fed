using System;
using System.Linq;

namespace IrohLite.Tests.House;

/// <summary>One package the device projects may use: its pinned version, its assembly and what it depends on (all by package id).</summary>
internal sealed record DevicePackage(string Id, string Version, string Assembly, params string[] Needs)
{
    private const string Core = "nanoFramework.CoreLibrary";
    private const string Events = "nanoFramework.Runtime.Events";
    private const string Native = "nanoFramework.Runtime.Native";
    private const string Text = "nanoFramework.System.Text";
    private const string Streams = "nanoFramework.System.IO.Streams";
    private const string Threading = "nanoFramework.System.Threading";

    /// <summary>
    /// The pinned set: packages and firmware image belong together, because the runtime refuses a native part of another version.
    /// </summary>
    public static readonly DevicePackage[] All =
    [
        new(Core, "1.17.11", "mscorlib"),
        new(Events, "1.11.39", Events, Core),
        new(Native, "1.7.11", Native, Core),
        new(Threading, "1.1.52", "System.Threading", Core),
        new(Text, "1.3.42", Text, Core),
        new(Streams, "1.1.96", "System.IO.Streams", Core, Text),
        new("nanoFramework.System.Collections", "1.5.75", "nanoFramework.System.Collections", Core),
        new("nanoFramework.System.Math", "1.5.116", "System.Math", Core),
        new("nanoFramework.System.Net", "1.11.60", "System.Net", Core, Events, Text, Streams, Threading),
        new("nanoFramework.System.Device.Wifi", "1.5.149", "System.Device.Wifi", Core, Events, "nanoFramework.System.Net"),
        new("nanoFramework.Networking.Sntp", "1.6.42", "nanoFramework.Networking.Sntp", Core),
        new("nanoFramework.System.Device.Gpio", "1.1.62", "System.Device.Gpio", Core, Events),
        new("nanoFramework.System.Device.I2c", "1.1.29", "System.Device.I2c", Core),
        new("nanoFramework.Hardware.Esp32", "1.6.42", "nanoFramework.Hardware.Esp32", Core, Events),
        new("nanoFramework.Hardware.Esp32.Rmt", "2.0.53", "nanoFramework.Hardware.Esp32.Rmt", Core, Events),
        new("nanoFramework.System.IO.FileSystem", "1.1.93", "System.IO.FileSystem", Core, Events, Streams, Text),
        new("nanoFramework.System.Device.Model", "1.2.862", "System.Device.Model", Core),
        new("nanoFramework.System.Diagnostics.Stopwatch", "1.2.862", "System.Diagnostics.Stopwatch", Core, Native),
        new("nanoFramework.UnitsNet.Temperature", "5.76.15", "UnitsNet.Temperature", Core, "nanoFramework.System.Math"),
        new("nanoFramework.UnitsNet.RelativeHumidity", "5.76.15", "UnitsNet.RelativeHumidity", Core),
        // The newest number of the next package that was seen; that of Tm1637 is its siblings', not seen for itself.
        new("nanoFramework.Iot.Device.Dhtxx.Esp32", "1.2.889", "Iot.Device.Dhtxx.Esp32", Core, Events, Native, "nanoFramework.Hardware.Esp32.Rmt",
            "nanoFramework.System.Device.Gpio", "nanoFramework.System.Device.I2c", "nanoFramework.System.Math", "nanoFramework.System.Device.Model",
            "nanoFramework.System.Diagnostics.Stopwatch", "nanoFramework.UnitsNet.Temperature", "nanoFramework.UnitsNet.RelativeHumidity"),
        new("nanoFramework.Iot.Device.Tm1637", "1.2.862", "Iot.Device.Tm1637", Core, Events, Native, "nanoFramework.System.Device.Gpio"),
        new("nanoFramework.TestFramework", "3.0.80", "nanoFramework.TestFramework", Core),
    ];

    public static DevicePackage OfId(string id) => All.FirstOrDefault(p => p.Id.Equals(id, StringComparison.Ordinal));
}
