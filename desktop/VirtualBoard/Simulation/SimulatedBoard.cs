using IrohLite.Firmware.Hardware;

namespace IrohLite.Desktop.Simulation;

/// <summary>The chip of the virtual board: memory by command, restarts counted.</summary>
public sealed class SimulatedBoard : IBoardControl, IOutputPin
{
    /// <summary>Heap of an ESP32-WROVER under nanoFramework, in bytes.</summary>
    public const long HeapBytes = 3_900_000;

    private long _used = 300_000;

    /// <inheritdoc />
    public int ResetReason { get; set; } = Firmware.Hardware.ResetReason.PowerOn;

    /// <inheritdoc />
    public long HeapFreeBytes => HeapBytes - _used;

    /// <inheritdoc />
    public long HeapTotalBytes => HeapBytes;

    /// <summary>Bytes that a collection would give back.</summary>
    public long GarbageBytes { get; set; }

    /// <summary>Times the watchdog was fed.</summary>
    public long Feeds { get; private set; }

    /// <summary>True once a restart was asked for.</summary>
    public bool RebootAsked { get; set; }

    /// <summary>Level of the fan's pin.</summary>
    public bool PinHigh { get; private set; }

    /// <summary>Takes memory away, as garbage or for good.</summary>
    public void Fill(long bytes, bool isGarbage)
    {
        _used = System.Math.Min(HeapBytes, _used + bytes);
        if (isGarbage) GarbageBytes += bytes;
    }

    /// <summary>Gives back what <see cref="Fill"/> took.</summary>
    public void FreeAll()
    {
        _used = 300_000;
        GarbageBytes = 0;
    }

    /// <inheritdoc />
    public void CollectMemory()
    {
        _used -= GarbageBytes;
        GarbageBytes = 0;
    }

    /// <inheritdoc />
    public void FeedWatchdog() => Feeds++;

    /// <inheritdoc />
    public void Reboot() => RebootAsked = true;

    /// <inheritdoc />
    public void Write(bool high) => PinHigh = high;
}
