using System;
using IrohLite.Quic;
using IrohLite.Tests.Sim;
using Xunit;

namespace IrohLite.Tests.Scenarios;

/// <summary>What most scenarios do: dial, echo, close, and nothing left behind.</summary>
internal static class Echoes
{
    /// <summary>Runs the whole life of a connection on the pair as it stands; throws with <paramref name="context"/> when it does not end well.</summary>
    public static void RunAll(Pair pair, int size, string context, long maxMs = 120_000)
    {
        _ = new EchoServer(pair.Server);
        pair.Dial();
        EchoClient echo = new(pair.Dialed, size);
        pair.Client.OnEvent = _ => echo.Pump();
        Assert.True(pair.Run(() => echo.IsDone || pair.Dialed.IsClosed, maxMs), context + ": no echo, " + echo.Received + " bytes");
        Assert.True(echo.IsDone, context + ": closed, " + pair.Dialed.CloseInfo?.Kind + " " + pair.Dialed.CloseInfo?.Reason);
        pair.Dialed.Close(7, "done", pair.NowMs);
        QuicConnection accepted = pair.Accepted;
        Assert.True(pair.Run(() => pair.Client.Demux.ConnectionCount + pair.Server.Demux.ConnectionCount == 0, maxMs), context + ": not freed");
        Assert.True(accepted.IsClosed, context);
    }

    /// <summary>Starts an echo on an established pair; pump it with the client's events.</summary>
    public static EchoClient Start(Pair pair, int size)
    {
        _ = new EchoServer(pair.Server);
        EchoClient echo = new(pair.Dialed, size);
        Action<QuicEvent> before = pair.Client.OnEvent;
        pair.Client.OnEvent = e =>
        {
            before?.Invoke(e);
            echo.Pump();
        };
        echo.Pump();
        return echo;
    }
}
