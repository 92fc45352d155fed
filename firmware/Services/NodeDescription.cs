using IrohLite.Tickets;

namespace IrohLite.Firmware.Services;

/// <summary>Builds the answers of Describe and Readings from the node's state.</summary>
internal sealed class NodeDescription
{
    private const int PlaceInside = 0;
    private const int PlaceOutside = 1;

    private readonly NodeContext _context;

    internal NodeDescription(NodeContext context)
    {
        _context = context;
    }

    internal PostcardWriter Describe(bool isOwner)
    {
        DevicePlatform platform = _context.Platform;
        SensorSampler sampler = _context.Sampler;
        PostcardWriter writer = new PostcardWriter();
        writer.WriteInteger(NodeOutcome.Ok);
        writer.WriteString("IrohLite node");
        writer.WriteString(NodeContext.FirmwareVersion);
        writer.WriteString(platform.BoardName);
        writer.WriteInteger((platform.Clock.NowMs - _context.BootedAtMs) / 1000);
        writer.WriteByte(_context.Boots.Reason);
        writer.WriteInteger(_context.Boots.BootCount);
        writer.WriteInteger(platform.Board.HeapFreeBytes);
        writer.WriteInteger(platform.Board.HeapTotalBytes);
        NodeCodec.WriteOptional(writer, _context.OnlineRelay);
        writer.WriteByte(_context.OnlineRelay != null ? 1 : 0);
        writer.WriteByte(platform.Wifi.HasSignal ? 1 : 0);
        if (platform.Wifi.HasSignal) NodeCodec.WriteSigned(writer, platform.Wifi.SignalDbm);
        NodeCodec.WriteOptional(writer, platform.WallClock.IsSet ? platform.WallClock.UnixSeconds : -1);
        writer.WriteByte(_context.Boots.SafeMode ? 1 : 0);
        writer.WriteByte(isOwner ? 1 : 0);
        lock (sampler.SyncRoot)
        {
            writer.WriteInteger((sampler.Inside.IsFitted ? 1 : 0) + (sampler.Outside.IsFitted ? 1 : 0));
            WriteSensor(writer, PlaceInside, sampler.Inside);
            WriteSensor(writer, PlaceOutside, sampler.Outside);
        }

        return writer;
    }

    internal PostcardWriter Readings()
    {
        long nowMs = _context.Platform.Clock.NowMs;
        SensorSampler sampler = _context.Sampler;
        PostcardWriter writer = new PostcardWriter();
        writer.WriteInteger(NodeOutcome.Ok);
        lock (sampler.SyncRoot)
        {
            writer.WriteInteger((sampler.Inside.IsFitted ? 1 : 0) + (sampler.Outside.IsFitted ? 1 : 0));
            if (sampler.Inside.IsFitted) NodeCodec.WriteChannel(writer, PlaceInside, sampler.Inside, nowMs);
            if (sampler.Outside.IsFitted) NodeCodec.WriteChannel(writer, PlaceOutside, sampler.Outside, nowMs);
            FanController fan = sampler.Fan;
            writer.WriteByte(fan.IsOn ? 1 : 0);
            writer.WriteByte(fan.Mode);
            writer.WriteString(fan.Reason);
            writer.WriteInteger((long)(fan.ThresholdCelsius * 10f + 0.5f));
            bool ends = fan.Mode == FanMode.Manual && fan.ManualUntilMs != long.MaxValue;
            NodeCodec.WriteOptional(writer, ends ? fan.ManualUntilMs - nowMs : -1);
        }

        return writer;
    }

    private static void WriteSensor(PostcardWriter writer, int place, SensorChannel channel)
    {
        if (!channel.IsFitted) return;
        writer.WriteByte(place);
        writer.WriteString(channel.Model);
        writer.WriteInteger(channel.GoodCount);
        writer.WriteInteger(channel.FaultCount);
    }
}
