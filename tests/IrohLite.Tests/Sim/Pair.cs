using System;
using IrohLite.Quic;

namespace IrohLite.Tests.Sim;

/// <summary>A client and a server on a virtual network with a virtual clock. Nothing in it depends on real time.</summary>
internal sealed class Pair
{
    public const string Alpn = "iroh-example/echo/0";

    public Pair(ulong seed = 1, QuicConfig clientConfig = null, QuicConfig serverConfig = null)
    {
        Client = new SimSide("client", clientConfig ?? QuicConfig.Device(), seed * 2 + 1);
        Server = new SimSide("server", serverConfig ?? QuicConfig.Device(), seed * 2 + 2);
        Server.Demux.Alpns = new[] { Alpn };
        ToServer = new SimLink(seed * 7 + 3);
        ToClient = new SimLink(seed * 7 + 4);
    }

    public SimClock Clock { get; } = new();

    public SimSide Client { get; }

    public SimSide Server { get; }

    public SimLink ToServer { get; }

    public SimLink ToClient { get; }

    public long NowMs => Clock.NowMs;

    /// <summary>The dialing connection of <see cref="Dial"/>.</summary>
    public QuicConnection Dialed { get; private set; }

    /// <summary>The connection the server accepted last; null before.</summary>
    public QuicConnection Accepted => Server.Events.FindLast(e => e.Kind == QuicEventKind.Connected).Connection;

    public QuicConnection Dial(params SimAddress[] paths)
    {
        PathAddress[] to = paths.Length == 0 ? new PathAddress[] { Server.Address } : paths;
        Dialed = Client.Demux.Connect(Server.Key.Id, new[] { Alpn }, to, NowMs);
        return Dialed;
    }

    /// <summary>Dials and runs until both sides are established.</summary>
    public Pair Connect()
    {
        Dial();
        if (!Run(() => Dialed.State.IsConfirmed && Accepted != null))
            throw new InvalidOperationException("no handshake: " + (Dialed.CloseInfo?.Reason ?? "stuck"));
        return this;
    }

    /// <summary>Runs until the condition holds; false when the time or the steps are used up, or nothing can happen any more.</summary>
    public bool Run(Func<bool> until, long maxMs = 60_000, int maxSteps = 200_000)
    {
        long end = NowMs + maxMs;
        for (int step = 0; step < maxSteps; step++)
        {
            Drain();
            if (until()) return true;
            long next = Math.Min(Math.Min(ToServer.NextArrivalMs, ToClient.NextArrivalMs),
                Math.Min(Client.Demux.NextDeadlineMs, Server.Demux.NextDeadlineMs));
            if (next == long.MaxValue || next > end) return false;
            if (next <= NowMs && ToServer.NextArrivalMs > NowMs && ToClient.NextArrivalMs > NowMs && step > 0 && _lastNext == next && ++_stuck > 100)
                throw new InvalidOperationException("a deadline stays in the past");
            if (next != _lastNext) _stuck = 0;
            _lastNext = next;
            Clock.AdvanceTo(next);
            Deliver();
        }

        throw new InvalidOperationException("too many steps");
    }

    /// <summary>Lets this much time pass.</summary>
    public void RunFor(long durationMs)
    {
        long end = NowMs + durationMs;
        Run(() => NowMs >= end, durationMs);
        Clock.AdvanceTo(end);
        Deliver();
        Drain();
    }

    /// <summary>Sends and reports at both sides until both are quiet, without time passing.</summary>
    public void Drain()
    {
        while (Client.Drain(ToServer, NowMs) | Server.Drain(ToClient, NowMs))
        {
        }
    }

    private long _lastNext;
    private int _stuck;

    private void Deliver()
    {
        foreach (var item in ToServer.Arrivals(NowMs))
            Server.Demux.ReceiveDatagram(item.Bytes, 0, item.Bytes.Length, item.From, NowMs);
        foreach (var item in ToClient.Arrivals(NowMs))
        {
            // What the server sends to an address the client has left does not arrive.
            if (item.To.SameAs(Client.Address)) Client.Demux.ReceiveDatagram(item.Bytes, 0, item.Bytes.Length, item.From, NowMs);
        }

        Client.Demux.OnDeadline(NowMs);
        Server.Demux.OnDeadline(NowMs);
    }
}
