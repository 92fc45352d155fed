using System;
using System.Threading;
using IrohLite.Buffers;
using IrohLite.Crypto;
using IrohLite.Diagnostics;
using IrohLite.Identity;
using IrohLite.Platform;
using IrohLite.Quic;

namespace IrohLite;

/// <summary>
/// The heart of an endpoint: everything that touches the QUIC core and the relay sessions happens in its turns, by one thread at a
/// time. A turn carries out commands, feeds datagrams, tells the time, hands out events, transmits, and says when it is due again.
/// </summary>
internal sealed class EndpointLoop : ITurn
{
    private readonly QuicDemux _demux;
    private readonly CommandQueue _commands = new CommandQueue();
    private readonly DatagramQueue _datagrams;
    private readonly object _datagramLock = new object();
    private readonly byte[] _inbound;
    private readonly byte[] _outbound;
    private readonly Transmit _transmit = new Transmit();
    private readonly QuicEvent _event = new QuicEvent();
    private readonly TurnGate _gate;
    private IEventSink _sink;
    private RelayLinks _relays;
    private UdpLink _udp;
    private ManualResetEvent _drained;

    // What the core said at the end of the last turn: what is set since then lies ahead of the turn that sets it.
    private long _coreDueMs;

    internal EndpointLoop(EndpointOptions options, IrohLog log)
    {
        Clock = options.Clock;
        Log = log;
        int slotBytes = options.Quic.MaxUdpPayloadBytes;
        _datagrams = new DatagramQueue(options.DatagramSlots, slotBytes);
        _inbound = new byte[slotBytes];
        _outbound = new byte[slotBytes];
        _demux = new QuicDemux(options.Quic, options.SecretKey, options.Crypto, options.Random);
        _gate = new TurnGate(this, options.Clock);
    }

    internal IClock Clock { get; }

    internal IrohLog Log { get; }

    /// <summary>The core; to be touched inside a turn only.</summary>
    internal QuicDemux Demux => _demux;

    internal long DatagramsSent { get; private set; }

    internal long BytesSent { get; private set; }

    internal long DatagramsReceived { get; private set; }

    internal long BytesReceived { get; private set; }

    internal long SendFailures { get; private set; }

    internal long QueueDrops => _datagrams.DroppedFull + _datagrams.DroppedTooLarge;

    internal void Start(IEventSink sink, RelayLinks relays, UdpLink udp)
    {
        _sink = sink;
        _relays = relays;
        _udp = udp;
        _gate.Start();
    }

    internal void Stop()
    {
        _gate.Stop();
    }

    /// <summary>Waits until the core has forgotten its last connection, or for the time given.</summary>
    internal void WaitDrained(int timeoutMs)
    {
        _drained = new ManualResetEvent(false);
        Kick();
        _drained.WaitOne(timeoutMs, false);
    }

    /// <summary>Turn: a relay has come online.</summary>
    internal void OnRelayOnline(RelayLink link)
    {
        _sink.OnRelayOnline(link);
    }

    internal void Kick()
    {
        _gate.Kick();
    }

    /// <summary>Any thread: keeps a copy of a received datagram for the next turn.</summary>
    internal void Enqueue(byte[] buffer, int offset, int count, PathAddress path)
    {
        lock (_datagramLock) _datagrams.Enqueue(buffer, offset, count, path);
    }

    /// <summary>Any thread but the one in a turn: leaves a command that the caller has begun. False when too many wait.</summary>
    internal bool TryPost(Command command)
    {
        command.Submit();
        if (!_commands.TryPost(command)) return false;
        _gate.Kick();
        return true;
    }

    /// <summary>
    /// Posts a command and waits until it is finished. Returns a <see cref="Waiting"/> outcome; on another one than Signalled the
    /// command has been taken back, and what it had done until then stands. Throws what the command failed with.
    /// </summary>
    internal int Execute(Command command, int timeoutMs, WaitHandle cancel)
    {
        command.Begin();
        return ExecuteBegun(command, timeoutMs, cancel);
    }

    /// <summary>As <see cref="Execute"/>, for a command the caller has begun already, to fill in what is to be done.</summary>
    internal int ExecuteBegun(Command command, int timeoutMs, WaitHandle cancel)
    {
        if (!TryPost(command))
        {
            command.End();
            throw new IrohException(IrohError.Busy, "too many calls wait for the endpoint at once (limit "
                + EndpointLimits.Commands.ToString() + ")");
        }

        long deadlineMs = command.IsFinished ? 0 : Waiting.DeadlineOf(Clock, timeoutMs);
        while (!command.IsFinished)
        {
            int outcome = Waiting.Wait(command.FinishedEvent, cancel, Waiting.Remaining(Clock, deadlineMs));
            if (outcome == Waiting.Signalled) continue;
            if (command.TryWithdraw()) return outcome;

            // A turn is trying the command this very moment.
            command.FinishedEvent.WaitOne(1, false);
        }

        Exception error = command.Error;
        command.End();
        if (error != null) throw error;
        return Waiting.Signalled;
    }

    public long RunTurn()
    {
        long nowMs = Clock.NowMs;
        try
        {
            RunCommands(nowMs);
            bool isMore = ReceiveDatagrams(nowMs);
            if (nowMs >= _coreDueMs) _demux.OnDeadline(nowMs);
            _relays.OnTime(nowMs);
            Drain(nowMs);
            _relays.CollectOutput(nowMs);
            _coreDueMs = nowMs;
            if (isMore) return TurnGate.Again;
            if (_drained != null && _demux.ConnectionCount == 0) _drained.Set();
            _coreDueMs = _demux.NextDeadlineMs;
            long relaysDueMs = _relays.NextDeadlineMs;
            return relaysDueMs < _coreDueMs ? relaysDueMs : _coreDueMs;
        }
        catch (Exception e)
        {
            // A fault of ours. The other connections go on; the pause keeps a fault that repeats from taking all the time.
            Log.Error("a turn failed: " + e);
            _coreDueMs = nowMs;
            return nowMs + EndpointLimits.FaultPauseMs;
        }
    }

    /// <summary>Turn: a datagram that arrived through a relay; it is opened in place.</summary>
    internal void Deliver(byte[] buffer, int offset, int count, PathAddress path, long nowMs)
    {
        DatagramsReceived++;
        BytesReceived += count;
        _demux.ReceiveDatagram(buffer, offset, count, path, nowMs);
    }

    private void RunCommands(long nowMs)
    {
        while (true)
        {
            Command command = _commands.Take();
            if (command == null) return;
            command.TryRun(nowMs);
        }
    }

    // True when more datagrams wait than one turn takes.
    private bool ReceiveDatagrams(long nowMs)
    {
        for (int i = 0; i < EndpointLimits.DatagramsPerTurn; i++)
        {
            int count;
            object path;
            lock (_datagramLock) count = _datagrams.Dequeue(_inbound, 0, _inbound.Length, out path);
            if (count == DatagramQueue.Empty) return false;
            Deliver(_inbound, 0, count, (PathAddress)path, nowMs);
        }

        return true;
    }

    // Events come first, so that application threads start early; they may make parked calls write, and what is transmitted may
    // free room for others. It ends, as the core wants it, with a transmit that gave nothing and events that gave nothing.
    private void Drain(long nowMs)
    {
        HandOutEvents(nowMs);
        do
        {
            int count = _demux.PollTransmit(_outbound, 0, _outbound.Length, _transmit, nowMs);
            while (count > 0)
            {
                for (int i = 0; i < _transmit.PathCount; i++) Send(_transmit.Paths[i], count, nowMs);
                count = _demux.PollTransmit(_outbound, 0, _outbound.Length, _transmit, nowMs);
            }
        }
        while (HandOutEvents(nowMs));
    }

    // True when there was one.
    private bool HandOutEvents(long nowMs)
    {
        bool isAny = false;
        while (_demux.PollEvent(_event))
        {
            isAny = true;
            _sink.OnEvent(_event, nowMs);
        }

        return isAny;
    }

    private void Send(PathAddress path, int count, long nowMs)
    {
        DatagramsSent++;
        BytesSent += count;
        UdpPath udp = path as UdpPath;
        bool isSent = udp != null
            ? _udp != null && _udp.Send(udp, _outbound, 0, count)
            : ((RelayPath)path).Link.Send(((RelayPath)path).Id, _outbound, 0, count, nowMs);
        if (!isSent) SendFailures++;
    }
}
