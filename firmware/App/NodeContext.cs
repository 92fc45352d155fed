using IrohLite.Firmware.Config;

namespace IrohLite.Firmware;

/// <summary>What the services share: the board, its settings and its state.</summary>
public sealed class NodeContext
{
    /// <summary>Firmware version, shown to clients.</summary>
    public const string FirmwareVersion = "IrohLite 0.1.0";

    /// <summary>Builds the shared state; counts this boot in flash.</summary>
    public NodeContext(DevicePlatform platform, DeviceSettings settings)
    {
        Platform = platform;
        Settings = settings;
        Boots = new BootHistory(platform.Slots, platform.Board.ResetReason);
        Owners = new OwnerList(settings.Owners, platform.Slots);
        OwnerSettings = new OwnerSettings(settings, platform.Slots);
        SensorChannel inside = new SensorChannel(platform.InsideSensor);
        SensorChannel outside = new SensorChannel(platform.OutsideSensor);
        FanController fan = new FanController(platform.Switch, settings.AutomaticFanMode, settings.FanMinOnMs, settings.FanMinOffMs);
        long nowMs = platform.Clock.NowMs;
        BootedAtMs = nowMs;
        fan.SetThreshold(OwnerSettings.ThresholdTenths / 10f, inside, outside, nowMs);
        int recordEvery = settings.RecordSeconds * 1000 / (int)SamplePeriodMs;
        Sampler = new SensorSampler(inside, outside, fan, SamplePeriodMs, recordEvery < 1 ? 1 : recordEvery, nowMs);
    }

    /// <summary>Time between samples in milliseconds, as upstream's firmware takes them.</summary>
    public const long SamplePeriodMs = 2000;

    /// <summary>Clock reading at boot, in milliseconds: the clock minus this is the uptime.</summary>
    public long BootedAtMs { get; }

    /// <summary>The board.</summary>
    public DevicePlatform Platform { get; }

    /// <summary>The configuration.</summary>
    public DeviceSettings Settings { get; }

    /// <summary>Boots and reset reasons.</summary>
    public BootHistory Boots { get; }

    /// <summary>Who may control the board.</summary>
    public OwnerList Owners { get; }

    /// <summary>Settings changed over the wire.</summary>
    public OwnerSettings OwnerSettings { get; }

    /// <summary>Sensors, fan and log; lock its SyncRoot.</summary>
    public SensorSampler Sampler { get; }

    /// <summary>The smart-fan protocol's secret; set by the key stage.</summary>
    public string ApiSecret { get; set; }

    /// <summary>The home relay's URL while it is online, else null.</summary>
    public string OnlineRelay { get; set; }
}
