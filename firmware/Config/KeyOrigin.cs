namespace IrohLite.Firmware.Config;

/// <summary>Where the node's secret key came from.</summary>
public static class KeyOrigin
{
    /// <summary>From wifi.secrets.</summary>
    public const int Configured = 0;

    /// <summary>From flash.</summary>
    public const int Stored = 1;

    /// <summary>Made now, because flash held none: a first boot.</summary>
    public const int Generated = 2;

    /// <summary>Made now, although flash shows that there was one: the old identity is lost, and that is announced.</summary>
    public const int Replaced = 3;

    /// <summary>Made now and not stored, because flash refused: the identity will change at the next boot.</summary>
    public const int Unsaved = 4;
}
