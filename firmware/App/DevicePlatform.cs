using IrohLite.Crypto;
using IrohLite.Firmware.Config;
using IrohLite.Firmware.Hardware;
using IrohLite.Firmware.Net;
using IrohLite.Platform;

namespace IrohLite.Firmware;

/// <summary>Everything the firmware needs from the board it runs on: filled by the composition root of the ESP32 or of the virtual board.</summary>
public sealed class DevicePlatform
{
    /// <summary>The board's name, as its folder below boards/ is called.</summary>
    public string BoardName { get; set; }

    /// <summary>Uptime.</summary>
    public IClock Clock { get; set; }

    /// <summary>Wall clock.</summary>
    public IWallClock WallClock { get; set; }

    /// <summary>WiFi.</summary>
    public IWifiLink Wifi { get; set; }

    /// <summary>Restart, memory, watchdog.</summary>
    public IBoardControl Board { get; set; }

    /// <summary>Serial output.</summary>
    public ISerialPort Serial { get; set; }

    /// <summary>NVS, or null.</summary>
    public IBlobStore Blobs { get; set; }

    /// <summary>Slots in flash.</summary>
    public ISlotStorage Slots { get; set; }

    /// <summary>Cryptography of the endpoint.</summary>
    public ICryptoProvider Crypto { get; set; }

    /// <summary>A second provider for the publisher's thread, because a provider serves one thread at a time.</summary>
    public ICryptoProvider PublisherCrypto { get; set; }

    /// <summary>Random bytes; true random only while the radio is on.</summary>
    public IRandomSource Random { get; set; }

    /// <summary>Opens relay connections.</summary>
    public IStreamConnector Connector { get; set; }

    /// <summary>Opens the UDP socket for direct dials.</summary>
    public IUdpSocketFactory Udp { get; set; }

    /// <summary>The inside sensor, or null.</summary>
    public IClimateSensor InsideSensor { get; set; }

    /// <summary>The outside sensor, or null.</summary>
    public IClimateSensor OutsideSensor { get; set; }

    /// <summary>The fan's switch.</summary>
    public IOutputSwitch Switch { get; set; }

    /// <summary>The display, or null.</summary>
    public IDisplay Display { get; set; }
}
