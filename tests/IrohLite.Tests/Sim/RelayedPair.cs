using System;
using System.Collections.Generic;
using IrohLite.Quic;

namespace IrohLite.Tests.Sim;

/// <summary>A client and a server that reach each other through a <see cref="VirtualRelay"/> only.</summary>
internal sealed class RelayedPair
{
    private readonly List<(SimSide Side, VirtualRelayClient Link)> _sides = new();
    private readonly byte[] _out = new byte[2048];
    private readonly Transmit _transmit = new();
    private readonly QuicEvent _event = new();

    public RelayedPair(ulong seed = 1, QuicConfig config = null)
    {
        Relay = new VirtualRelay(Clock);
        Client = new SimSide("client", config ?? QuicConfig.Device(), seed * 2 + 1);
        Server = new SimSide("server", config ?? QuicConfig.Device(), seed * 2 + 2);
        Server.Demux.Alpns = [Pair.Alpn];
        ClientLink = Add(Client);
        ServerLink = Add(Server);
        ClientLink.OnOnline = () => Dialed?.ProbeNow();
        ServerLink.OnOnline = () => Accepted?.ProbeNow();
    }

    public SimClock Clock { get; } = new();

    public VirtualRelay Relay { get; }

    public SimSide Client { get; }

    public SimSide Server { get; }

    public VirtualRelayClient ClientLink { get; }

    public VirtualRelayClient ServerLink { get; }

    public QuicConnection Dialed { get; private set; }

    public QuicConnection Accepted => Server.Events.FindLast(e => e.Kind == QuicEventKind.Connected).Connection;

    /// <summary>One more endpoint at the relay.</summary>
    public VirtualRelayClient Add(SimSide side)
    {
        VirtualRelayClient link = new(Relay, side);
        _sides.Add((side, link));
        return link;
    }

    public void Dial() =>
        Dialed = Client.Demux.Connect(Server.Key.Id, [Pair.Alpn], [VirtualRelayClient.AddressOf(Server.Key.PublicKey)], Clock.NowMs);

    public RelayedPair Connect()
    {
        if (!Run(() => ClientLink.IsOnline && ServerLink.IsOnline)) throw new InvalidOperationException("no relay");
        Dial();
        if (!Run(() => Dialed.State.IsConfirmed && Accepted != null)) throw new InvalidOperationException("no handshake");
        return this;
    }

    public bool Run(Func<bool> until, long maxMs = 60_000)
    {
        long end = Clock.NowMs + maxMs;
        for (int step = 0; step < 500_000; step++)
        {
            Drain();
            if (until()) return true;
            long next = Relay.NextEventMs;
            foreach ((SimSide side, VirtualRelayClient link) in _sides) next = Math.Min(next, Math.Min(side.Demux.NextDeadlineMs, link.NextDeadlineMs));
            if (next > end) return false;
            Clock.AdvanceTo(next);
            Tick();
        }

        throw new InvalidOperationException("too many steps");
    }

    public void RunFor(long durationMs)
    {
        long end = Clock.NowMs + durationMs;
        Run(() => false, durationMs);
        Clock.AdvanceTo(end);
        Tick();
        Drain();
    }

    private void Tick()
    {
        Relay.RunEvents();
        foreach ((SimSide side, VirtualRelayClient link) in _sides)
        {
            link.OnTime();
            side.Demux.OnDeadline(Clock.NowMs);
        }
    }

    private void Drain()
    {
        bool more = true;
        while (more)
        {
            more = false;
            foreach ((SimSide side, VirtualRelayClient link) in _sides)
            {
                int count;
                while ((count = side.Demux.PollTransmit(_out, 0, _out.Length, _transmit, Clock.NowMs)) > 0)
                {
                    more = true;
                    for (int i = 0; i < _transmit.PathCount; i++) link.Send((SimAddress)_transmit.Paths[i], _out.AsSpan(0, count).ToArray());
                }

                while (side.Demux.PollEvent(_event))
                {
                    more = true;
                    side.Events.Add((_event.Kind, _event.Connection, _event.StreamId));
                    side.OnEvent?.Invoke(_event);
                }

                more |= link.Flush();
            }
        }
    }
}
