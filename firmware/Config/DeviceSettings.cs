using IrohLite.Crypto;
using IrohLite.Identity;

namespace IrohLite.Firmware.Config;

/// <summary>
/// What a board owner configures, checked. The same object is made at build time, to stop the build on a bad entry, and at boot
/// from the generated source. Secrets among the fields are never printed.
/// </summary>
public sealed class DeviceSettings
{
    /// <summary>Most home relays, tried in order.</summary>
    public const int MaxRelays = 4;

    /// <summary>n0's public relays, the default.</summary>
    public const string DefaultRelays =
        "https://euc1-1.relay.n0.iroh.link./,https://use1-1.relay.n0.iroh.link./,https://usw1-1.relay.n0.iroh.link./,https://aps1-1.relay.n0.iroh.link./";

    /// <summary>Names of the WiFi networks, tried in turn.</summary>
    public string[] Ssids { get; internal set; }

    /// <summary>Their passwords; empty for an open network.</summary>
    public string[] Passwords { get; internal set; }

    /// <summary>The configured secret key, or null: the board makes its own.</summary>
    public SecretKey SecretKey { get; internal set; }

    /// <summary>Home relays, tried in order; empty for a board that is used on its LAN only.</summary>
    public RelayUrl[] Relays { get; internal set; }

    /// <summary>Access token for the relays, or null.</summary>
    public string RelayToken { get; internal set; }

    /// <summary>The secret of the smart-fan protocol, or null: the board makes its own.</summary>
    public string ApiSecret { get; internal set; }

    /// <summary>Endpoint ids that may control the board.</summary>
    public EndpointId[] Owners { get; internal set; }

    /// <summary>True when only owners may read.</summary>
    public bool ReadingForOwnersOnly { get; internal set; }

    /// <summary>FanMode.Threshold or FanMode.Advantage.</summary>
    public int AutomaticFanMode { get; internal set; }

    /// <summary>Shortest automatic on time in milliseconds.</summary>
    public long FanMinOnMs { get; internal set; }

    /// <summary>Shortest automatic off time in milliseconds.</summary>
    public long FanMinOffMs { get; internal set; }

    /// <summary>Inside sensor: dht22, dht21, dht12, dht11 or none.</summary>
    public string InsideSensor { get; internal set; }

    /// <summary>Outside sensor: dht22, dht21, dht12, dht11 or none.</summary>
    public string OutsideSensor { get; internal set; }

    /// <summary>True when a TM1637 display is fitted.</summary>
    public bool HasDisplay { get; internal set; }

    /// <summary>UDP port for direct dials; 0 lets the system choose.</summary>
    public int UdpPort { get; internal set; }

    /// <summary>Seconds between log records.</summary>
    public int RecordSeconds { get; internal set; }

    /// <summary>True when the relay address is published, so that the short ticket can be dialled.</summary>
    public bool Publish { get; internal set; }

    /// <summary>Address of the publishing server.</summary>
    public string PublishUrl { get; internal set; }

    /// <summary>True when the LAN address is published as well.</summary>
    public bool PublishLan { get; internal set; }

    /// <summary>
    /// Reads entries of the form KEY=VALUE.
    /// </summary>
    /// <param name="entries">The lines of wifi.secrets, comments and empty lines included.</param>
    /// <param name="crypto">Checks keys and ids.</param>
    /// <param name="settings">The settings, or null.</param>
    /// <param name="error">Null, or which line is wrong and how to mend it; never a value of a secret.</param>
    public static bool TryParse(string[] entries, ICryptoProvider crypto, out DeviceSettings settings, out string error)
    {
        SettingsParser parser = new SettingsParser(entries, crypto);
        settings = parser.Parse();
        error = parser.Error;
        return settings != null;
    }
}
