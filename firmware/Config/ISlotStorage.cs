namespace IrohLite.Firmware.Config;

/// <summary>
/// A few small named records in flash. A write may be cut by a power loss at any moment: afterwards the slot holds the old bytes, the
/// new bytes, a part of either, or nothing. Slots are independent of each other.
/// </summary>
public interface ISlotStorage
{
    /// <summary>Reads a slot; returns its length, 0 when it is absent or unreadable, and at most <paramref name="capacity"/>.</summary>
    int Read(string slot, byte[] buffer, int capacity);

    /// <summary>Replaces a slot's content. Returns false when the storage refused; the old content may be gone.</summary>
    bool Write(string slot, byte[] buffer, int count);
}
