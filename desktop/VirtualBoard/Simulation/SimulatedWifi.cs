using System.Net;
using IrohLite.Firmware.Net;

namespace IrohLite.Desktop.Simulation;

/// <summary>A WiFi station in a world with one access point, which can vanish and return.</summary>
public sealed class SimulatedWifi : IWifiLink
{
    private bool _joined;

    /// <summary>True while the access point is in range.</summary>
    public bool InRange { get; set; } = true;

    /// <summary>Name of the access point; null accepts any name.</summary>
    public string? Ssid { get; set; }

    /// <summary>The address the access point hands out.</summary>
    public IPAddress HandedOut { get; set; } = IPAddress.Loopback;

    /// <inheritdoc />
    public bool HasSignal => IsUp;

    /// <inheritdoc />
    public int SignalDbm => -55;

    /// <inheritdoc />
    public bool IsUp => _joined && InRange;

    /// <inheritdoc />
    public byte[] Address => IsUp ? HandedOut.GetAddressBytes() : null!;

    /// <inheritdoc />
    public string Join(string ssid, string password, int timeoutMs)
    {
        _joined = false;
        if (!InRange || (Ssid != null && Ssid != ssid)) return "network not available";
        _joined = true;
        return null!;
    }
}
