using IrohLite.Buffers;
using IrohLite.Firmware.Hardware;
using IrohLite.Protocols;
using IrohLite.Text;
using IrohLite.Tickets;

namespace IrohLite.Firmware.Services;

/// <summary>Serves <c>smart-fan/sensor/0</c>. A stale reading is answered as None: the protocol has no field for an age.</summary>
public sealed class SmartFanService : IIrpcService
{
    private readonly NodeContext _context;
    private readonly RefusalLimiter _refusals;

    /// <summary>Serves the node's inside sensor and fan; refusals count in the board's limiter.</summary>
    public SmartFanService(NodeContext context, RefusalLimiter refusals)
    {
        _context = context;
        _refusals = refusals;
    }

    /// <inheritdoc />
    public bool Answer(IrohConnection connection, PostcardReader request, IrpcAnswer answer)
    {
        if (!SmartFanCodec.TryReadRequest(request, out int number)) return false;
        PostcardWriter payload = new PostcardWriter();
        SensorSampler sampler = _context.Sampler;
        if (number == SmartFanCodec.SetThreshold)
        {
            if (!SmartFanCodec.TryReadSetThreshold(request, out string secret, out float threshold)) return false;
            payload.WriteInteger(SetThreshold(secret, threshold));
        }
        else
        {
            lock (sampler.SyncRoot)
            {
                bool usable = sampler.Inside.IsUsable(_context.Platform.Clock.NowMs);
                ClimateReading reading = usable ? sampler.Inside.LastGood : null;
                if (number == SmartFanCodec.GetLatest) SmartFanCodec.WriteReading(payload, reading);
                else SmartFanCodec.WriteStatus(payload, reading, sampler.Fan.IsOn, sampler.Fan.ThresholdCelsius);
            }
        }

        answer.SendLast(payload);
        return true;
    }

    // The secret first, in constant time: a wrong one hides whether the value was in range. While refusals are limited nothing is
    // compared or logged; the protocol has only this one word for it.
    private int SetThreshold(string secret, float threshold)
    {
        long nowMs = _context.Platform.Clock.NowMs;
        if (_refusals.WaitMs(nowMs) > 0) return SmartFanCodec.Unauthorized;
        if (!SecretsEqual(secret, _context.ApiSecret))
        {
            _refusals.Note(nowMs);
            _context.Platform.Serial.WriteLine("rejected SetThreshold: bad API secret");
            return SmartFanCodec.Unauthorized;
        }

        // NaN fails both comparisons.
        if (!(threshold >= SmartFanCodec.MinThreshold && threshold <= SmartFanCodec.MaxThreshold)) return SmartFanCodec.OutOfRange;

        SensorSampler sampler = _context.Sampler;
        lock (sampler.SyncRoot) sampler.Fan.SetThreshold(threshold, sampler.Inside, sampler.Outside, nowMs);
        _context.Platform.Serial.WriteLine("threshold set via API");
        return SmartFanCodec.Ok;
    }

    private static bool SecretsEqual(string given, string expected)
    {
        byte[] left = Utf8.Encode(given);
        byte[] right = Utf8.Encode(expected);
        bool sameLength = left.Length == right.Length;
        // Compares something of the right length in any case, so that the time does not tell the length.
        bool same = Bytes.ConstantTimeEquals(sameLength ? left : right, 0, right, 0, right.Length);
        return same && sameLength;
    }
}
