using System;
using IrohLite.Buffers;
using IrohLite.Quic;
using IrohLite.Tests.Scenarios;
using IrohLite.Tests.Sim;
using Xunit;

namespace IrohLite.Tests.Conformance;

/// <summary>
/// Two established connections between the same endpoints: one that is attacked, and a neighbour that must not notice. The attacker
/// is the other end of the first one, with its keys. "At the server" means that the victim accepted the connection.
/// </summary>
internal sealed class Stage
{
    private readonly QuicConnection _neighbour;
    private readonly bool _atServer;

    public Stage(bool atServer, QuicConfig clientConfig = null, QuicConfig serverConfig = null)
    {
        _atServer = atServer;
        Pair = new Pair(1, clientConfig, serverConfig).Connect();
        Pair.RunFor(100);
        _neighbour = Pair.Dialed;
        Pair.Connect();
        Pair.RunFor(100);
        (Victim, Attacker) = atServer ? (Pair.Accepted, Pair.Dialed) : (Pair.Dialed, Pair.Accepted);
        Assert.False(Victim.IsClosed || Attacker.IsClosed || _neighbour.IsClosed);
    }

    public Pair Pair { get; }

    public QuicConnection Victim { get; }

    public QuicConnection Attacker { get; }

    public SimSide VictimSide => _atServer ? Pair.Server : Pair.Client;

    public SimSide AttackerSide => _atServer ? Pair.Client : Pair.Server;

    /// <summary>What the victim's demultiplexer has dropped for this reason.</summary>
    public long Drops(int reason) => VictimSide.Demux.Drops.Get(reason);

    /// <summary>First byte of a bidirectional stream id that the attacker opens.</summary>
    public string TheirStream => _atServer ? "00" : "01";

    /// <summary>A bidirectional stream that the victim would open.</summary>
    public string OurStream => _atServer ? "01" : "00";

    /// <summary>A unidirectional stream that the victim would open: send-only for it.</summary>
    public string OurOneWay => _atServer ? "03" : "02";

    /// <summary>A unidirectional stream of the attacker: receive-only for the victim.</summary>
    public string TheirOneWay => _atServer ? "02" : "03";

    /// <summary>Frames as hex, with the streams in words: {theirs}, {ours}, {our-one-way}, {their-one-way}.</summary>
    public byte[] Frames(string hex) => Convert.FromHexString(hex.Replace(" ", "").Replace("{theirs}", TheirStream)
        .Replace("{ours}", OurStream).Replace("{our-one-way}", OurOneWay).Replace("{their-one-way}", TheirOneWay));

    /// <summary>The victim gets these frames in a 1-RTT packet.</summary>
    public void Send(string hex, int firstByteOr = 0) => Deliver(Tamper.Seal(Attacker, EncryptionLevel.OneRtt, Frames(hex), 0, firstByteOr));

    /// <summary>The victim gets this datagram.</summary>
    public void Deliver(byte[] datagram)
    {
        VictimSide.Demux.ReceiveDatagram((byte[])datagram.Clone(), 0, datagram.Length, AttackerSide.Address, Pair.NowMs);
        Pair.Drain();
    }

    /// <summary>These frames close the connection, and nothing else happens.</summary>
    public static void Breach(bool atServer, string hex, long code, long frameType)
    {
        Stage stage = new(atServer);
        stage.Send(hex);
        stage.AssertClosed(code, frameType);
    }

    /// <summary>These frames change nothing.</summary>
    public static void Ignored(bool atServer, string hex)
    {
        Stage stage = new(atServer);
        stage.Send(hex);
        stage.AssertUnharmed();
    }

    /// <summary>A datagram that is counted under the reason and has no other effect.</summary>
    public static void Dropped(bool atServer, int reason, Func<Stage, byte[]> makeDatagram)
    {
        Stage stage = new(atServer);
        byte[] datagram = makeDatagram(stage);
        long before = stage.Drops(reason);
        long packets = stage.Victim.PacketsReceived;
        int count = stage.VictimSide.Demux.ConnectionCount;
        int sent = stage.Pair.ToClient.SentCount + stage.Pair.ToServer.SentCount;
        stage.Deliver(datagram);
        Assert.Equal(before + 1, stage.Drops(reason));
        Assert.Equal(packets, stage.Victim.PacketsReceived);
        Assert.Equal(count, stage.VictimSide.Demux.ConnectionCount);
        Assert.Equal(sent, stage.Pair.ToClient.SentCount + stage.Pair.ToServer.SentCount);
        stage.AssertUnharmed();
    }

    /// <summary>The victim closed with this code, the attacker was told, the place is free again, and the neighbour works.</summary>
    public void AssertClosed(long code, long frameType)
    {
        Assert.True(Victim.IsClosed, "not closed");
        Assert.Equal(QuicCloseKind.LocalTransport, Victim.CloseInfo.Kind);
        Assert.True(code == Victim.CloseInfo.Code, "code " + Victim.CloseInfo.Code + ": " + Victim.CloseInfo.Reason);
        Assert.Equal(frameType, Victim.CloseInfo.FrameType);
        Pair.RunFor(50);
        Assert.Equal(QuicCloseKind.RemoteTransport, Attacker.CloseInfo.Kind);
        Assert.Equal(code, Attacker.CloseInfo.Code);
        Assert.Equal(frameType, Attacker.CloseInfo.FrameType);
        AssertNeighbourAlone();
    }

    /// <summary>The attacked connection is gone at both ends and the neighbour works.</summary>
    public void AssertNeighbourAlone()
    {
        Assert.True(Pair.Run(() => Pair.Client.Demux.ConnectionCount == 1 && Pair.Server.Demux.ConnectionCount == 1, 20_000), "not freed");
        Assert.True(Victim.IsReleased && Victim.Space(EncryptionLevel.OneRtt) == null);
        Echo(_neighbour);
        AssertNothingLeft();
    }

    /// <summary>The attacked connection and the neighbour still work.</summary>
    public void AssertUnharmed()
    {
        Assert.True(Victim.IsEstablished, "closed: " + Victim.CloseInfo?.Code + " " + Victim.CloseInfo?.Reason);
        Echo(_atServer ? Attacker : Victim);
        Echo(_neighbour);
        (_atServer ? Attacker : Victim).Close(0, "", Pair.NowMs);
        AssertNothingLeft();
    }

    private void AssertNothingLeft()
    {
        _neighbour.Close(0, "", Pair.NowMs);
        Assert.True(Pair.Run(() => Pair.Client.Demux.ConnectionCount + Pair.Server.Demux.ConnectionCount == 0, 20_000), "something is left");
    }

    private void Echo(QuicConnection dialed)
    {
        EchoClient echo = new(dialed, 3000);
        _ = new EchoServer(Pair.Server);
        Pair.Client.OnEvent = _ => echo.Pump();
        echo.Pump();
        Assert.True(Pair.Run(() => echo.IsDone), "no echo: " + dialed.CloseInfo?.Reason);
    }
}
