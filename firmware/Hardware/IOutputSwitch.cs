namespace IrohLite.Firmware.Hardware;

/// <summary>A power switch: the fan's relay module, whatever its active level.</summary>
public interface IOutputSwitch
{
    /// <summary>True while the load is powered.</summary>
    bool IsOn { get; }

    /// <summary>Powers the load on or off, at once.</summary>
    void Set(bool on);
}
