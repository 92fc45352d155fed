namespace IrohLite.Firmware.Esp32;

/// <summary>GPIO numbers of the Espressif ESP32-DevKitC-VE (WROVER-E); the same as in board.json beside this file.</summary>
internal static class BoardPins
{
    /// <summary>The board's folder name.</summary>
    public const string BoardName = "esp32-devkitc-ve";

    /// <summary>Inside sensor: the pin that records.</summary>
    public const int InsideEcho = 27;

    /// <summary>Inside sensor: the pin that wakes it; tied to the echo pin at the data line.</summary>
    public const int InsideTrigger = 14;

    /// <summary>Outside sensor: the pin that records.</summary>
    public const int OutsideEcho = 26;

    /// <summary>Outside sensor: the pin that wakes it; tied to the echo pin at the data line.</summary>
    public const int OutsideTrigger = 13;

    /// <summary>The relay module of the fan.</summary>
    public const int FanSwitch = 25;

    /// <summary>TM1637 clock.</summary>
    public const int DisplayClock = 32;

    /// <summary>TM1637 data.</summary>
    public const int DisplayData = 33;

    /// <summary>True when a high level powers the fan.</summary>
    public const bool SwitchActiveHigh = true;
}
