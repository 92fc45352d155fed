using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using IrohLite.Desktop.Simulation;
using IrohLite.Firmware;
using IrohLite.Firmware.Config;
using IrohLite.Firmware.Hardware;
using IrohLite.Firmware.Net;
using IrohLite.Identity;
using IrohLite.Platform;

namespace IrohLite.Desktop;

/// <summary>Everything around the virtual board: air, wires, WiFi, clock, flash and the chip. Survives the board's restarts.</summary>
public sealed class BoardWorld : IUdpSocketFactory
{
    private const long CsvRowMs = 60_000;
    private readonly IPEndPoint? _listen;

    /// <summary>Builds the world.</summary>
    /// <param name="choices">What the user chose.</param>
    /// <param name="listen">Where to listen for direct connections; null = no UDP.</param>
    public BoardWorld(BoardChoices choices, IPEndPoint? listen)
    {
        _listen = listen;
        WallClock = new SimulatedWallClock(Clock, DateTimeOffset.UtcNow.ToUnixTimeSeconds() - Clock.NowMs / 1000);
        SimulatedClimate inside = choices.InsideCsv == null ? new SimulatedClimate(21.5, 2.5, 52) : Read(choices.InsideCsv);
        SimulatedClimate outside = choices.OutsideCsv == null ? new SimulatedClimate(8.0, 6.0, 74) : Read(choices.OutsideCsv);
        Inside = new SimulatedDht22(inside, Clock, choices.Seed, choices.FaultRate);
        Outside = new SimulatedDht22(outside, Clock, choices.Seed + 1, choices.FaultRate);
        Flash = new FolderSlots(choices.FlashFolder);
        Wifi.HandedOut = LanAddress(listen);
    }

    /// <summary>Uptime of this process.</summary>
    public IClock Clock { get; } = new DesktopClock();

    /// <summary>The wall clock the board sees.</summary>
    public SimulatedWallClock WallClock { get; }

    /// <summary>The WiFi station.</summary>
    public SimulatedWifi Wifi { get; } = new();

    /// <summary>The chip and the fan's pin.</summary>
    public SimulatedBoard Board { get; } = new();

    /// <summary>The inside sensor's wire.</summary>
    public SimulatedDht22 Inside { get; }

    /// <summary>The outside sensor's wire.</summary>
    public SimulatedDht22 Outside { get; }

    /// <summary>The flash.</summary>
    public FolderSlots Flash { get; }

    /// <summary>The platform one boot runs on.</summary>
    public DevicePlatform CreatePlatform(EndpointSetup setup, ISerialPort serial) => new()
    {
        BoardName = "virtual",
        Clock = Clock,
        WallClock = WallClock,
        Wifi = Wifi,
        Board = Board,
        Serial = serial,
        Slots = Flash,
        Crypto = CryptoChoice.Create(setup.Crypto),
        PublisherCrypto = CryptoChoice.Create(setup.Crypto),
        Random = new SystemRandomSource(),
        Connector = setup.UseRelays ? new DesktopStreamConnector() : null,
        Udp = _listen == null ? null : this,
        InsideSensor = new Dht22Sensor(Inside),
        OutsideSensor = new Dht22Sensor(Outside),
        Switch = new PowerSwitch(Board, true),
    };

    /// <inheritdoc />
    public IUdpSocket Open(int port) => new DesktopUdpSocket(_listen!.Address, port != 0 ? port : _listen.Port);

    private static SimulatedClimate Read(string path)
    {
        try
        {
            return SimulatedClimate.FromCsv(path, CsvRowMs);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new UserException("csv", e.Message);
        }
    }

    // The address peers on the LAN can reach: the one listened on, or the first of this computer.
    private static IPAddress LanAddress(IPEndPoint? listen)
    {
        if (listen == null) return IPAddress.Loopback;
        TransportAddr[] reachable;
        try
        {
            DesktopUdpSocket probe = new(listen.Address, listen.Port);
            reachable = probe.ReachableAt();
            probe.Close();
        }
        catch (SocketException e)
        {
            throw EndpointSetup.CannotListen(listen, e);
        }

        byte[]? found = Array.Find(reachable, a => a.IpAddress.Length == 4)?.IpAddress;
        return found == null ? IPAddress.Loopback : new IPAddress(found);
    }
}
