using System.Text;
using IrohLite.Diagnostics;
using IrohLite.Quic;
using IrohLite.Tests.Sim;
using IrohLite.Tls;
using Xunit;

namespace IrohLite.Tests.Scenarios;

/// <summary>How connections end, and that nothing of them is left.</summary>
public class CloseTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_close_shows_its_code_and_reason_at_the_other_side(bool clientCloses)
    {
        Pair pair = new Pair().Connect();
        QuicConnection closer = clientCloses ? pair.Dialed : pair.Accepted;
        QuicConnection other = clientCloses ? pair.Accepted : pair.Dialed;
        pair.RunFor(100);
        int datagrams = pair.ToServer.SentCount + pair.ToClient.SentCount;
        closer.Close(42, "enough", pair.NowMs);
        Assert.True(closer.IsClosed);
        Assert.Equal(QuicCloseKind.LocalApplication, closer.CloseInfo.Kind);
        Assert.True(pair.Run(() => other.IsClosed));

        Assert.Equal(QuicCloseKind.RemoteApplication, other.CloseInfo.Kind);
        Assert.Equal(42, other.CloseInfo.Code);
        Assert.Equal("enough", other.CloseInfo.Reason);
        Assert.True(pair.Run(() => pair.Client.Demux.ConnectionCount + pair.Server.Demux.ConnectionCount == 0));

        // One close, one answer.
        Assert.Equal(datagrams + 2, pair.ToServer.SentCount + pair.ToClient.SentCount);
    }

    [Fact]
    public void A_lost_close_is_repeated_for_packets_that_still_come()
    {
        Pair pair = new Pair(1, null, new QuicConfig { KeepAliveMs = 60 }).Connect();
        pair.RunFor(50);
        pair.ToServer.Edit = (index, datagram) => pair.Dialed.IsClosed && pair.NowMs < 1_000_200 ? null : datagram;
        pair.Dialed.Close(1, "", pair.NowMs);
        pair.Drain();
        pair.ToServer.Edit = null;
        Assert.True(pair.Run(() => pair.Accepted.IsClosed, 2000));
        Assert.Equal(QuicCloseKind.RemoteApplication, pair.Accepted.CloseInfo.Kind);
    }

    [Fact]
    public void A_close_during_the_handshake_hides_the_applications_code()
    {
        Pair pair = new();
        pair.Dial();
        pair.Drain();
        pair.Dialed.Close(99, "secret words", pair.NowMs);
        Assert.True(pair.Run(() => pair.Client.Demux.ConnectionCount + pair.Server.Demux.ConnectionCount == 0));
        Assert.Null(pair.Accepted);
        Assert.Equal(0, pair.Server.Count(QuicEventKind.Connected));
        QuicConnection accepted = pair.Server.Events.Find(e => e.Kind == QuicEventKind.Closed).Connection;
        Assert.Equal(QuicCloseKind.RemoteTransport, accepted.CloseInfo.Kind);
        Assert.Equal(TransportErrorCode.ApplicationError, accepted.CloseInfo.Code);
        Assert.Equal("", accepted.CloseInfo.Reason);
    }

    [Fact]
    public void No_protocol_in_common_is_told_to_the_dialer()
    {
        Pair pair = new();
        pair.Server.Demux.Alpns = new[] { "something-else/1" };
        pair.Dial();
        Assert.True(pair.Run(() => pair.Dialed.IsClosed));
        Assert.Equal(QuicCloseKind.RemoteTransport, pair.Dialed.CloseInfo.Kind);
        Assert.Equal(TransportErrorCode.FromAlert(TlsAlert.NoApplicationProtocol), pair.Dialed.CloseInfo.Code);
    }

    [Fact]
    public void Another_identity_than_the_dialed_one_is_refused_by_the_dialer()
    {
        Pair pair = new();
        QuicConnection dialed = pair.Client.Demux.Connect(pair.Client.Key.Id, new[] { Pair.Alpn }, new PathAddress[] { pair.Server.Address }, pair.NowMs);
        Assert.True(pair.Run(() => dialed.IsClosed));
        Assert.Equal(QuicCloseKind.LocalTransport, dialed.CloseInfo.Kind);
        Assert.InRange(dialed.CloseInfo.Code, 0x100, 0x1FF);
        Assert.True(pair.Run(() => pair.Client.Demux.ConnectionCount + pair.Server.Demux.ConnectionCount == 0));
        Assert.Equal(0, pair.Server.Count(QuicEventKind.Connected));
    }

    [Fact]
    public void A_burst_of_fifty_closing_initials_makes_no_state()
    {
        // A refusing client repeats its close in full-size Initials to our own connection id.
        Pair pair = new();
        pair.Dial();
        byte[] close = null;
        pair.Drain();
        pair.Run(() => pair.Server.Demux.ConnectionCount == 1 && pair.ToClient.SentCount > 0);
        QuicConnection accepted = null;
        pair.Server.OnEvent = e => accepted = e.Connection;
        for (int i = 0; i < 50; i++)
        {
            if (i == 0 || pair.Dialed.Space(EncryptionLevel.Initial) != null)
            {
                pair.Dialed.RemoteCids.Active.Set(pair.Server.Demux.ConnectionCount == 1 ? ServerCid(pair) : pair.Dialed.RemoteCids.Active);
                close = Tamper.Seal(pair.Dialed, EncryptionLevel.Initial, new byte[] { 0x1C, 0x41, 0x28, 0, 0 }, 0, 0, 1200);
            }

            pair.Server.Demux.ReceiveDatagram((byte[])close.Clone(), 0, close.Length, pair.Client.Address, pair.NowMs);
            pair.Server.Drain(pair.ToClient, pair.NowMs);
        }

        Assert.NotNull(accepted);
        Assert.Equal(QuicCloseKind.RemoteTransport, accepted.CloseInfo.Kind);
        Assert.Equal(0, pair.Server.Demux.ConnectionCount);
        Assert.Equal(1, pair.ToClient.SentCount);
        Assert.Equal(49, pair.Server.Demux.Drops.Get(DropReason.ConnectionClosed));
    }

    [Fact]
    public void What_was_read_in_order_before_the_peer_closed_can_still_be_read()
    {
        Pair pair = new Pair().Connect();
        long stream = pair.Dialed.OpenStream();
        byte[] text = Encoding.ASCII.GetBytes("last words");
        pair.Dialed.Write(stream, text, 0, text.Length);
        pair.Dialed.Finish(stream);
        pair.Run(() => pair.Dialed.IsStreamFinishedAndAcked(stream));
        pair.Dialed.Close(0, "", pair.NowMs);
        QuicConnection accepted = pair.Accepted;
        pair.Run(() => accepted.IsClosed);
        byte[] into = new byte[100];
        Assert.Equal(text.Length, accepted.Read(stream, into, 0, 100));
        Assert.Equal(ReadResult.End, accepted.Read(stream, into, 0, 100));
        Assert.Equal(0, accepted.Write(stream, text, 0, 1));
        Assert.Equal(StreamId.None, accepted.OpenStream());
    }

    private static ConnectionId ServerCid(Pair pair)
    {
        // The server's id stands in its first datagram; the client has not read it yet.
        ConnectionId id = new();
        id.Set(pair.Server.Demux.ConnectionAt(0).LocalCid);
        return id;
    }
}
