using IrohLite.Quic;
using IrohLite.Tests.Sim;
using Xunit;

namespace IrohLite.Tests.Scenarios;

/// <summary>RESET_STREAM and STOP_SENDING, at any loss.</summary>
public class ResetTests
{
    [Fact]
    public void A_reset_reaches_the_reader_with_its_code()
    {
        Pair pair = new Pair().Connect();
        long stream = pair.Dialed.OpenStream();
        pair.Dialed.Write(stream, new byte[100], 0, 100);
        pair.RunFor(100);
        pair.Dialed.Reset(stream, 77);
        pair.RunFor(100);

        Assert.Equal(ReadResult.Reset, pair.Accepted.Read(stream, new byte[10], 0, 10));
        Assert.Equal(77, pair.Accepted.ResetCode(stream));
        Assert.False(pair.Dialed.IsStreamFinishedAndAcked(stream));
        Assert.Throws<System.InvalidOperationException>(() => pair.Dialed.Write(stream, new byte[1], 0, 1));
    }

    [Fact]
    public void Stop_sending_is_answered_with_a_reset_of_the_same_code()
    {
        Pair pair = new Pair().Connect();
        long stream = pair.Dialed.OpenStream();
        pair.Dialed.Write(stream, new byte[20_000], 0, 20_000);
        pair.RunFor(100);
        pair.Accepted.StopSending(stream, 55);
        pair.RunFor(200);

        Assert.Equal(1, pair.Client.Count(QuicEventKind.StreamStopped));
        SendStream send = pair.Dialed.Streams.Find(stream).Send;
        Assert.True(send.IsReset);
        Assert.Equal(55, send.ResetCode);

        // The unread bytes were given back to the connection window.
        Assert.Equal(pair.Accepted.Flow.Received, pair.Accepted.Flow.Consumed);
    }

    [Fact]
    public void Resets_and_stops_survive_the_loss_of_any_datagram()
    {
        int runs = 0;
        for (int lost = 0; lost < 24; lost++, runs++)
        {
            Pair pair = new((ulong)lost + 1);
            if (lost < 12) pair.ToServer.LossMask = 1UL << lost;
            else pair.ToClient.LossMask = 1UL << (lost - 12);
            pair.Connect();
            for (int round = 0; round < 6; round++)
            {
                long stream = pair.Dialed.OpenStream();
                Assert.NotEqual(StreamId.None, stream);
                pair.Dialed.Write(stream, new byte[300], 0, 300);
                Assert.True(pair.Run(() => pair.Accepted.Streams.WasOpened(stream)), "open, lost " + lost);
                pair.Dialed.Reset(stream, 1);
                pair.Accepted.Write(stream, new byte[300], 0, 300);
                pair.Dialed.StopSending(stream, 2);
                pair.Accepted.StopSending(stream, 3);

                // Both halves end in both directions, so the place is free again on both sides.
                Assert.True(pair.Run(() => pair.Accepted.Streams.Find(stream) == null && pair.Dialed.Streams.Find(stream) == null,
                    30_000), "stream " + stream + " lost " + lost);
            }
        }

        Assert.Equal(24, runs);
    }

    [Fact]
    public void A_finished_stream_cannot_be_reset_by_a_late_stop()
    {
        Pair pair = new Pair().Connect();
        long stream = pair.Dialed.OpenStream();
        pair.Dialed.Write(stream, new byte[10], 0, 10);
        pair.Dialed.Finish(stream);
        pair.RunFor(200);
        Assert.True(pair.Dialed.IsStreamFinishedAndAcked(stream));
        pair.Accepted.StopSending(stream, 9);
        pair.RunFor(200);
        Assert.True(pair.Dialed.IsStreamFinishedAndAcked(stream));
        Assert.True(pair.Dialed.IsEstablished);
    }
}
