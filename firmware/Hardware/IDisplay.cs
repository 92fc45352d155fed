namespace IrohLite.Firmware.Hardware;

/// <summary>A small display that shows one reading. A display that fails is ignored, never fatal.</summary>
public interface IDisplay
{
    /// <summary>Shows the reading, or dashes where it is not good.</summary>
    void Show(ClimateReading reading);
}
