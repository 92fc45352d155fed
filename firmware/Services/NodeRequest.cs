namespace IrohLite.Firmware.Services;

/// <summary>Request numbers of <c>irohlite/node/0</c> (docs/wire/node.md).</summary>
public static class NodeRequest
{
    /// <summary>What the board is and how it does.</summary>
    public const int Describe = 0;

    /// <summary>Readings with age and quality, and the switch.</summary>
    public const int Readings = 1;

    /// <summary>Switch off, on, or back to automatic.</summary>
    public const int SetSwitch = 2;

    /// <summary>All settings.</summary>
    public const int GetSettings = 3;

    /// <summary>One setting.</summary>
    public const int SetSetting = 4;

    /// <summary>One more owner.</summary>
    public const int AddOwner = 5;

    /// <summary>One owner less.</summary>
    public const int RemoveOwner = 6;

    /// <summary>The highest number.</summary>
    public const int Last = RemoveOwner;
}
