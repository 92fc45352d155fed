using IrohLite.Firmware.Config;
using IrohLite.Firmware.Net;
using IrohLite.Identity;
using IrohLite.Tickets;

namespace IrohLite.Firmware;

/// <summary>
/// The node: WiFi, time, key, endpoint, services, one stage per method, each with a bounded wait and a serial line; then sampling,
/// supervision and a status line a minute. <see cref="Step"/> does what is due and tells when to come back, so that the same
/// code runs on the board's main thread and in simulated time.
/// </summary>
public sealed class FirmwareApp
{
    /// <summary>Longest wait for the clock, in milliseconds; without it certificates cannot be checked yet and the relay link is retried.</summary>
    public const long TimeTimeoutMs = 30000;

    /// <summary>Time a relay gets to accept us before the next one of the list is tried, in milliseconds.</summary>
    public const long RelayTurnMs = 20000;

    /// <summary>Longest pause between two steps, in milliseconds.</summary>
    public const long TickMs = 250;

    private readonly NodeContext _context;
    private readonly DevicePlatform _platform;
    private readonly INodeEndpoint _endpoint;
    private readonly INodePublisher _publisher;
    private readonly WifiJoiner _joiner;
    private readonly Supervisor _supervisor;
    private readonly StatusReport _report;
    private SecretKey _key;
    private byte[] _address;
    private long _stageStartMs;
    private long _relayTurnStartMs;
    private int _relay;
    private bool _wasOnline;
    private bool _wasPublished;

    /// <summary>Builds the node around its endpoint and its publisher.</summary>
    public FirmwareApp(NodeContext context, INodeEndpoint endpoint, INodePublisher publisher)
    {
        _publisher = publisher;
        _context = context;
        _platform = context.Platform;
        _endpoint = endpoint;
        _joiner = new WifiJoiner(_platform.Wifi, _platform.Clock, context.Settings.Ssids, context.Settings.Passwords);
        long nowMs = _platform.Clock.NowMs;
        _supervisor = new Supervisor(_platform.Board, context.Settings.Relays.Length > 0, nowMs);
        _report = new StatusReport(context, endpoint, nowMs);
        if (context.Boots.SafeMode) Print("Safe mode after " + (context.Boots.ShortBoots - 1).ToString() + " short boots: irohlite/node/0 only");
    }

    /// <summary>The stage the node is in, a <see cref="BootStage"/> number.</summary>
    public int Stage { get; private set; }

    /// <summary>Why a restart is due, or null. The caller restarts the board after <see cref="Shutdown"/>.</summary>
    public string RestartReason { get; private set; }

    private RelayUrl HomeRelay => _context.Settings.Relays.Length == 0 ? null : _context.Settings.Relays[_relay];

    /// <summary>Does what is due; returns the milliseconds to wait before the next call.</summary>
    public long Step()
    {
        switch (Stage)
        {
            case BootStage.Wifi: JoinWifi(); break;
            case BootStage.Time: WaitForTime(); break;
            case BootStage.Key: LoadKey(); break;
            case BootStage.Endpoint: StartEndpoint(); break;
            default: Serve(); break;
        }

        long nowMs = _platform.Clock.NowMs;
        if (_context.Sampler.RunIfDue(nowMs, _platform.WallClock.UnixSeconds)) _report.AfterSample();
        _context.Boots.Update(nowMs - _context.BootedAtMs);
        RestartReason = RestartReason ?? _supervisor.Check(_endpoint.IsRelayOnline, nowMs);
        _report.PrintWhenDue(nowMs);

        long untilSampleMs = _context.Sampler.NextDueMs - nowMs;
        if (untilSampleMs < 0) untilSampleMs = 0;
        return untilSampleMs < TickMs ? untilSampleMs : TickMs;
    }

    /// <summary>Safe state and an orderly goodbye: fan off, connections closed with code 0.</summary>
    public void Shutdown(string reason)
    {
        Print("Stopping: " + reason);
        lock (_context.Sampler.SyncRoot) _context.Sampler.Fan.SafeState("shutdown", _platform.Clock.NowMs);
        _endpoint.Stop();
        _context.Boots.NotePlannedRestart();
    }

    private void JoinWifi()
    {
        if (!_platform.Wifi.IsUp)
        {
            if (_platform.Clock.NowMs < _joiner.NextTryMs) return;
            string failure = _joiner.TryOnce();
            Print("Connecting to WiFi network: " + _joiner.Ssid);
            if (failure != null)
            {
                Print("WiFi failed: " + failure);
                return;
            }
        }

        _address = _platform.Wifi.Address;
        if (_address == null) return;
        Print("WiFi connected: " + TextOf(_address));
        if (!_platform.WallClock.IsSet)
        {
            Print("Starting SNTP time sync...");
            _platform.WallClock.StartSync();
        }

        MoveTo(BootStage.Time);
    }

    private void WaitForTime()
    {
        bool isSet = _platform.WallClock.IsSet;
        if (!isSet && _platform.Clock.NowMs - _stageStartMs < TimeTimeoutMs) return;
        Print(isSet ? "SNTP synced" : "SNTP sync timed out after 30s, continuing anyway");
        MoveTo(_key == null ? BootStage.Key : BootStage.Endpoint);
    }

    private void LoadKey()
    {
        KeyStage stage = new KeyStage(_context);
        _key = stage.Run();
        MoveTo(BootStage.Endpoint);
    }

    private void StartEndpoint()
    {
        if (LostWifi()) return;
        try
        {
            _endpoint.Start(_key, HomeRelay, _address);
        }
        catch (IrohException failure)
        {
            Print("Endpoint failed: " + failure.Message);
            _endpoint.Stop();
            MoveTo(BootStage.Wifi);
            return;
        }

        _relayTurnStartMs = _platform.Clock.NowMs;
        _wasOnline = false;
        _report.PrintIdentity(_key.Id);
        if (HomeRelay == null) Print("  Long ticket:  " + EndpointTicket.Encode(_endpoint.Address));
        MoveTo(BootStage.Serving);
    }

    private void Serve()
    {
        if (LostWifi() || HomeRelay == null) return;
        bool isAnnounced = _context.OnlineRelay != null && _context.OwnerSettings.Publish && _platform.WallClock.IsSet;
        _publisher.Update(_key, isAnnounced ? _endpoint.Address : null);
        AnnouncePublishing();
        bool online = _endpoint.IsRelayOnline;
        if (online != _wasOnline)
        {
            _wasOnline = online;
            _context.OnlineRelay = online ? HomeRelay.ToString() : null;
            Print(online ? "Relay online: " + _context.OnlineRelay : "Relay lost: " + _endpoint.RelayStatus);
            if (online) Print("  Long ticket:  " + EndpointTicket.Encode(_endpoint.Address));
        }

        // Another relay means another endpoint: not while somebody on the LAN is connected.
        long nowMs = _platform.Clock.NowMs;
        if (online || _endpoint.ConnectionCount > 0) _relayTurnStartMs = nowMs;
        if (_context.Settings.Relays.Length > 1 && nowMs - _relayTurnStartMs >= RelayTurnMs)
        {
            Print("Relay not reached: " + _endpoint.RelayStatus + "; trying the next one");
            _relay = (_relay + 1) % _context.Settings.Relays.Length;
            _endpoint.Stop();
            MoveTo(BootStage.Endpoint);
        }
    }

    private void AnnouncePublishing()
    {
        if (_publisher.IsPublished == _wasPublished) return;
        _wasPublished = _publisher.IsPublished;
        Print(_wasPublished ? "The short ticket can be dialled: " + _publisher.Status : "The short ticket can no longer be dialled: " + _publisher.Status);
    }

    // All sockets die with the address; they are built again when it returns.
    private bool LostWifi()
    {
        byte[] address = _platform.Wifi.IsUp ? _platform.Wifi.Address : null;
        if (address != null && TextOf(address) == TextOf(_address)) return false;
        Print(address == null ? "WiFi disconnected - reconnecting" : "WiFi address changed");
        _endpoint.Stop();
        _context.OnlineRelay = null;
        _publisher.Update(_key, null);
        MoveTo(BootStage.Wifi);
        return true;
    }

    private void MoveTo(int stage)
    {
        Stage = stage;
        _stageStartMs = _platform.Clock.NowMs;
    }

    private void Print(string line) => _platform.Serial.WriteLine(line);

    private static string TextOf(byte[] address) =>
        address[0].ToString() + "." + address[1].ToString() + "." + address[2].ToString() + "." + address[3].ToString();
}
