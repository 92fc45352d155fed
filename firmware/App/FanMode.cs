namespace IrohLite.Firmware;

/// <summary>Who decides about the fan. Numbers are stable: they travel in <c>irohlite/node/0</c>.</summary>
public static class FanMode
{
    /// <summary>On when the inside temperature reaches the threshold (upstream's smart fan).</summary>
    public const int Threshold = 0;

    /// <summary>On when airing would lower the inside humidity (upstream's dual DHT22 node).</summary>
    public const int Advantage = 1;

    /// <summary>A person decided; lasts until the auto-off time, or until switched back to automatic.</summary>
    public const int Manual = 2;
}
