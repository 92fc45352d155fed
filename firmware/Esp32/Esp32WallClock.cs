using System;
using IrohLite.Firmware.Net;
using nanoFramework.Networking;

namespace IrohLite.Firmware.Esp32;

/// <summary>The runtime's clock, set by the firmware image's SNTP client.</summary>
internal sealed class Esp32WallClock : IWallClock
{
    // The native setter keeps the pointer it is given, so a server name must be a literal.
    private const string FirstServer = "pool.ntp.org";
    private const string SecondServer = "time.cloudflare.com";

    // Before the first sync the clock counts from 1970.
    private const int FirstPlausibleYear = 2025;
    private const long UnixEpochTicks = 621355968000000000;
    private const long TicksPerSecond = 10000000;

    public bool IsSet => DateTime.UtcNow.Year >= FirstPlausibleYear;

    public long UnixSeconds => (DateTime.UtcNow.Ticks - UnixEpochTicks) / TicksPerSecond;

    public void StartSync()
    {
        Sntp.Stop();
        Sntp.Server1 = FirstServer;
        Sntp.Server2 = SecondServer;
        Sntp.Start();
    }
}
