using IrohLite.Quic;

namespace IrohLite.Portable;

/// <summary>A client and an echo server on a virtual network with a virtual clock.</summary>
internal sealed class VirtualPair
{
    public const string Alpn = "iroh-example/echo/0";

    public VirtualPair(int seed)
        : this(QuicConfig.Device(), seed)
    {
    }

    public VirtualPair(QuicConfig config, int seed)
    {
        Client = new VirtualSide("client", config, seed);
        Server = new VirtualSide("server", config, seed + 1);
        Server.Demux.Alpns = new[] { Alpn };
        Server.IsEchoing = true;
    }

    public long NowMs { get; private set; } = 1000000;

    public VirtualSide Client { get; }

    public VirtualSide Server { get; }

    public VirtualLink ToServer { get; } = new VirtualLink();

    public VirtualLink ToClient { get; } = new VirtualLink();

    public QuicConnection Dialed { get; private set; }

    /// <summary>Dials and runs until the client knows that the server is done too.</summary>
    public void Connect()
    {
        Dialed = Client.Demux.Connect(Server.Key.Id, new[] { Alpn }, new PathAddress[] { Server.Path }, NowMs);
        for (int i = 0; i < 200 && !(Client.Connected == Dialed && Server.Connected != null); i++) Expect.True(Step(), "the handshake goes on");
        Expect.True(Dialed.IsEstablished && Server.Connected.IsEstablished, "both sides are established");
    }

    /// <summary>Lets everything happen that happens now, and then the time pass to the next thing; false when nothing is left.</summary>
    public bool Step()
    {
        Client.Drain(ToServer, NowMs);
        Server.Drain(ToClient, NowMs);
        long next = Least(Least(ToServer.NextArrivalMs, ToClient.NextArrivalMs), Least(Client.Demux.NextDeadlineMs, Server.Demux.NextDeadlineMs));
        if (next == long.MaxValue) return false;
        if (next > NowMs) NowMs = next;
        Server.Receive(ToServer, Client.Path, NowMs);
        Client.Receive(ToClient, Server.Path, NowMs);
        Client.Demux.OnDeadline(NowMs);
        Server.Demux.OnDeadline(NowMs);
        return true;
    }

    private static long Least(long a, long b)
    {
        return a < b ? a : b;
    }
}
