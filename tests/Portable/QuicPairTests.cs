using IrohLite.Quic;
using nanoFramework.TestFramework;

namespace IrohLite.Portable;

/// <summary>Whole connections between two of our endpoints, in virtual time.</summary>
[TestClass]
public class QuicPairTests
{
    /// <summary>Dial, prove, echo one short message, close.</summary>
    [TestMethod]
    public void A_short_message_comes_back_and_the_close_arrives()
    {
        VirtualPair pair = new VirtualPair(1);
        pair.Connect();
        Expect.True(pair.Dialed.RemoteId.SameAs(pair.Server.Key.Id), "the client knows the server");
        Expect.True(pair.Server.Connected.RemoteId.SameAs(pair.Client.Key.Id), "the server knows the client");
        Expect.Equal(VirtualPair.Alpn, pair.Server.Connected.Alpn, "protocol");
        Expect.Equal(20, pair.Dialed.SmoothedRttMs, "round trip");

        Echo(pair, 64);
        pair.Dialed.Close(7, "bye!", pair.NowMs);
        for (int i = 0; i < 50 && pair.Server.ClosedCount == 0; i++) pair.Step();
        Expect.Equal(1, pair.Server.ClosedCount, "closed");
        QuicCloseInfo close = pair.Server.Connected.CloseInfo;
        Expect.Equal(QuicCloseKind.RemoteApplication, close.Kind, "kind");
        Expect.Equal(7, close.Code, "code");
        Expect.Equal("bye!", close.Reason, "reason");
        for (int i = 0; i < 50 && pair.Step(); i++)
        {
        }

        Expect.Equal(0, pair.Server.Demux.ConnectionCount + pair.Client.Demux.ConnectionCount, "connections left");
    }

    /// <summary>More than the windows hold, so that every limit is raised on the way.</summary>
    [TestMethod]
    public void A_long_message_comes_back_through_small_windows()
    {
        VirtualPair pair = new VirtualPair(2);
        pair.Connect();
        Echo(pair, 30000);
        Expect.Equal(0, pair.Dialed.PacketsLost + pair.Server.Connected.PacketsLost, "lost packets");
    }

    /// <summary>The first datagrams of both sides and some later ones are lost.</summary>
    [TestMethod]
    public void Losses_are_repaired()
    {
        VirtualPair pair = new VirtualPair(3);
        pair.ToServer.LossMask = 0x421;
        pair.ToClient.LossMask = 0x843;
        pair.Connect();
        Echo(pair, 12000);
        Expect.True(pair.ToServer.LostCount >= 3 && pair.ToClient.LostCount >= 3, "datagrams were lost");
    }

    /// <summary>A key update in the middle of a stream.</summary>
    [TestMethod]
    public void A_key_update_does_not_disturb_a_stream()
    {
        VirtualPair pair = new VirtualPair(4);
        pair.Connect();
        Echo(pair, 3000);
        pair.Dialed.InitiateKeyUpdate();
        Echo(pair, 3000);
        Expect.Equal(1, pair.Dialed.KeyUpdates, "updates of the client");
        Expect.Equal(1, pair.Server.Connected.KeyUpdates, "updates of the server");
    }

    /// <summary>A peer that falls silent is given up after the idle timeout.</summary>
    [TestMethod]
    public void A_silent_peer_is_given_up()
    {
        VirtualPair pair = new VirtualPair(5);
        pair.Connect();
        long start = pair.NowMs;
        pair.ToClient.LossMask = ulong.MaxValue;
        pair.ToServer.LossMask = ulong.MaxValue;
        for (int i = 0; i < 200 && pair.Client.ClosedCount == 0; i++) pair.Step();
        Expect.Equal(1, pair.Client.ClosedCount, "closed");
        Expect.Equal(QuicCloseKind.IdleTimeout, pair.Dialed.CloseInfo.Kind, "kind");
        Expect.True(pair.NowMs - start >= 29000 && pair.NowMs - start <= 31000, "after 30 s, not " + (pair.NowMs - start).ToString() + " ms");
    }

    private static void Echo(VirtualPair pair, int size)
    {
        QuicConnection connection = pair.Dialed;
        long stream = connection.OpenStream();
        Expect.True(stream != StreamId.None, "a stream opens");
        byte[] buffer = new byte[1300];
        int written = 0;
        int read = 0;
        for (int step = 0; step < 5000; step++)
        {
            while (written < size)
            {
                int count = size - written < buffer.Length ? size - written : buffer.Length;
                for (int i = 0; i < count; i++) buffer[i] = PatternAt(written + i);
                int taken = connection.Write(stream, buffer, 0, count);
                written += taken;
                if (written == size) connection.Finish(stream);
                if (taken == 0) break;
            }

            int got;
            while ((got = connection.Read(stream, buffer, 0, buffer.Length)) > 0)
            {
                for (int i = 0; i < got; i++)
                    if (buffer[i] != PatternAt(read + i)) Expect.True(false, "byte " + (read + i).ToString() + " is the same");
                read += got;
            }

            if (got == ReadResult.End) break;
            Expect.Equal(ReadResult.Nothing, got, "read result");
            Expect.True(pair.Step(), "the echo goes on");
        }

        Expect.Equal(size, read, "bytes that came back");
    }

    private static byte PatternAt(int index)
    {
        return (byte)(index * 31 + (index >> 8) * 7);
    }
}
