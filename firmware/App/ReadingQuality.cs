namespace IrohLite.Firmware;

/// <summary>How far a stored reading may be trusted. Numbers are stable: they travel in <c>irohlite/node/0</c>.</summary>
public static class ReadingQuality
{
    /// <summary>No good reading since boot.</summary>
    public const int None = 0;

    /// <summary>The newest read was good.</summary>
    public const int Fresh = 1;

    /// <summary>The last good reading is recent, but the newest reads failed.</summary>
    public const int Aging = 2;

    /// <summary>The last good reading is too old to act on.</summary>
    public const int Stale = 3;

    /// <summary>A word for the serial port and for clients.</summary>
    public static string NameOf(int quality)
    {
        switch (quality)
        {
            case Fresh: return "fresh";
            case Aging: return "aging";
            case Stale: return "stale";
            default: return "none";
        }
    }
}
