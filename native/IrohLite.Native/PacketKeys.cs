using System.Runtime.CompilerServices;

namespace IrohLite.Native;

/// <summary>QUIC packet keys behind handles (positive numbers); negative results are statuses of irohlite_crypto.h.</summary>
public static class PacketKeys
{
    /// <summary>Derives the keys of a 32-byte traffic secret and returns their handle; -5 when every slot is taken.</summary>
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern int Create(byte[] secret, int secretOffset, bool updatable);

    /// <summary>Key update: next becomes current, current becomes previous.</summary>
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern int Rotate(int keys, long firstPacketNumber);

    /// <summary>Wipes the previous generation.</summary>
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern int DropPrevious(int keys);

    /// <summary>Wipes the keys and frees the slot.</summary>
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern int Release(int keys);

    /// <summary>Opens a packet in place; returns the payload's length, or -1. opened receives number, payload offset, generation.</summary>
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern int Open(int keys, byte[] buffer, int packetOffset, int packetNumberOffset, int packetEnd,
        long largestReceived, long[] opened);

    /// <summary>Seals a packet in place; returns payloadEnd + 16.</summary>
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern int Seal(int keys, byte[] buffer, int packetOffset, int packetNumberOffset, int payloadOffset,
        int payloadEnd, long packetNumber);

    /// <summary>The number of taken slots.</summary>
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern int InUse();
}
