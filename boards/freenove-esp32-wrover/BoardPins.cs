namespace IrohLite.Firmware.Esp32;

/// <summary>GPIO numbers of the Freenove ESP32-WROVER (with or without camera); the same as in board.json beside this file.</summary>
internal static class BoardPins
{
    /// <summary>The board's folder name.</summary>
    public const string BoardName = "freenove-esp32-wrover";

    /// <summary>Inside sensor: the pin that records.</summary>
    public const int InsideEcho = 13;

    /// <summary>Inside sensor: the pin that wakes it; tied to the echo pin at the data line.</summary>
    public const int InsideTrigger = 14;

    /// <summary>Outside sensor: the pin that records.</summary>
    public const int OutsideEcho = 33;

    /// <summary>Outside sensor: the pin that wakes it; tied to the echo pin at the data line.</summary>
    public const int OutsideTrigger = 27;

    /// <summary>The relay module of the fan.</summary>
    public const int FanSwitch = 32;

    /// <summary>TM1637 clock.</summary>
    public const int DisplayClock = 18;

    /// <summary>TM1637 data.</summary>
    public const int DisplayData = 19;

    /// <summary>True when a high level powers the fan.</summary>
    public const bool SwitchActiveHigh = true;
}
