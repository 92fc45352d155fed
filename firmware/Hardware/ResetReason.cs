namespace IrohLite.Firmware.Hardware;

/// <summary>Why the chip started. Numbers are stable: they travel in <c>irohlite/node/0</c>.</summary>
public static class ResetReason
{
    /// <summary>Not known: the native module is absent.</summary>
    public const int Unknown = 0;

    /// <summary>Power was switched on.</summary>
    public const int PowerOn = 1;

    /// <summary>The firmware asked for it.</summary>
    public const int Software = 2;

    /// <summary>A crash of native code.</summary>
    public const int Crash = 3;

    /// <summary>A watchdog fired.</summary>
    public const int Watchdog = 4;

    /// <summary>The supply sagged.</summary>
    public const int BrownOut = 5;

    /// <summary>Woken from deep sleep.</summary>
    public const int DeepSleep = 6;

    /// <summary>The reset pin.</summary>
    public const int External = 7;

    /// <summary>A word for the serial port and for clients.</summary>
    public static string NameOf(int reason)
    {
        switch (reason)
        {
            case PowerOn: return "power on";
            case Software: return "software";
            case Crash: return "crash";
            case Watchdog: return "watchdog";
            case BrownOut: return "brown-out";
            case DeepSleep: return "deep sleep";
            case External: return "external";
            default: return "unknown";
        }
    }
}
