using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using IrohLite.Identity;
using IrohLite.Protocols;
using IrohLite.Quic;
using Xunit;

namespace IrohLite.Tests.Endpoint;

/// <summary>Two endpoints over UDP on loopback.</summary>
public class DirectTests
{
    private static readonly byte[] s_hello = Encoding.UTF8.GetBytes("Hello, world!");

    [Theory]
    [InlineData(EchoProtocol.Alpn)]
    [InlineData(EchoProtocol.ShortAlpn)]
    public void An_echo_comes_back_on_both_protocol_names(string alpn)
    {
        using TestEndpoints net = new();
        IrohEndpoint server = net.Bind(1), client = net.Bind(2);
        TestEndpoints.ServeEcho(server);
        IrohConnection connection = client.Connect(server.Addr, alpn, TestEndpoints.LongMs);
        Assert.Equal(alpn, connection.Alpn);
        Assert.True(connection.RemoteId.SameAs(server.Id));
        Assert.StartsWith("udp 127.0.0.1:", connection.PathText);
        Assert.Equal(s_hello, TestEndpoints.Echo(connection, s_hello));
    }

    [Fact]
    public void A_megabyte_comes_back_unchanged()
    {
        using TestEndpoints net = new();
        IrohEndpoint server = net.Bind(1), client = net.Bind(2);
        TestEndpoints.ServeEcho(server);
        IrohConnection connection = client.Connect(server.Addr, EchoProtocol.Alpn, TestEndpoints.LongMs);
        byte[] payload = TestEndpoints.Bytes(1 << 20, 5);
        Assert.Equal(payload, TestEndpoints.Echo(connection, payload));
    }

    [Fact]
    public void Many_streams_follow_one_another_beyond_the_stream_limit()
    {
        using TestEndpoints net = new();
        IrohEndpoint server = net.Bind(1), client = net.Bind(2);
        TestEndpoints.ServeEcho(server);
        IrohConnection connection = client.Connect(server.Addr, EchoProtocol.Alpn, TestEndpoints.LongMs);
        for (int i = 0; i < 250; i++) Assert.Equal(s_hello, TestEndpoints.Echo(connection, s_hello));
    }

    [Fact]
    public async Task Several_clients_are_served_at_once()
    {
        using TestEndpoints net = new();
        IrohEndpoint server = net.Bind(1);
        TestEndpoints.ServeEcho(server);
        IEnumerable<Task> clients = Enumerable.Range(10, 8).Select(i => Task.Run(() =>
        {
            IrohEndpoint client = net.Bind((byte)i);
            byte[] payload = TestEndpoints.Bytes(50000, i);
            for (int round = 0; round < 5; round++)
            {
                IrohConnection connection = client.Connect(server.Addr, EchoProtocol.Alpn, TestEndpoints.LongMs);
                Assert.Equal(payload, TestEndpoints.Echo(connection, payload));
                connection.Close(0, "bye!");
            }
        }));
        await Task.WhenAll(clients);
        Assert.Equal(40, server.Statistics.Accepted);
    }

    [Fact]
    public void Both_sides_learn_the_code_and_the_reason_of_a_close()
    {
        using TestEndpoints net = new();
        IrohEndpoint server = net.Bind(1), client = net.Bind(2);
        server.SetAlpns(["a"]);
        IrohConnection dialed = client.Connect(server.Addr, "a", TestEndpoints.LongMs);
        IrohConnection accepted = server.Accept(TestEndpoints.LongMs);
        Assert.True(accepted.RemoteId.SameAs(client.Id));
        dialed.Close(77, "that is all");
        Assert.True(accepted.WaitClosed(TestEndpoints.LongMs));
        Assert.Equal((QuicCloseKind.RemoteApplication, 77L, "that is all"), (accepted.CloseInfo.Kind, accepted.CloseInfo.Code, accepted.CloseInfo.Reason));
        Assert.Equal("closed by the peer with code 77 (that is all)", accepted.CloseDescription);
        Assert.Equal((QuicCloseKind.LocalApplication, 77L), (dialed.CloseInfo.Kind, dialed.CloseInfo.Code));
        IrohException late = TestEndpoints.Fails(() => accepted.OpenStream(TestEndpoints.LongMs));
        Assert.Equal((IrohError.ConnectionClosed, 77L), (late.Error, late.Close.Code));
        Assert.Null(accepted.AcceptStream(TestEndpoints.LongMs));
    }

    [Fact]
    public async Task A_close_ends_reads_and_writes_that_wait()
    {
        using TestEndpoints net = new();
        IrohEndpoint server = net.Bind(1), client = net.Bind(2);
        server.SetAlpns(["a"]);
        IrohConnection dialed = client.Connect(server.Addr, "a", TestEndpoints.LongMs);
        IrohConnection accepted = server.Accept(TestEndpoints.LongMs);
        IrohStream stream = dialed.OpenStream(TestEndpoints.LongMs);
        Task<IrohException> write = Task.Run(() => TestEndpoints.Fails(() => stream.Write(new byte[64 << 20], 0, 64 << 20, TestEndpoints.LongMs)));
        IrohStream other = accepted.AcceptStream(TestEndpoints.LongMs);
        Task<IrohException> read = Task.Run(() => TestEndpoints.Fails(() => stream.Read(new byte[10], 0, 10, TestEndpoints.LongMs)));
        Assert.True(other.Read(new byte[1000], 0, 1000, TestEndpoints.LongMs) > 0);
        accepted.Close(5, "enough");
        Assert.Equal(5, (await read).Close.Code);
        Assert.Equal(5, (await write).Close.Code);
    }

    [Fact]
    public void Reset_and_stop_codes_reach_the_other_side()
    {
        using TestEndpoints net = new();
        IrohEndpoint server = net.Bind(1), client = net.Bind(2);
        server.SetAlpns(["a"]);
        IrohConnection dialed = client.Connect(server.Addr, "a", TestEndpoints.LongMs);
        IrohConnection accepted = server.Accept(TestEndpoints.LongMs);
        IrohStream stream = dialed.OpenStream(TestEndpoints.LongMs);
        stream.Write(s_hello, 0, s_hello.Length, TestEndpoints.LongMs);
        IrohStream other = accepted.AcceptStream(TestEndpoints.LongMs);
        stream.Reset(41);
        IrohException reset = TestEndpoints.Fails(() => TestEndpoints.ReadToEnd(other, 1000));
        Assert.Equal((IrohError.StreamReset, 41L), (reset.Error, reset.Code));
        stream.StopReading(42);
        IrohException stopped = TestEndpoints.Fails(() =>
        {
            while (true) other.Write(s_hello, 0, s_hello.Length, TestEndpoints.LongMs);
        });
        Assert.Equal(IrohError.StreamStopped, stopped.Error);
        Assert.Throws<InvalidOperationException>(() => stream.Write(s_hello, 0, 1, TestEndpoints.LongMs));
    }

    [Fact]
    public async Task Waiting_calls_can_be_cancelled()
    {
        using TestEndpoints net = new();
        IrohEndpoint server = net.Bind(1), client = net.Bind(2);
        server.SetAlpns(["a"]);
        EndpointAddr nowhere = net.Silence(3);
        IrohConnection dialed = client.Connect(server.Addr, "a", TestEndpoints.LongMs);
        IrohStream stream = dialed.OpenStream(TestEndpoints.LongMs);
        using CancellationTokenSource source = new();
        Task<IrohException>[] waiting =
        [
            Task.Run(() => TestEndpoints.Fails(() => client.Accept(TestEndpoints.LongMs, source.Token))),
            Task.Run(() => TestEndpoints.Fails(() => dialed.AcceptStream(TestEndpoints.LongMs, source.Token))),
            Task.Run(() => TestEndpoints.Fails(() => stream.Read(new byte[1], 0, 1, TestEndpoints.LongMs, source.Token))),
            Task.Run(() => TestEndpoints.Fails(() => client.Connect(nowhere, "a", TestEndpoints.LongMs, source.Token))),
        ];
        source.Cancel();
        foreach (Task<IrohException> call in waiting) Assert.Equal(IrohError.Cancelled, (await call).Error);
    }

    [Fact]
    public void A_read_that_timed_out_loses_nothing()
    {
        using TestEndpoints net = new();
        IrohEndpoint server = net.Bind(1), client = net.Bind(2);
        server.SetAlpns(["a"]);
        IrohConnection dialed = client.Connect(server.Addr, "a", TestEndpoints.LongMs);
        IrohStream stream = dialed.OpenStream(TestEndpoints.LongMs);
        stream.Write(s_hello, 0, 1, TestEndpoints.LongMs);
        IrohStream other = server.Accept(TestEndpoints.LongMs).AcceptStream(TestEndpoints.LongMs);
        Assert.Equal(IrohError.Timeout, TestEndpoints.Fails(() => stream.Read(new byte[10], 0, 10, 1)).Error);
        other.WriteLast(s_hello, 0, s_hello.Length, TestEndpoints.LongMs);
        Assert.Equal(s_hello, TestEndpoints.ReadToEnd(stream, 100));
        Assert.Equal(0, stream.Read(new byte[10], 0, 10, TestEndpoints.LongMs));
    }

    [Fact]
    public async Task Two_readers_of_one_stream_are_a_mistake()
    {
        using TestEndpoints net = new();
        IrohEndpoint server = net.Bind(1), client = net.Bind(2);
        server.SetAlpns(["a"]);
        IrohStream stream = client.Connect(server.Addr, "a", TestEndpoints.LongMs).OpenStream(TestEndpoints.LongMs);
        using CancellationTokenSource source = new();
        Task<Exception>[] readers = Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
            Record.Exception(() => stream.Read(new byte[1], 0, 1, TestEndpoints.LongMs, source.Token)))).ToArray();
        Task<Exception> refused = await Task.WhenAny(readers);
        Assert.IsType<InvalidOperationException>(await refused);
        source.Cancel();
        Exception other = await readers.Single(r => r != refused);
        Assert.Equal(IrohError.Cancelled, Assert.IsType<IrohException>(other).Error);
    }

    [Fact]
    public async Task Closing_an_endpoint_closes_its_connections_with_code_0_and_ends_its_calls()
    {
        using TestEndpoints net = new();
        IrohEndpoint server = net.Bind(1), client = net.Bind(2);
        server.SetAlpns(["a"]);
        IrohConnection dialed = client.Connect(server.Addr, "a", TestEndpoints.LongMs);
        IrohConnection accepted = server.Accept(TestEndpoints.LongMs);
        Task<IrohConnection> accept = Task.Run(() => server.Accept(Timeout.Infinite));
        server.Close();
        server.Close();
        Assert.Null(await accept);
        Assert.True(server.IsClosed && server.WaitClosed(TestEndpoints.LongMs));
        Assert.True(dialed.WaitClosed(TestEndpoints.LongMs));
        Assert.Equal((QuicCloseKind.RemoteApplication, 0L), (dialed.CloseInfo.Kind, dialed.CloseInfo.Code));
        Assert.True(accepted.IsClosed);
        Assert.Equal(IrohError.Closed, TestEndpoints.Fails(() => server.Connect(client.Addr, "a", TestEndpoints.LongMs)).Error);
    }

    [Fact]
    public void A_handler_that_fails_leaves_the_others_alone()
    {
        using TestEndpoints net = new();
        IrohEndpoint server = net.Bind(1), client = net.Bind(2);
        Router router = new(server);
        router.Add("bad", new FailingHandler());
        router.Add(EchoProtocol.Alpn, new EchoProtocol(100, null));
        router.Start();
        IrohConnection bad = client.Connect(server.Addr, "bad", TestEndpoints.LongMs);
        Assert.True(bad.WaitClosed(TestEndpoints.LongMs));
        Assert.Equal((QuicCloseKind.RemoteApplication, 0L), (bad.CloseInfo.Kind, bad.CloseInfo.Code));
        IrohConnection good = client.Connect(server.Addr, EchoProtocol.Alpn, TestEndpoints.LongMs);
        Assert.Equal(s_hello, TestEndpoints.Echo(good, s_hello));
        router.Stop();
        Assert.True(good.WaitClosed(TestEndpoints.LongMs));
    }

    private sealed class FailingHandler : IProtocolHandler
    {
        public void Handle(IrohConnection connection) => throw new ArithmeticException("a bug in a handler");
    }
}
