namespace IrohLite.Firmware.Hardware;

/// <summary>The chip itself: restart, memory, and the watchdog that outlives a stuck runtime.</summary>
public interface IBoardControl
{
    /// <summary>Why the chip started this time, a <see cref="ResetReason"/> number.</summary>
    int ResetReason { get; }

    /// <summary>Free bytes of the managed heap.</summary>
    long HeapFreeBytes { get; }

    /// <summary>Size of the managed heap in bytes.</summary>
    long HeapTotalBytes { get; }

    /// <summary>Collects garbage and compacts the heap.</summary>
    void CollectMemory();

    /// <summary>Feeds the hardware watchdog, where there is one.</summary>
    void FeedWatchdog();

    /// <summary>Restarts the chip; does not return on a board.</summary>
    void Reboot();
}
