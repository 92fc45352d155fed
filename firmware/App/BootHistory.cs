using IrohLite.Firmware.Config;

namespace IrohLite.Firmware;

/// <summary>
/// Counts boots, and the short ones among them: boots that did not last a minute. Ten short ones in a row mean safe mode. Kept in
/// flash; one write per boot and one when the minute is reached.
/// </summary>
public sealed class BootHistory
{
    /// <summary>Uptime after which a boot counts as good, in milliseconds.</summary>
    public const long GoodAfterMs = 60000;

    /// <summary>Short boots in a row that lead to safe mode.</summary>
    public const int ShortBootsForSafeMode = 10;

    private const int PayloadBytes = 10;

    private readonly SlotRecord _record;
    private bool _markedGood;

    /// <summary>Loads the history and counts this boot.</summary>
    public BootHistory(ISlotStorage storage, int resetReason)
    {
        _record = new SlotRecord(storage, "boot");
        byte[] payload = new byte[PayloadBytes];
        if (_record.Read(payload, payload.Length) == PayloadBytes)
        {
            Buffers.ByteReader reader = new Buffers.ByteReader(payload, 0, PayloadBytes);
            BootCount = reader.ReadUInt32();
            ShortBoots = (int)reader.ReadUInt32();
            PreviousReason = reader.ReadByte();
        }

        SafeMode = ShortBoots >= ShortBootsForSafeMode;
        BootCount++;
        ShortBoots++;
        Reason = resetReason;
        Save();
    }

    /// <summary>Boots since the flash was new, this one included.</summary>
    public long BootCount { get; private set; }

    /// <summary>Boots in a row that have not lasted a minute, this one included until it has.</summary>
    public int ShortBoots { get; private set; }

    /// <summary>True when this boot is to run WiFi, endpoint and node/0 only.</summary>
    public bool SafeMode { get; }

    /// <summary>Why this boot happened, a ResetReason number.</summary>
    public int Reason { get; }

    /// <summary>Why the boot before happened.</summary>
    public int PreviousReason { get; }

    /// <summary>Call now and then: notes in flash that this boot is a good one, once.</summary>
    public void Update(long uptimeMs)
    {
        if (_markedGood || uptimeMs < GoodAfterMs) return;
        _markedGood = true;
        ShortBoots = 0;
        Save();
    }

    /// <summary>A planned restart is no short boot.</summary>
    public void NotePlannedRestart()
    {
        if (_markedGood) return;
        _markedGood = true;
        ShortBoots = ShortBoots > 0 ? ShortBoots - 1 : 0;
        Save();
    }

    private void Save()
    {
        byte[] payload = new byte[PayloadBytes];
        Buffers.ByteWriter writer = new Buffers.ByteWriter(payload, 0, PayloadBytes);
        writer.WriteUInt32(BootCount);
        writer.WriteUInt32(ShortBoots);
        writer.WriteByte(Reason);
        writer.WriteByte(0);
        _record.Write(payload, PayloadBytes);
    }
}
