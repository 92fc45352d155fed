using IrohLite.Buffers;
using IrohLite.Crypto;

namespace IrohLite.Firmware.Config;

/// <summary>
/// Keeps the 32-byte secret key in flash: in NVS where the native module offers it, and always in two alternating slots as well, so
/// that either alone restores the other. A marker record, written together with the key, tells a first boot from a lost key:
/// a lost key is never silently replaced.
/// </summary>
public sealed class KeyStore
{
    /// <summary>Size of the key in bytes.</summary>
    public const int KeyBytes = 32;

    private const string BlobName = "iroh_secret";

    private readonly IBlobStore _blobs;
    private readonly SlotRecord _record;
    private readonly SlotRecord _marker;

    /// <summary>Uses the given storages; <paramref name="blobs"/> may be null.</summary>
    public KeyStore(IBlobStore blobs, ISlotStorage slots)
    {
        _blobs = blobs;
        _record = new SlotRecord(slots, "key");
        _marker = new SlotRecord(slots, "keymark");
    }

    /// <summary>
    /// Loads the key, or makes one. Call it only after the radio is on: the hardware random source is true random only then.
    /// </summary>
    /// <returns>A <see cref="KeyOrigin"/> other than Configured.</returns>
    public int LoadOrCreate(byte[] key, IRandomSource random)
    {
        bool found = _record.Read(key, KeyBytes) == KeyBytes;
        int copies = _record.ValidSlots;
        if (!found && _blobs != null) found = _blobs.TryGet(BlobName, key, KeyBytes);
        if (found)
        {
            StoreEverywhere(key, copies);
            return KeyOrigin.Stored;
        }

        byte[] mark = new byte[1];
        bool hadKey = _marker.Read(mark, 1) == 1;
        random.Fill(key, 0, KeyBytes);
        if (!StoreEverywhere(key, 0)) return KeyOrigin.Unsaved;
        return hadKey ? KeyOrigin.Replaced : KeyOrigin.Generated;
    }

    // Both slots, NVS and the marker; heals whatever a power cut or a formatted partition took away.
    private bool StoreEverywhere(byte[] key, int copies)
    {
        bool saved = copies > 0;
        for (; copies < 2; copies++) saved |= _record.Write(key, KeyBytes);
        saved |= CopyToBlobs(key);

        byte[] mark = new byte[1];
        if (saved && _marker.Read(mark, 1) != 1)
        {
            mark[0] = 1;
            _marker.Write(mark, 1);
        }

        return saved;
    }

    private bool CopyToBlobs(byte[] key)
    {
        if (_blobs == null) return false;
        byte[] stored = new byte[KeyBytes];
        bool present = _blobs.TryGet(BlobName, stored, KeyBytes) && Bytes.ConstantTimeEquals(stored, 0, key, 0, KeyBytes);
        Bytes.Wipe(stored, 0, KeyBytes);
        return present || _blobs.Set(BlobName, key, KeyBytes);
    }
}
