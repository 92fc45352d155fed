using System.Collections.Generic;
using IrohLite.Quic;
using IrohLite.Tests.Sim;
using Xunit;

namespace IrohLite.Tests.Scenarios;

/// <summary>Windows that fill, grants that get lost, streams that run out.</summary>
public class FlowControlTests
{
    [Fact]
    public void A_sender_stops_at_the_window_and_goes_on_when_the_reader_reads()
    {
        Pair pair = new Pair().Connect();
        long stream = pair.Dialed.OpenStream();
        byte[] data = new byte[30_000];
        int written = pair.Dialed.Write(stream, data, 0, data.Length);
        Assert.Equal(8192, written);
        pair.RunFor(1000);
        written += pair.Dialed.Write(stream, data, 0, data.Length - written);
        pair.RunFor(1000);

        // The stream window is 8192: nothing beyond has left.
        Assert.Equal(8192, pair.Dialed.Streams.Find(stream).Send.Buffer.Next);
        byte[] into = new byte[3000];
        Assert.Equal(3000, pair.Accepted.Read(stream, into, 0, 3000));
        pair.RunFor(1000);
        Assert.Equal(8192, pair.Dialed.Streams.Find(stream).Send.Buffer.Next);
        Assert.Equal(1096, pair.Accepted.Read(stream, into, 0, 1096));
        pair.RunFor(1000);
        Assert.Equal(8192 + 4096, pair.Dialed.Streams.Find(stream).Send.Buffer.Next);
    }

    [Fact]
    public void A_lost_grant_comes_again_although_the_sender_never_says_it_is_blocked()
    {
        // Each datagram of the server in turn is lost, so each MAX_DATA and MAX_STREAM_DATA is lost once.
        int runs = 0;
        for (int lost = 3; lost < 43; lost++, runs++)
        {
            Pair pair = new((ulong)lost);
            pair.ToClient.LossMask = 1UL << lost;
            Echoes.RunAll(pair, 60_000, "lost " + lost);
        }

        Assert.Equal(40, runs);
    }

    [Fact]
    public void The_connection_window_is_shared_by_all_streams()
    {
        Pair pair = new Pair(serverConfig: new QuicConfig { InitialMaxData = 16384 }).Connect();
        byte[] data = new byte[8192];
        for (int i = 0; i < 3; i++) pair.Dialed.Write(pair.Dialed.OpenStream(), data, 0, data.Length);
        pair.RunFor(2000);
        Assert.Equal(16384, pair.Dialed.Flow.Sent);
        Assert.Equal(16384, pair.Accepted.Flow.Received);

        // Half of a stream's window must be read before a new grant goes out.
        byte[] into = new byte[8192];
        long read = 0;
        for (long stream = 0; stream < 8; stream += 4) read += pair.Accepted.Read(stream, into, 0, 2047);
        pair.RunFor(2000);
        Assert.Equal(16384, pair.Accepted.Flow.Granted);
        read += pair.Accepted.Read(0, into, 0, 2);
        Assert.Equal(4096, read);
        pair.RunFor(2000);
        Assert.Equal(16384 + 4096, pair.Accepted.Flow.Granted);
        Assert.Equal(16384 + 4096, pair.Accepted.Flow.Received);
    }

    [Fact]
    public void Unread_streams_never_starve_the_one_that_is_read()
    {
        Pair pair = new Pair().Connect();
        byte[] data = new byte[8192];
        for (int i = 0; i < 4; i++) pair.Dialed.Write(pair.Dialed.OpenStream(), data, 0, data.Length);
        pair.RunFor(2000);

        // Only the first stream is read, as a handler does that serves one after the other; its sender gets on.
        byte[] into = new byte[8192];
        for (int round = 0; round < 5; round++)
        {
            int read = 0;
            for (int count = 1; count > 0; read += count) count = System.Math.Max(0, pair.Accepted.Read(0, into, 0, into.Length));
            Assert.Equal(8192, read);
            Assert.Equal(8192, pair.Dialed.Write(0, data, 0, data.Length));
            pair.RunFor(2000);
        }
    }

    [Fact]
    public void Streams_run_out_and_come_back()
    {
        Pair pair = new Pair().Connect();
        _ = new EchoServer(pair.Server);
        List<EchoClient> echoes = new();
        for (int i = 0; i < 4; i++) echoes.Add(new EchoClient(pair.Dialed, 100));
        foreach (EchoClient echo in echoes) echo.Pump();
        Assert.Equal(StreamId.None, pair.Dialed.OpenStream());
        pair.Client.OnEvent = _ => echoes.ForEach(e => e.Pump());
        Assert.True(pair.Run(() => echoes.TrueForAll(e => e.IsDone)));
        Assert.True(pair.Run(() => pair.Client.Count(QuicEventKind.StreamsAvailable) == 1));
        Assert.Equal(16, pair.Dialed.OpenStream());
    }

    [Fact]
    public void A_hundred_streams_one_after_another_use_four_places()
    {
        Pair pair = new Pair().Connect();
        _ = new EchoServer(pair.Server);
        EchoClient echo = null;
        pair.Client.OnEvent = _ => echo?.Pump();
        for (int i = 0; i < 100; i++)
        {
            echo = new EchoClient(pair.Dialed, 500);
            Assert.True(pair.Run(() =>
            {
                echo.Pump();
                return echo.IsDone;
            }), "stream " + i);
        }

        Assert.True(pair.Accepted.Streams.Places <= 4);
    }

    [Fact]
    public void Streams_share_the_path_in_turn()
    {
        Pair pair = new Pair(1, QuicConfig.Desktop(), QuicConfig.Desktop()).Connect();
        byte[] data = new byte[100_000];
        long a = pair.Dialed.OpenStream();
        long b = pair.Dialed.OpenStream();
        pair.Dialed.Write(a, data, 0, data.Length);
        pair.Dialed.Write(b, data, 0, data.Length);
        pair.Run(() => pair.Accepted.Flow.Received > 60_000);
        long difference = pair.Accepted.Streams.Find(a).Receive.Highest - pair.Accepted.Streams.Find(b).Receive.Highest;
        Assert.InRange(difference, -3000, 3000);
    }
}
