using System;
using System.Collections.Generic;
using IrohLite.Crypto;
using IrohLite.Identity;
using IrohLite.Quic;

namespace IrohLite.Tests.Sim;

/// <summary>One endpoint of a <see cref="Pair"/>: its demultiplexer, its addresses, and what happened on it.</summary>
internal sealed class SimSide
{
    private readonly byte[] _out = new byte[2048];
    private readonly Transmit _transmit = new();
    private readonly QuicEvent _event = new();

    public SimSide(string name, QuicConfig config, ulong seed)
    {
        Name = name;
        Config = config;
        Random = new SimRandom(seed);
        Crypto = CryptoProviders.Any(256);
        Key = SecretKey.Generate(Random, Crypto);
        Address = new SimAddress(name);
        Demux = new QuicDemux(config, Key, Crypto, Random);
    }

    public string Name { get; }

    public QuicConfig Config { get; }

    public SimRandom Random { get; }

    public ICryptoProvider Crypto { get; }

    public SecretKey Key { get; }

    /// <summary>Where datagrams of this side come from; a test may move it.</summary>
    public SimAddress Address { get; set; }

    public QuicDemux Demux { get; private set; }

    /// <summary>Everything polled, in order.</summary>
    public List<(int Kind, QuicConnection Connection, long StreamId)> Events { get; } = new();

    /// <summary>The application: called with every event, may call the connection.</summary>
    public Action<QuicEvent> OnEvent { get; set; }

    /// <summary>Datagrams built, for assertions about sizes.</summary>
    public Action<byte[], Transmit> OnTransmit { get; set; }

    public int Count(int kind) => Events.FindAll(e => e.Kind == kind).Count;

    /// <summary>Loses all state, as a reboot does; key and configuration stay.</summary>
    public void Restart()
    {
        string[] alpns = Demux.Alpns;
        Demux = new QuicDemux(Config, Key, CryptoProviders.Any(256), Random) { Alpns = alpns };
        Events.Clear();
    }

    /// <summary>Sends and reports until there is nothing left; true when something was.</summary>
    public bool Drain(SimLink link, long nowMs)
    {
        bool any = false;
        bool more = true;
        int rounds = 0;
        while (more)
        {
            if (++rounds > 10_000) throw new InvalidOperationException(Name + " never stops sending");
            more = false;
            int count;
            while ((count = Demux.PollTransmit(_out, 0, _out.Length, _transmit, nowMs)) > 0)
            {
                more = true;
                if (++rounds > 10_000) throw new InvalidOperationException(Name + " never stops sending");
                byte[] datagram = _out.AsSpan(0, count).ToArray();
                OnTransmit?.Invoke(datagram, _transmit);
                for (int i = 0; i < _transmit.PathCount; i++) link.Send(datagram, Address, (SimAddress)_transmit.Paths[i], nowMs);
            }

            while (Demux.PollEvent(_event))
            {
                more = true;
                Events.Add((_event.Kind, _event.Connection, _event.StreamId));
                OnEvent?.Invoke(_event);
            }

            any |= more;
        }

        return any;
    }
}
