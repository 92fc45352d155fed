using System.Runtime.InteropServices;

namespace IrohLite.Native;

/// <summary>What a node needs of its chip and managed code cannot reach; codes and limits are those of irohlite_services.h.</summary>
public static class NodeServices
{
    /// <summary>Why the chip last started: 1 power, 3 software, 4 panic, 5 to 7 watchdogs, 8 deep sleep, 9 brown-out; 0 unknown.</summary>
    public static int ResetReason() =>
        Calls.Result(il_node_reset_reason());

    /// <summary>Starts the task watchdog: without a feed for that long (1,000 to 600,000 ms) the chip restarts.</summary>
    public static int WatchdogStart(int timeoutMs) =>
        Calls.Result(il_node_watchdog_start(timeoutMs));

    /// <summary>Feeds the task watchdog; -7 when it was not started.</summary>
    public static int WatchdogFeed() =>
        Calls.Result(il_node_watchdog_feed());

    /// <summary>Stops the task watchdog.</summary>
    public static int WatchdogStop() =>
        Calls.Result(il_node_watchdog_stop());

    /// <summary>Signal strength of the connected access point in dBm, always negative; 0 when not connected.</summary>
    public static int WifiRssi() =>
        il_node_wifi_rssi();

    /// <summary>Reads a named blob of exactly count bytes; -1 when it is absent or of another size. Names: 1 to 15 ASCII bytes.</summary>
    public static int ReadBlob(byte[] name, byte[] blob, int offset, int count) =>
        Calls.Result(il_node_read_blob(name, Calls.Size(name), 0, Calls.Size(name), blob, Calls.Size(blob), offset, count));

    /// <summary>Stores a named blob of 1 to 256 bytes, replacing an earlier one as a whole.</summary>
    public static int WriteBlob(byte[] name, byte[] blob, int offset, int count) =>
        Calls.Result(il_node_write_blob(name, Calls.Size(name), 0, Calls.Size(name), blob, Calls.Size(blob), offset, count));

    [DllImport(NativeLibraryLoader.Name)]
    private static extern int il_node_reset_reason();

    [DllImport(NativeLibraryLoader.Name)]
    private static extern int il_node_watchdog_start(int timeoutMs);

    [DllImport(NativeLibraryLoader.Name)]
    private static extern int il_node_watchdog_feed();

    [DllImport(NativeLibraryLoader.Name)]
    private static extern int il_node_watchdog_stop();

    [DllImport(NativeLibraryLoader.Name)]
    private static extern int il_node_wifi_rssi();

    [DllImport(NativeLibraryLoader.Name)]
    private static extern int il_node_read_blob(byte[] name, int nameSize, int nameOffset, int nameCount, byte[] blob, int blobSize,
        int blobOffset, int blobCount);

    [DllImport(NativeLibraryLoader.Name)]
    private static extern int il_node_write_blob(byte[] name, int nameSize, int nameOffset, int nameCount, byte[] blob, int blobSize,
        int blobOffset, int blobCount);
}
