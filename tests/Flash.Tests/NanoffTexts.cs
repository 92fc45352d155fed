namespace Flash.Tests;

/// <summary>What nanoff 2.5 prints, written after its source; no board has been attached to record it.</summary>
internal static class NanoffTexts
{
    public const string Version = ".NET nanoFramework Firmware Flasher v2.5.162+0f1e2d3c4b\nCopyright (C) 2019 .NET Foundation and nanoFramework project contributors\n";

    public const string PortBusy = "******************** EXCEPTION ******************\nException occurred while trying to open <COM3>:\nAccess to the path 'COM3' is denied.\n"
        + "*************************************************\n\nError E4005: Failed to open specified COM port.\n";

    public const string PortMissing = "Error E6000: Couldn't open serial device. Make sure the COM port exists, that the device is connected and that it's not being used by another application.\n";

    public const string NoBootloader = "Reading details from chip...\nCan't connect to ESP32 bootloader. Try to put the board in bootloader manually.\n\nError E4000: Error executing esptool command.\n";

    public const string WriteFailed = "Erasing flash...\nError E4003: Failed to write new firmware to ESP32.\n";

    public const string NoDownload = "Error E9007: Error downloading firmware file.\n";

    public const string Deployed = "Flash write complete.\n";

    public static string Details(string chip = "ESP32 (ESP32-D0WD-V3 (revision v3.1))", string psram = "4MB") =>
        "Reading details from chip...OK\n\nConnected to:\n" + chip + "\nFeatures Wi-Fi, BT, Dual Core + LP Core, 240MHz, Vref calibration in eFuse, Coding Scheme None\n"
        + "Flash size 4MB GIGABYTE_GD25Q32 from GIGADEVICE (manufacturer 0xC8 device 0x4016)\nPSRAM: " + psram + "\nCrystal 40MHz\nMAC 24:0A:C4:12:34:56\n\n";
}
