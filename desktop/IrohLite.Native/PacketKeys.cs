using System.Runtime.InteropServices;

namespace IrohLite.Native;

/// <summary>QUIC packet keys behind handles (positive numbers); negative results are statuses of irohlite_crypto.h.</summary>
public static class PacketKeys
{
    /// <summary>Derives the keys of a 32-byte traffic secret and returns their handle; -5 when every slot is taken.</summary>
    public static int Create(byte[] secret, int secretOffset, bool updatable) =>
        Calls.Result(il_packet_keys_create(secret, Calls.Size(secret), secretOffset, updatable ? 1 : 0));

    /// <summary>Key update: next becomes current, current becomes previous.</summary>
    public static int Rotate(int keys, long firstPacketNumber) =>
        Calls.Result(il_packet_keys_rotate(keys, firstPacketNumber));

    /// <summary>Wipes the previous generation.</summary>
    public static int DropPrevious(int keys) =>
        Calls.Result(il_packet_keys_drop_previous(keys));

    /// <summary>Wipes the keys and frees the slot.</summary>
    public static int Release(int keys) =>
        Calls.Result(il_packet_keys_release(keys));

    /// <summary>Opens a packet in place; returns the payload's length, or -1. opened receives number, payload offset, generation.</summary>
    public static int Open(int keys, byte[] buffer, int packetOffset, int packetNumberOffset, int packetEnd, long largestReceived,
        long[] opened) =>
        Calls.Result(il_packet_open(keys, buffer, Calls.Size(buffer), packetOffset, packetNumberOffset, packetEnd, largestReceived,
            opened, Calls.Size(opened)));

    /// <summary>Seals a packet in place; returns payloadEnd + 16.</summary>
    public static int Seal(int keys, byte[] buffer, int packetOffset, int packetNumberOffset, int payloadOffset, int payloadEnd,
        long packetNumber) =>
        Calls.Result(il_packet_seal(keys, buffer, Calls.Size(buffer), packetOffset, packetNumberOffset, payloadOffset, payloadEnd,
            packetNumber));

    /// <summary>The number of taken slots.</summary>
    public static int InUse() =>
        Calls.Result(il_packet_keys_in_use());

    [DllImport(NativeLibraryLoader.Name)]
    private static extern int il_packet_keys_create(byte[] secret, int secretSize, int secretOffset, int updatable);

    [DllImport(NativeLibraryLoader.Name)]
    private static extern int il_packet_keys_rotate(int keys, long firstPacketNumber);

    [DllImport(NativeLibraryLoader.Name)]
    private static extern int il_packet_keys_drop_previous(int keys);

    [DllImport(NativeLibraryLoader.Name)]
    private static extern int il_packet_keys_release(int keys);

    [DllImport(NativeLibraryLoader.Name)]
    private static extern int il_packet_open(int keys, byte[] buffer, int bufferSize, int packetOffset, int packetNumberOffset,
        int packetEnd, long largestReceived, long[] opened, int openedCount);

    [DllImport(NativeLibraryLoader.Name)]
    private static extern int il_packet_seal(int keys, byte[] buffer, int bufferSize, int packetOffset, int packetNumberOffset,
        int payloadOffset, int payloadEnd, long packetNumber);

    [DllImport(NativeLibraryLoader.Name)]
    private static extern int il_packet_keys_in_use();
}
