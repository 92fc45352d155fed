using System.Linq;
using IrohLite.Quic;
using IrohLite.Tests.Sim;
using Xunit;

namespace IrohLite.Tests.Scenarios;

/// <summary>How many datagrams things take: each one wakes two radios and may cross a relay.</summary>
public class TraceTests
{
    [Fact]
    public void A_handshake_is_four_datagrams_and_an_echo_five_more()
    {
        Pair pair = new();
        PacketTrace trace = new(pair);
        pair.Connect();
        Assert.Equal(new[] { "C>S 1200 Initial", "S>C 1200 Initial+Handshake", "C>S Handshake", "S>C 1-RTT" }, trace.Lines.Select(Short).Take(4));
        EchoClient echo = Echoes.Start(pair, 12);
        Assert.True(pair.Run(() => echo.IsDone));
        pair.RunFor(500);

        // Request with its end; answer with its end and a new stream credit; acknowledgements at most every second packet.
        Assert.InRange(trace.Lines.Count, 6, 9);
        int before = trace.Lines.Count;
        pair.Dialed.Close(0, "bye!", pair.NowMs);
        pair.RunFor(500);
        Assert.Equal(before + 2, trace.Lines.Count);
        Assert.True(trace.Lines.Skip(2).Sum(Size) < 900, trace.ToString());
    }

    [Fact]
    public void A_long_transfer_costs_at_most_one_acknowledgement_per_two_packets()
    {
        Pair pair = new Pair(1, QuicConfig.Desktop(), QuicConfig.Desktop()).Connect();
        PacketTrace trace = new(pair);
        long stream = pair.Dialed.OpenStream();
        int written = 0;
        byte[] data = new byte[300_000];
        bool Pump()
        {
            written += pair.Dialed.Write(stream, data, 0, data.Length - written);
            byte[] into = new byte[65536];
            while (pair.Accepted.Streams.WasOpened(stream) && pair.Accepted.Read(stream, into, 0, into.Length) > 0)
            {
            }

            return pair.Accepted.Flow.Consumed == data.Length;
        }

        Assert.True(pair.Run(Pump));
        int forth = trace.Lines.Count(l => l.StartsWith("C>S"));
        int back = trace.Lines.Count(l => l.StartsWith("S>C"));
        Assert.InRange(forth, 255, 275);
        Assert.InRange(back, 5, forth / 2 + 5);
    }

    // Sizes below a full datagram depend on names and settings.
    private static string Short(string line) => line.Contains(" 1200 ") ? line : line.Split(' ')[0] + " " + line.Split(' ')[2];

    private static int Size(string line) => int.Parse(line.Split(' ')[1]);
}
