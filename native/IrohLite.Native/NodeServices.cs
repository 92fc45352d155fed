using System.Runtime.CompilerServices;

namespace IrohLite.Native;

/// <summary>What a node needs of its chip and managed code cannot reach; codes and limits are those of irohlite_services.h.</summary>
public static class NodeServices
{
    /// <summary>Why the chip last started: 1 power, 3 software, 4 panic, 5 to 7 watchdogs, 8 deep sleep, 9 brown-out; 0 unknown.</summary>
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern int ResetReason();

    /// <summary>Starts the task watchdog: without a feed for that long (1,000 to 600,000 ms) the chip restarts.</summary>
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern int WatchdogStart(int timeoutMs);

    /// <summary>Feeds the task watchdog; -7 when it was not started.</summary>
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern int WatchdogFeed();

    /// <summary>Stops the task watchdog.</summary>
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern int WatchdogStop();

    /// <summary>Signal strength of the connected access point in dBm, always negative; 0 when not connected.</summary>
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern int WifiRssi();

    /// <summary>Reads a named blob of exactly count bytes; -1 when it is absent or of another size. Names: 1 to 15 ASCII bytes.</summary>
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern int ReadBlob(byte[] name, byte[] blob, int offset, int count);

    /// <summary>Stores a named blob of 1 to 256 bytes, replacing an earlier one as a whole.</summary>
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern int WriteBlob(byte[] name, byte[] blob, int offset, int count);
}
