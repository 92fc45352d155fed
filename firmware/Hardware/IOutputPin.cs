namespace IrohLite.Firmware.Hardware;

/// <summary>A pin that can be driven high or low.</summary>
public interface IOutputPin
{
    /// <summary>Drives the pin.</summary>
    void Write(bool high);
}
