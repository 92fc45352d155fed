using System;
using System.Collections.Generic;
using System.Net;
using IrohLite;
using IrohLite.Crypto;
using IrohLite.Firmware;
using IrohLite.Firmware.Config;
using IrohLite.Firmware.Hardware;
using IrohLite.Firmware.Net;
using IrohLite.Identity;
using IrohLite.Platform;
using IrohLite.Quic;
using IrohLite.Desktop.Simulation;
using Firmware.Tests.App;
using Firmware.Tests.Config;
using Xunit;

namespace Firmware.Tests.Services;

/// <summary>Time that passes only when a test lets it; the node's own timers live by it, not the connections.</summary>
internal sealed class NodeClock : IClock
{
    public long NowMs { get; set; } = 1_000_000;
}

/// <summary>The firmware's services behind a real endpoint on loopback UDP.</summary>
internal sealed class ServedNode : ISerialPort, IUdpSocketFactory, IDisposable
{
    public readonly NodeClock Clock = new();
    public readonly FakeSensor Inside = new() { Temperature = 235, Humidity = 412 };
    public readonly FakeSensor Outside = new() { Temperature = -53, Humidity = 805 };
    public readonly SimulatedBoard Board = new();
    public readonly SimulatedFlash Flash = new();
    public readonly NodeContext Context;
    public readonly NodeEndpoint Endpoint;
    private readonly List<string> _lines = new();
    private readonly SimulatedWallClock _wall;

    public ServedNode(params string[] extra)
    {
        DesktopCryptoProvider crypto = new();
        string[] secrets = { "SSID=home", "RELAY=http://127.0.0.1:1/", "API_SECRET=00112233445566ff", "FAN_MIN_ON_SECONDS=0", "FAN_MIN_OFF_SECONDS=0" };
        string[] all = new string[secrets.Length + extra.Length];
        secrets.CopyTo(all, 0);
        extra.CopyTo(all, secrets.Length);
        Assert.True(DeviceSettings.TryParse(all, crypto, out DeviceSettings settings, out string error), error);
        SimulatedWifi wifi = new();
        wifi.Join("home", "", 0);
        _wall = new SimulatedWallClock(Clock, 1_750_000_000);
        DevicePlatform platform = new()
        {
            BoardName = "virtual", Clock = Clock, WallClock = _wall, Wifi = wifi, Board = Board, Serial = this, Slots = Flash, Crypto = crypto,
            Random = new SystemRandomSource(), InsideSensor = Inside, OutsideSensor = Outside, Switch = new PowerSwitch(Board, true), Udp = this,
        };
        Context = new NodeContext(platform, settings) { ApiSecret = settings.ApiSecret };
        Endpoint = new NodeEndpoint(Context, null, new DesktopClock());
        Endpoint.Start(SecretKey.Generate(platform.Random, crypto), null, new byte[] { 127, 0, 0, 1 });
    }

    public IUdpSocket Open(int port) => new DesktopUdpSocket(IPAddress.Loopback, port);

    public void WriteLine(string line)
    {
        lock (_lines) _lines.Add(line);
    }

    public string Output
    {
        get
        {
            lock (_lines) return string.Join("\n", _lines);
        }
    }

    /// <summary>Moves time to the next sample and takes it.</summary>
    public void Sample(long unixSeconds)
    {
        Clock.NowMs = Math.Max(Clock.NowMs, Context.Sampler.NextDueMs);
        Assert.True(Context.Sampler.RunIfDue(Clock.NowMs, unixSeconds));
    }

    public void Dispose() => Endpoint.Stop();
}

/// <summary>A client endpoint on loopback UDP.</summary>
internal sealed class Client : IDisposable
{
    public const int TimeoutMs = 60_000;
    private readonly IrohEndpoint _endpoint;

    public Client(SecretKey key = null)
    {
        DesktopCryptoProvider crypto = new();
        SystemRandomSource random = new();
        _endpoint = IrohEndpoint.Bind(new EndpointOptions
        {
            SecretKey = key ?? SecretKey.Generate(random, crypto), Crypto = crypto, Random = random, Clock = new DesktopClock(),
            Udp = new DesktopUdpSocket(IPAddress.Loopback, 0), Quic = QuicConfig.Desktop(),
        });
    }

    public EndpointId Id => _endpoint.Id;

    public IrohConnection Dial(ServedNode node, string alpn) => _endpoint.Connect(node.Endpoint.Address, alpn, TimeoutMs);

    /// <summary>Sends the bytes and the end on a new stream, and reads the whole answer as hex.</summary>
    public static string Ask(IrohConnection connection, string hex)
    {
        IrohStream stream = connection.OpenStream(TimeoutMs);
        byte[] request = Convert.FromHexString(hex);
        stream.WriteLast(request, 0, request.Length, TimeoutMs);
        return Convert.ToHexString(ReadAll(stream)).ToLowerInvariant();
    }

    public static byte[] ReadAll(IrohStream stream)
    {
        List<byte> all = new();
        byte[] buffer = new byte[4096];
        for (int n; (n = stream.Read(buffer, 0, buffer.Length, TimeoutMs)) > 0;) all.AddRange(buffer.AsSpan(0, n).ToArray());
        return all.ToArray();
    }

    public void Dispose() => _endpoint.Close();
}
