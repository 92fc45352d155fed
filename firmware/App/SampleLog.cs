using IrohLite.Firmware.Hardware;

namespace IrohLite.Firmware;

/// <summary>
/// The newest 1,440 records in a ring of primitive arrays. Ids start at 0 with each boot and rise by one; the oldest record gives
/// way. A sensor that had no usable value is stored as absent.
/// </summary>
public sealed class SampleLog
{
    /// <summary>Records kept.</summary>
    public const int Capacity = 1440;

    private const byte HasInside = 1;
    private const byte HasOutside = 2;
    private const byte FanOn = 4;

    private readonly long[] _unixSeconds = new long[Capacity];
    private readonly short[] _insideTemperature = new short[Capacity];
    private readonly short[] _insideHumidity = new short[Capacity];
    private readonly short[] _outsideTemperature = new short[Capacity];
    private readonly short[] _outsideHumidity = new short[Capacity];
    private readonly byte[] _flags = new byte[Capacity];

    /// <summary>The id the next record will get: also the number of records appended since boot.</summary>
    public long NextId { get; private set; }

    /// <summary>The id of the oldest record kept; equals <see cref="NextId"/> while the log is empty.</summary>
    public long OldestId => NextId > Capacity ? NextId - Capacity : 0;

    /// <summary>Appends a record; a null reading, or one that is not good, is stored as absent.</summary>
    public void Append(long unixSeconds, ClimateReading inside, ClimateReading outside, bool fanOn)
    {
        int slot = (int)(NextId % Capacity);
        _unixSeconds[slot] = unixSeconds;
        byte flags = 0;
        if (inside != null && inside.IsGood)
        {
            flags |= HasInside;
            _insideTemperature[slot] = (short)inside.TemperatureTenths;
            _insideHumidity[slot] = (short)inside.HumidityTenths;
        }

        if (outside != null && outside.IsGood)
        {
            flags |= HasOutside;
            _outsideTemperature[slot] = (short)outside.TemperatureTenths;
            _outsideHumidity[slot] = (short)outside.HumidityTenths;
        }

        if (fanOn) flags |= FanOn;
        _flags[slot] = flags;
        NextId++;
    }

    /// <summary>Copies a record out; false when the id is not kept (too old, or not yet written).</summary>
    public bool TryGet(long id, SampleRecord record)
    {
        if (id < OldestId || id >= NextId) return false;
        int slot = (int)(id % Capacity);
        record.Id = id;
        record.UnixSeconds = _unixSeconds[slot];
        record.HasInside = (_flags[slot] & HasInside) != 0;
        record.InsideTemperatureTenths = _insideTemperature[slot];
        record.InsideHumidityTenths = _insideHumidity[slot];
        record.HasOutside = (_flags[slot] & HasOutside) != 0;
        record.OutsideTemperatureTenths = _outsideTemperature[slot];
        record.OutsideHumidityTenths = _outsideHumidity[slot];
        record.FanOn = (_flags[slot] & FanOn) != 0;
        return true;
    }
}
