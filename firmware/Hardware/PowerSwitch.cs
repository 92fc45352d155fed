namespace IrohLite.Firmware.Hardware;

/// <summary>The fan's relay module on one pin. The board says whether high or low powers the load; the safe state, off, is driven at once.</summary>
public sealed class PowerSwitch : IOutputSwitch
{
    private readonly IOutputPin _pin;
    private readonly bool _activeHigh;

    /// <summary>Takes the pin and drives the load off.</summary>
    public PowerSwitch(IOutputPin pin, bool activeHigh)
    {
        _pin = pin;
        _activeHigh = activeHigh;
        Set(false);
    }

    /// <inheritdoc />
    public bool IsOn { get; private set; }

    /// <inheritdoc />
    public void Set(bool on)
    {
        _pin.Write(on == _activeHigh);
        IsOn = on;
    }
}
