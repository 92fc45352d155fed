using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IrohLite.Diagnostics;
using IrohLite.Platform;
using IrohLite.Protocols;
using Xunit;

namespace IrohLite.Tests.Endpoint;

/// <summary>What happens at the bounds of the endpoint layer (docs/memory.md), and after faults.</summary>
public class EndpointLimitsTests
{
    private static readonly byte[] s_byte = [1];

    [Fact]
    public void Connections_nobody_takes_are_closed_beyond_the_backlog()
    {
        using TestEndpoints net = new();
        IrohEndpoint server = net.Bind(1), client = net.Bind(2);
        server.SetAlpns(["a"]);
        IrohConnection[] dialed = new IrohConnection[EndpointLimits.AcceptBacklog + 1];
        for (int i = 0; i < dialed.Length; i++) dialed[i] = client.Connect(server.Addr, "a", TestEndpoints.LongMs);
        IrohConnection last = dialed[^1];
        Assert.True(last.WaitClosed(TestEndpoints.LongMs));
        Assert.Equal((0L, "busy"), (last.CloseInfo.Code, last.CloseInfo.Reason));
        Assert.All(dialed[..^1], c => Assert.False(c.IsClosed));
        for (int i = 0; i < EndpointLimits.AcceptBacklog; i++) Assert.NotNull(server.Accept(0));
        Assert.Null(server.Accept(0));
    }

    [Fact]
    public void A_peer_that_is_full_refuses_and_a_dialer_that_is_full_says_so()
    {
        using TestEndpoints net = new();
        EndpointOptions small = TestEndpoints.Options(1, true, null, null);
        small.Quic.MaxConnections = 2;
        IrohEndpoint full = net.Bind(small), client = net.Bind(2), other = net.Bind(3);
        full.SetAlpns(["a"]);
        other.SetAlpns(["a"]);
        for (int i = 0; i < 2; i++) client.Connect(full.Addr, "a", TestEndpoints.LongMs);
        Assert.Equal(IrohError.Refused, TestEndpoints.Fails(() => client.Connect(full.Addr, "a", TestEndpoints.LongMs)).Error);
        IrohException busy = TestEndpoints.Fails(() => full.Connect(other.Addr, "a", TestEndpoints.LongMs));
        Assert.Equal(IrohError.Busy, busy.Error);
        Assert.Contains("limit 2", busy.Message);
    }

    [Fact]
    public async Task Threads_that_wait_for_a_stream_are_bounded_and_those_that_gave_up_do_not_count()
    {
        using TestEndpoints net = new();
        EndpointOptions options = TestEndpoints.Options(1, true, null, null);
        options.Quic.MaxBidirectionalStreams = 1;
        IrohEndpoint server = net.Bind(options), client = net.Bind(2);
        server.SetAlpns(["a"]);
        IrohConnection dialed = client.Connect(server.Addr, "a", TestEndpoints.LongMs);
        IrohStream first = dialed.OpenStream(TestEndpoints.LongMs);
        for (int i = 0; i < 2 * EndpointLimits.WaitingOpens; i++)
            Assert.Equal(IrohError.Timeout, TestEndpoints.Fails(() => dialed.OpenStream(1)).Error);
        Task<Exception>[] waiting = Enumerable.Range(0, EndpointLimits.WaitingOpens + 1)
            .Select(_ => Task.Factory.StartNew(() => Record.Exception(() => dialed.OpenStream(TestEndpoints.LongMs)), TaskCreationOptions.LongRunning)).ToArray();
        Task<Exception> refused = await Task.WhenAny(waiting);
        Assert.Equal(IrohError.Busy, Assert.IsType<IrohException>(await refused).Error);

        // The one stream ends on both sides: one of the waiting calls gets the next.
        first.WriteLast(s_byte, 0, 1, TestEndpoints.LongMs);
        IrohStream accepted = server.Accept(TestEndpoints.LongMs).AcceptStream(TestEndpoints.LongMs);
        Assert.Equal(s_byte, TestEndpoints.ReadToEnd(accepted, 10));
        accepted.Finish();
        Assert.Empty(TestEndpoints.ReadToEnd(first, 10));
        List<Task<Exception>> left = waiting.Where(w => w != refused).ToList();
        Assert.Null(await await Task.WhenAny(left));
        dialed.Close(0, "");
        Exception[] outcomes = await Task.WhenAll(left);
        Assert.Equal(EndpointLimits.WaitingOpens - 1, outcomes.Count(e => e is IrohException { Error: IrohError.ConnectionClosed }));
    }

    [Fact]
    public void A_relay_that_is_not_home_is_left_when_nothing_goes_through_it_and_found_again()
    {
        MemoryRelay relay = new();
        using TestEndpoints net = new();
        IrohEndpoint server = net.BindRelayed(1, relay);
        TestEndpoints.ServeEcho(server);
        Assert.True(server.WaitOnline(TestEndpoints.LongMs));
        EndpointOptions options = TestEndpoints.Options(2, false, relay, null);
        JumpingClock clock = new();
        options.Clock = clock;
        IrohEndpoint client = net.Bind(options);
        client.Connect(server.Addr, EchoProtocol.Alpn, TestEndpoints.LongMs).Close(0, "");
        Assert.Equal(2, relay.Connects);
        clock.Jump(EndpointLimits.RelayIdleMs + 1);
        client.SetAlpns([]);
        TestEndpoints.Eventually(() => relay.Left == 1, "the relay is left");
        Assert.True(server.IsOnline);
        client.Connect(server.Addr, EchoProtocol.Alpn, TestEndpoints.LongMs).Close(0, "");
        Assert.Equal(3, relay.Connects);
    }

    [Fact]
    public void A_fault_in_a_turn_is_logged_and_survived()
    {
        using TestEndpoints net = new();
        EndpointOptions options = TestEndpoints.Options(1, true, null, null);
        FaultySocket socket = new(options.Udp);
        options.Udp = socket;
        LogLines log = new();
        options.Log = log;
        IrohEndpoint client = net.Bind(options), server = net.Bind(2);
        TestEndpoints.ServeEcho(server);
        socket.FaultsLeft = 1;
        IrohConnection connection = client.Connect(server.Addr, EchoProtocol.Alpn, TestEndpoints.LongMs);
        Assert.Equal(s_byte, TestEndpoints.Echo(connection, s_byte));
        Assert.Contains(log.Lines, l => l.Contains("a turn failed") && l.Contains("planted"));
    }

    private sealed class JumpingClock : IClock
    {
        private readonly DesktopClock _clock = new();
        private long _aheadMs;

        public long NowMs => _clock.NowMs + Interlocked.Read(ref _aheadMs);

        public void Jump(long ms) => Interlocked.Add(ref _aheadMs, ms);
    }

    private sealed class LogLines : ILogSink
    {
        private readonly List<string> _lines = new();

        public string[] Lines
        {
            get { lock (_lines) return _lines.ToArray(); }
        }

        public void Write(int level, string area, string message)
        {
            lock (_lines) _lines.Add(message);
        }
    }

    private sealed class FaultySocket(IUdpSocket socket) : IUdpSocket
    {
        public int FaultsLeft;

        public int LocalPort => socket.LocalPort;

        public int Receive(byte[] buffer, int offset, int capacity, byte[] address, out int addressLength, out int port, int timeoutMs) =>
            socket.Receive(buffer, offset, capacity, address, out addressLength, out port, timeoutMs);

        public bool Send(byte[] buffer, int offset, int count, byte[] address, int addressLength, int port)
        {
            if (Interlocked.Decrement(ref FaultsLeft) >= 0) throw new ArithmeticException("planted");
            return socket.Send(buffer, offset, count, address, addressLength, port);
        }

        public void Close() => socket.Close();
    }
}
