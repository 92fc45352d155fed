using IrohLite.Buffers;
using IrohLite.Discovery;
using IrohLite.Firmware.Config;

namespace IrohLite.Firmware.Net;

/// <summary>Keeps the newest announced timestamp in flash: it rises even over a reboot with a wrong clock.</summary>
public sealed class PublishStamp : IPublishStamp
{
    private readonly SlotRecord _record;

    /// <summary>Loads the stamp.</summary>
    public PublishStamp(ISlotStorage storage)
    {
        _record = new SlotRecord(storage, "publish");
        byte[] payload = new byte[8];
        if (_record.Read(payload, 8) == 8 && new ByteReader(payload, 0, 8).TryReadUInt64(out long micros)) LastMicros = micros;
    }

    /// <inheritdoc />
    public long LastMicros { get; private set; }

    /// <inheritdoc />
    public void Save(long micros)
    {
        LastMicros = micros;
        byte[] payload = new byte[8];
        new ByteWriter(payload, 0, 8).WriteUInt64(micros);
        _record.Write(payload, 8);
    }
}
