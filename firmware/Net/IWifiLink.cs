namespace IrohLite.Firmware.Net;

/// <summary>The WiFi station. The firmware of the chip reconnects by itself after a first success; this only joins and reports.</summary>
public interface IWifiLink
{
    /// <summary>True when the signal strength is known.</summary>
    bool HasSignal { get; }

    /// <summary>Signal strength in dBm, where <see cref="HasSignal"/>.</summary>
    int SignalDbm { get; }

    /// <summary>True while the station has an address.</summary>
    bool IsUp { get; }

    /// <summary>The station's IPv4 address as four bytes, or null.</summary>
    byte[] Address { get; }

    /// <summary>Joins a network and waits for an address; null on success, else what failed.</summary>
    string Join(string ssid, string password, int timeoutMs);
}
