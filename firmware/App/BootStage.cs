namespace IrohLite.Firmware;

/// <summary>How far the node has come.</summary>
public static class BootStage
{
    /// <summary>Joining a WiFi network.</summary>
    public const int Wifi = 0;

    /// <summary>Waiting for the clock, for a bounded time.</summary>
    public const int Time = 1;

    /// <summary>Loading or making the secret key.</summary>
    public const int Key = 2;

    /// <summary>Binding the endpoint.</summary>
    public const int Endpoint = 3;

    /// <summary>Serving; the relay may still be on its way.</summary>
    public const int Serving = 4;

    /// <summary>A word for the serial port.</summary>
    public static string NameOf(int stage)
    {
        switch (stage)
        {
            case Wifi: return "wifi";
            case Time: return "time";
            case Key: return "key";
            case Endpoint: return "endpoint";
            default: return "serving";
        }
    }
}
