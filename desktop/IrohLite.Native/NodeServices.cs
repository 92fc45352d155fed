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

    /// <summary>Reads the stored 32-byte key; -1 when there is none.</summary>
    public static int ReadKey(byte[] key, int offset) =>
        Calls.Result(il_node_read_key(key, Calls.Size(key), offset));

    /// <summary>Stores a 32-byte key, replacing an earlier one.</summary>
    public static int WriteKey(byte[] key, int offset) =>
        Calls.Result(il_node_write_key(key, Calls.Size(key), offset));

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
    private static extern int il_node_read_key(byte[] key, int keySize, int offset);

    [DllImport(NativeLibraryLoader.Name)]
    private static extern int il_node_write_key(byte[] key, int keySize, int offset);
}
