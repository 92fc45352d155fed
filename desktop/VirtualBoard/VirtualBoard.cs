using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text.RegularExpressions;
using System.Threading;
using IrohLite.Crypto;
using IrohLite.Firmware;
using IrohLite.Firmware.Config;
using IrohLite.Firmware.Hardware;
using IrohLite.Firmware.Net;
using IrohLite.Identity;
using IrohLite.Platform;
using IrohLite.Text;
using IrohLite.Tickets;

namespace IrohLite.Desktop;

/// <summary>
/// A board without hardware: the firmware's own code (the same FirmwareApp, the same services) in a simulated world, on one thread
/// as on the ESP32. A restart builds the firmware anew; the world and its flash stay.
/// </summary>
public sealed class VirtualBoard : ISerialPort, IDisposable
{
    // Less than a second on a computer that has nothing else to do.
    private const int BootMs = 30_000;
    private const int OrderCheckMs = 100;

    private readonly BlockingCollection<Action> _orders = new();
    private readonly EndpointSetup _setup;
    private readonly DeviceSettings _settings;
    private readonly TextWriter _serial;
    private readonly SerialLog _log;
    private readonly Thread _thread;
    private volatile NodeEndpoint _endpoint;
    private volatile FirmwareApp _app;
    private volatile NodePublisher _publisher;
    private volatile bool _stopping;

    private VirtualBoard(EndpointSetup setup, BoardChoices choices, TextWriter serial, TextWriter trouble)
    {
        (_setup, _serial, _log) = (setup, serial, new SerialLog(serial, trouble));
        World = new BoardWorld(choices, setup.Udp);
        _settings = Configure(setup, choices);
        (Context, _endpoint, _publisher, _app) = Boot();
        _thread = new Thread(Run) { IsBackground = true, Name = "virtual board" };
    }

    /// <summary>The world, for orders: change it only inside <see cref="Order"/>.</summary>
    public BoardWorld World { get; }

    /// <summary>State of the running firmware.</summary>
    public NodeContext Context { get; private set; }

    /// <summary>True while the firmware serves and its relay, where it has one, is online.</summary>
    public bool IsServing => _app.Stage == BootStage.Serving && (_settings.Relays.Length == 0 || Context.OnlineRelay != null);

    /// <summary>The ticket that holds only the id.</summary>
    public string ShortTicket => EndpointTicket.Encode(new EndpointAddr(Address.Id));

    /// <summary>The ticket with the relay, once it is online, and the LAN address.</summary>
    public string LongTicket => EndpointTicket.Encode(Address);

    private EndpointAddr Address => _endpoint.Address
        ?? throw new UserException("not-started", "the board has no address yet: it is at the stage " + BootStage.NameOf(_app.Stage));

    /// <summary>Starts a board with the standard world.</summary>
    public static VirtualBoard Start(EndpointSetup setup, TextWriter serial, TextWriter trouble, int onlineTimeoutMs) =>
        Start(setup, new BoardChoices(), serial, trouble, onlineTimeoutMs);

    /// <summary>
    /// Starts a board and waits until it serves, and then up to <paramref name="onlineTimeoutMs"/> for its relay; its lines go to
    /// <paramref name="serial"/>. A relay that cannot be reached is told to <paramref name="trouble"/> and tried on.
    /// </summary>
    public static VirtualBoard Start(EndpointSetup setup, BoardChoices choices, TextWriter serial, TextWriter trouble, int onlineTimeoutMs)
    {
        VirtualBoard board = new(setup, choices, serial, trouble);
        board._thread.Start();
        if (!SpinWait.SpinUntil(() => board._app.Stage == BootStage.Serving, BootMs))
            lock (trouble) trouble.WriteLine("the board does not serve yet: it is at the stage " + BootStage.NameOf(board._app.Stage));
        else if (!SpinWait.SpinUntil(() => board.IsServing, onlineTimeoutMs))
            lock (trouble) trouble.WriteLine("the relay is not reached yet, the long ticket lacks it: " + board._endpoint.RelayStatus);
        return board;
    }

    /// <summary>Whether, or why not, the short ticket can be dialled.</summary>
    public string PublishStatus => _publisher.Status;

    /// <summary>Waits until the board has announced itself; false on timeout.</summary>
    public bool WaitPublished(int timeoutMs) => SpinWait.SpinUntil(() => _publisher.IsPublished, timeoutMs);

    /// <summary>Runs an order on the board's thread, between two steps, and waits for it; a board that is closing takes no more.</summary>
    public void Order(Action<VirtualBoard> order)
    {
        using ManualResetEventSlim done = new();
        try
        {
            _orders.Add(() =>
            {
                order(this);
                done.Set();
            });
        }
        catch (InvalidOperationException)
        {
            return;
        }

        // The thread may end before it comes to this one.
        while (!done.Wait(OrderCheckMs) && _thread.IsAlive) { }
    }

    /// <summary>Restarts the firmware as the reset button does; call it inside <see cref="Order"/>.</summary>
    public void Restart(int resetReason, string reason)
    {
        _app.Shutdown(reason);
        _publisher.Stop();
        World.Board.ResetReason = resetReason;
        World.Board.FreeAll();
        (Context, _endpoint, _publisher, _app) = Boot();
    }

    /// <inheritdoc />
    public void WriteLine(string line)
    {
        lock (_serial) _serial.WriteLine(line);
    }

    /// <summary>Fan off, connections closed, endpoint closed.</summary>
    public void Dispose()
    {
        if (_stopping) return;
        _stopping = true;
        _orders.CompleteAdding();
        _thread.Join();
        _orders.Dispose();
    }

    private (NodeContext, NodeEndpoint, NodePublisher, FirmwareApp) Boot()
    {
        NodeContext context = new(World.CreatePlatform(_setup, this), _settings);
        NodeEndpoint endpoint = new(context, _log);
        NodePublisher publisher = new(context.Platform, _settings);
        return (context, endpoint, publisher, new FirmwareApp(context, endpoint, publisher));
    }

    private void Run()
    {
        while (!_stopping)
        {
            int waitMs = (int)_app.Step();
            if (_app.RestartReason != null) Restart(ResetReason.Software, _app.RestartReason);
            if (!_stopping && _orders.TryTake(out Action? order, waitMs)) order();
        }

        _app.Shutdown("closing");
        _publisher.Stop();
    }

    private static DeviceSettings Configure(EndpointSetup setup, BoardChoices choices)
    {
        ICryptoProvider crypto = CryptoChoice.Create(setup.Crypto);
        // The user's lines stand first, so that an error names the line of the user's file.
        List<string> lines = new(choices.Secrets ?? []);
        int own = lines.Count;
        bool Says(string key) => lines.Exists(l => l.Split('=')[0].Trim() == key);
        foreach (string key in new[] { "SSID", "RELAY" })
            if (Says(key)) throw new UserException("settings", "--config: " + key + " is not taken from there: the access point is simulated, and the relay is --relay");
        lines.Add("SSID=simulated");
        lines.Add("RELAY=" + (setup.UseRelays && setup.Relay != null ? setup.Relay : "none"));
        if (setup.RelayToken != null) lines.Add("RELAY_TOKEN=" + setup.RelayToken);
        if (choices.Owners.Length > 0) lines.Add("OWNERS=" + choices.Owners);
        if (setup.SecretFile != null)
            lines.Add("SECRET_KEY=" + Hex.Encode(SecretFile.Load(setup.SecretFile, crypto, new SystemRandomSource()).Seed, 0, 32));
        // A simulated board announces itself only where it is told to.
        if (!Says("PUBLISH")) lines.Add("PUBLISH=off");
        if (DeviceSettings.TryParse(lines.ToArray(), crypto, out DeviceSettings settings, out string error)) return settings;
        throw new UserException("settings", Regex.Replace(error, "^wifi.secrets line ([0-9]+): ",
            m => int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture) <= own ? "--config, line " + m.Groups[1].Value + ": " : ""));
    }
}
