using System;
using System.Collections.Generic;
using Firmware.Tests.App;
using IrohLite.Firmware;
using IrohLite.Firmware.Hardware;
using IrohLite.LongRuns.Memory;
using IrohLite.Tests.Scenarios;
using IrohLite.Tests.Sim;

namespace IrohLite.LongRuns.Endurance;

/// <summary>
/// Days of the firmware's own code on virtual time. Causes of trouble come and go by the seed, several at once: no WiFi, another address,
/// relay gone, time server gone, clock steps, dead sensors; peers dial the board's transport, echo and leave. After the end of each
/// cause the board must be well again within <see cref="RecoveryMs"/>.
/// </summary>
internal sealed class Week
{
    public const long RecoveryMs = 30_000;
    public const long HourMs = 3_600_000;

    private const string Relay = "http://127.0.0.1:3340/";

    private readonly VirtualNode _node = new();
    private readonly SimRandom _random;
    private readonly List<(long EndMs, string Name, Action Undo)> _causes = new();
    private Pair _peers;
    private long _quietSinceMs;
    private bool _isWell = true;

    public Week(ulong seed)
    {
        _random = new SimRandom(seed);
        _peers = new Pair(seed);
        Seed = seed;
    }

    public ulong Seed { get; }

    public int Causes { get; private set; }

    public int Visits { get; private set; }

    public int Reboots => _node.Reboots;

    /// <summary>The longest time from the end of the last cause until everything was well, in ms.</summary>
    public long LongestRecoveryMs { get; private set; }

    public long LiveAfterFirstHour { get; private set; }

    public long LiveAtEnd { get; private set; }

    public void Run(long durationMs)
    {
        long start = _node.Clock.NowMs;
        long end = start + durationMs;
        long nextCauseMs = start + HourMs + 60_000;
        long nextVisitMs = start + 60_000;
        long lineLimit = 0;
        while (_node.Clock.NowMs < end)
        {
            _node.Run(1000);
            long nowMs = _node.Clock.NowMs;
            if (++lineLimit % 600 == 0) _node.Lines.Clear();
            if (LiveAfterFirstHour == 0 && nowMs - start >= HourMs) LiveAfterFirstHour = Measure();
            EndCauses(nowMs);
            // The last half hour is quiet, so that both measurements see a board that is well.
            if (nowMs >= nextCauseMs && nowMs < end - HourMs / 2)
            {
                Begin(nowMs, end - HourMs / 2);
                nextCauseMs = nowMs + 60_000 + _random.Below(40 * 60_000);
            }

            if (nowMs >= nextVisitMs)
            {
                nextVisitMs = nowMs + 60_000 + _random.Below(20 * 60_000);
                if (_node.Wifi.IsUp) Visit();
            }

            Watch(nowMs);
        }

        if (_causes.Count > 0) throw new InvalidOperationException("a cause outlived the week, seed " + Seed);
        LiveAtEnd = Measure();
    }

    public override string ToString() =>
        $"seed {Seed}: {Causes} causes, {Visits} visits, {Reboots} reboots, longest recovery {LongestRecoveryMs / 1000.0:0.0} s, live bytes {LiveAfterFirstHour} after an hour, {LiveAtEnd} at the end";

    private long Measure()
    {
        _node.Lines.Clear();
        _node.Lines.TrimExcess();
        _peers = new Pair(Seed);
        return LiveBytes.Measure();
    }

    private void Begin(long nowMs, long latestEndMs)
    {
        // Mostly short, sometimes longer than the supervisor waits.
        long lasts = _random.Below(4) == 0 ? 15 * 60_000 + _random.Below(2 * (int)HourMs) : 5_000 + _random.Below(10 * 60_000);
        long endMs = Math.Min(nowMs + lasts, latestEndMs);
        Causes++;
        switch (_random.Below(7))
        {
            case 0: Add(endMs, "no WiFi", () => _node.Wifi.InRange = false, () => _node.Wifi.InRange = true); break;
            case 1: Add(endMs, "relay gone", () => _node.Endpoint.ReachableRelays.Clear(), () => _node.Endpoint.ReachableRelays.Add(Relay)); break;
            case 2: Add(nowMs + 1000, "relay restarted", () => _node.Endpoint.ReachableRelays.Clear(), () => _node.Endpoint.ReachableRelays.Add(Relay)); break;
            case 3: Add(endMs, "inside sensor dead", () => _node.Inside.IsDead = true, () => _node.Inside.IsDead = false); break;
            case 4: Add(endMs, "outside sensor dead", () => _node.Outside.IsDead = true, () => _node.Outside.IsDead = false); break;
            case 5: Add(nowMs, "clock step", () => _node.WallClock.Step((_random.Below(2) == 0 ? -1 : 1) * _random.Below(400 * 86_400)), () => { }); break;
            default: Add(nowMs, "another address", () => _node.Wifi.HandedOut = new System.Net.IPAddress(new byte[] { 127, 0, 0, (byte)(1 + _random.Below(250)) }), () => { }); break;
        }
    }

    private void Add(long endMs, string name, Action begin, Action undo)
    {
        // One of a kind at a time.
        if (_causes.Exists(c => c.Name.Split(' ')[0] == name.Split(' ')[0])) return;
        begin();
        _causes.Add((endMs, name, undo));
    }

    private void EndCauses(long nowMs)
    {
        for (int i = _causes.Count - 1; i >= 0; i--)
        {
            if (_causes[i].EndMs > nowMs) continue;
            _causes[i].Undo();
            _causes.RemoveAt(i);
            _quietSinceMs = nowMs;
            _isWell = false;
        }
    }

    // A peer's whole visit: dial, echo, close. The transport has its own clock.
    private void Visit()
    {
        Visits++;
        _peers.ToServer.LossRate = _peers.ToClient.LossRate = _random.Below(20) / 100.0;
        if (_random.Below(5) == 0) _peers.Server.Restart();
        Echoes.RunAll(_peers, 1 + _random.Below(3000), "visit " + Visits + ", seed " + Seed, 300_000);
        _peers.Client.Events.Clear();
        _peers.Server.Events.Clear();
    }

    private void Watch(long nowMs)
    {
        if (_causes.Count > 0)
        {
            // Also in trouble no old value passes for a fresh one.
            SensorChannel inside = _node.Context.Sampler.Inside;
            if (inside.IsUsable(nowMs) && inside.AgeMs(nowMs) > SensorChannel.StaleAfterMs) throw new InvalidOperationException("a stale reading is shown, seed " + Seed);
            return;
        }

        bool well = _node.Stage == BootStage.Serving && _node.Endpoint.IsRelayOnline && _node.Context.OnlineRelay == Relay
            && _node.Context.Sampler.Inside.IsUsable(nowMs) && _node.Context.Sampler.Outside.IsUsable(nowMs);
        if (well)
        {
            if (!_isWell) LongestRecoveryMs = Math.Max(LongestRecoveryMs, nowMs - _quietSinceMs);
            _isWell = true;
            return;
        }

        // A bad transmission now and then is the sensor's way; it does not make a good reading unusable.
        if (_isWell) _quietSinceMs = nowMs;
        _isWell = false;
        if (nowMs - _quietSinceMs > RecoveryMs)
            throw new InvalidOperationException($"not well {nowMs - _quietSinceMs} ms after the last cause, stage {BootStage.NameOf(_node.Stage)}, seed {Seed}, hour {nowMs / HourMs}");
    }
}
