namespace IrohLite.Firmware.Esp32;

/// <summary>GPIO numbers of the Espressif ESP-WROVER-KIT; the same as in board.json beside this file.</summary>
internal static class BoardPins
{
    /// <summary>The board's folder name.</summary>
    public const string BoardName = "esp-wrover-kit";

    /// <summary>Inside sensor: the pin that records.</summary>
    public const int InsideEcho = 26;

    /// <summary>Inside sensor: the pin that wakes it; tied to the echo pin at the data line.</summary>
    public const int InsideTrigger = 13;

    /// <summary>Outside sensor: the pin that records.</summary>
    public const int OutsideEcho = 14;

    /// <summary>Outside sensor: the pin that wakes it; tied to the echo pin at the data line.</summary>
    public const int OutsideTrigger = 21;

    /// <summary>The relay module of the fan.</summary>
    public const int FanSwitch = 27;

    /// <summary>TM1637 clock.</summary>
    public const int DisplayClock = 22;

    /// <summary>TM1637 data.</summary>
    public const int DisplayData = 23;

    /// <summary>True when a high level powers the fan.</summary>
    public const bool SwitchActiveHigh = true;
}
