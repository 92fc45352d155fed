using System;
using System.Net;
using System.Threading;
using IrohLite.Desktop;
using IrohLite.Quic;
using IrohLite.Tickets;
using Xunit;

namespace IrohLite.Cli.Tests;

/// <summary>Ctrl-C and SIGTERM in the midst of a command.</summary>
public class InterruptTests
{
    private const int LongMs = 120_000;

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public void The_peer_is_told_so_that_it_need_not_keep_a_place(string signal, int exitCode)
    {
        if (OperatingSystem.IsWindows()) return;
        HoldProtocol hold = new();
        IrohEndpoint endpoint = IrohEndpoint.Bind(new EndpointSetup { UseRelays = false, Udp = new IPEndPoint(IPAddress.Loopback, 0), Crypto = CryptoChoice.Managed }.CreateOptions());
        Router router = new(endpoint);
        router.Add("hold/0", hold);
        router.Start();
        try
        {
            using ProgramRun program = ProgramRun.Start("Cli", "ping", EndpointTicket.Encode(endpoint.Addr), "--alpn", "hold/0", "--timeout", "600");
            Assert.True(hold.Began.Wait(LongMs));
            program.Signal(signal);
            (int code, _, string error) = program.End();
            Assert.Equal((exitCode, ""), (code, error));

            // A connection that is only gone ends by its idle timeout, which is another kind.
            Assert.True(hold.Ended.Wait(LongMs));
            Assert.Equal((QuicCloseKind.RemoteApplication, 0L), (hold.Close!.Kind, hold.Close.Code));
        }
        finally
        {
            router.Stop();
        }
    }

    private sealed class HoldProtocol : IProtocolHandler
    {
        internal ManualResetEventSlim Began { get; } = new();

        internal ManualResetEventSlim Ended { get; } = new();

        internal QuicCloseInfo? Close { get; private set; }

        public void Handle(IrohConnection connection)
        {
            Began.Set();
            connection.WaitClosed(-1);
            Close = connection.CloseInfo;
            Ended.Set();
        }
    }
}
