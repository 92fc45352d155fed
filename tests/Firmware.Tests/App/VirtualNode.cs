using System.Collections.Generic;
using System.Linq;
using IrohLite.Crypto;
using IrohLite.Firmware;
using IrohLite.Firmware.Config;
using IrohLite.Firmware.Hardware;
using IrohLite.Firmware.Net;
using IrohLite.Identity;
using IrohLite.Platform;
using IrohLite.Desktop.Simulation;
using Firmware.Tests.Config;
using Xunit;

namespace Firmware.Tests.App;

/// <summary>Uptime that moves only when the test says so.</summary>
internal sealed class ManualClock : IClock
{
    public long NowMs { get; set; }
}

/// <summary>An endpoint whose relay connects when the test says so.</summary>
internal sealed class FakeNodeEndpoint : INodeEndpoint
{
    private SecretKey _key;
    private RelayUrl _relay;

    public HashSet<string> ReachableRelays { get; } = new();

    public int Starts { get; private set; }

    public int Stops { get; private set; }

    public bool IsStarted { get; private set; }

    public int ConnectionCount { get; set; }

    public bool IsRelayOnline => IsStarted && _relay != null && ReachableRelays.Contains(_relay.ToString());

    public string RelayStatus => IsRelayOnline ? "online" : "refused";

    public EndpointAddr Address
    {
        get
        {
            EndpointAddr address = new(_key.Id);
            address.AddIp(new byte[] { 127, 0, 0, 1 }, 4433);
            if (IsRelayOnline) address.AddRelay(_relay);
            return address;
        }
    }

    public void Start(SecretKey key, RelayUrl relay, byte[] lanAddress)
    {
        Assert.False(IsStarted);
        (_key, _relay, IsStarted) = (key, relay, true);
        Starts++;
    }

    public void Stop()
    {
        if (IsStarted) Stops++;
        IsStarted = false;
    }
}

/// <summary>A publisher that accepts at once.</summary>
internal sealed class FakePublisher : INodePublisher
{
    public string Status => "fake";

    public bool IsPublished => Newest != null;

    public EndpointAddr Newest { get; private set; }

    public void Update(SecretKey key, EndpointAddr addr) => Newest = addr;
}

/// <summary>The firmware's own code on simulated hardware and virtual time; a reboot keeps the flash.</summary>
internal sealed class VirtualNode : ISerialPort
{
    public readonly ManualClock Clock = new();
    public readonly SimulatedWifi Wifi = new();
    public readonly SimulatedBoard Board = new();
    public readonly SimulatedFlash Flash = new();
    public readonly FakeNodeEndpoint Endpoint = new();
    public readonly FakePublisher Publisher = new();
    public readonly SimulatedWallClock WallClock;
    public readonly SimulatedDht22 Inside;
    public readonly SimulatedDht22 Outside;
    public readonly List<string> Lines = new();
    private readonly CountingRandom _random = new();
    private readonly string[] _secrets;

    public VirtualNode(params string[] secrets)
    {
        _secrets = secrets.Length > 0 ? secrets : new[] { "SSID=home", "PASSWORD=correct horse", "RELAY=http://127.0.0.1:3340/" };
        WallClock = new SimulatedWallClock(Clock, 1_790_000_000);
        Inside = new SimulatedDht22(new SimulatedClimate(21, 3, 50), Clock, 1, 0.02);
        Outside = new SimulatedDht22(new SimulatedClimate(9, 6, 70), Clock, 2, 0.02);
        Endpoint.ReachableRelays.Add("http://127.0.0.1:3340/");
        Boot();
    }

    public NodeContext Context { get; private set; }

    public FirmwareApp App { get; private set; }

    public int Reboots { get; private set; }

    public int Stage => App.Stage;

    public void WriteLine(string line) => Lines.Add(line);

    public bool Printed(string part) => Lines.Any(l => l.Contains(part));

    /// <summary>Starts the firmware as after a reset: new objects, same flash and same chip.</summary>
    public void Boot()
    {
        ICryptoProvider crypto = new DesktopCryptoProvider();
        Assert.True(DeviceSettings.TryParse(_secrets, crypto, out DeviceSettings settings, out string error), error);
        DevicePlatform platform = new()
        {
            BoardName = "virtual", Clock = Clock, WallClock = WallClock, Wifi = Wifi, Board = Board, Serial = this, Slots = Flash,
            Crypto = crypto, PublisherCrypto = crypto, Random = _random, InsideSensor = new Dht22Sensor(Inside), OutsideSensor = new Dht22Sensor(Outside),
            Switch = new PowerSwitch(Board, true),
        };
        Context = new NodeContext(platform, settings);
        App = new FirmwareApp(Context, Endpoint, Publisher);
    }

    /// <summary>Lets virtual time pass; restarts the board when the firmware asks for it.</summary>
    public void Run(long milliseconds)
    {
        long end = Clock.NowMs + milliseconds;
        while (Clock.NowMs < end)
        {
            long wait = App.Step();
            Clock.NowMs += System.Math.Max(1, wait);
            if (App.RestartReason == null) continue;
            App.Shutdown(App.RestartReason);
            Reboots++;
            Board.ResetReason = ResetReason.Software;
            Boot();
        }
    }

    public void RunUntil(System.Func<bool> condition, long limitMs, string what)
    {
        long start = Clock.NowMs;
        while (!condition())
        {
            Assert.True(Clock.NowMs - start <= limitMs, $"{what}: not within {limitMs} ms; stage {BootStage.NameOf(Stage)}");
            Run(50);
        }
    }
}
