using System;
using System.Threading;
using System.Threading.Tasks;
using IrohLite.Platform;
using IrohLite.Quic;
using Xunit;

namespace IrohLite.Tests.Endpoint;

/// <summary>The small parts of an endpoint, alone.</summary>
public class EndpointPartsTests
{
    private static readonly DesktopClock s_clock = new();

    [Fact]
    public void A_command_that_waits_can_be_taken_back_and_is_then_not_run()
    {
        CountingCommand command = new() { IsDone = false };
        command.Begin();
        command.Submit();
        Assert.False(command.TryRun(0));
        Assert.True(command.TryWithdraw());
        Assert.True(command.TryRun(0));
        Assert.Equal(1, command.Runs);
    }

    [Fact]
    public void A_finished_command_cannot_be_taken_back_and_can_be_used_again()
    {
        CountingCommand command = new() { IsDone = true };
        command.Begin();
        command.Submit();
        Assert.True(command.TryRun(0));
        Assert.True(command.IsFinished);
        Assert.False(command.TryWithdraw());
        Assert.Throws<InvalidOperationException>(command.Begin);
        command.End();
        command.Begin();
        Assert.False(command.IsFinished);
    }

    [Fact]
    public void What_escapes_a_command_is_kept_for_its_caller()
    {
        CountingCommand command = new() { Fault = new ArithmeticException("x") };
        command.Begin();
        command.Submit();
        Assert.True(command.TryRun(0));
        Assert.IsType<ArithmeticException>(command.Error);
    }

    [Fact]
    public void The_command_queue_refuses_the_application_at_its_limit_and_keeps_room_for_the_endpoint()
    {
        CommandQueue queue = new();
        for (int i = 0; i < EndpointLimits.Commands; i++) Assert.True(queue.TryPost(new CountingCommand { Number = i }));
        Assert.False(queue.TryPost(new CountingCommand()));
        for (int i = 0; i < EndpointLimits.RelayLinks; i++) Assert.True(queue.TryPost(new CountingCommand { IsOurs = true }));
        for (int i = 0; i < EndpointLimits.Commands; i++) Assert.Equal(i, ((CountingCommand)queue.Take()).Number);
        for (int i = 0; i < EndpointLimits.RelayLinks; i++) Assert.NotNull(queue.Take());
        Assert.Null(queue.Take());
    }

    [Fact]
    public void A_handover_queue_is_first_in_first_out_bounded_and_empties_after_closing()
    {
        HandoverQueue queue = new(2);
        Assert.True(queue.TryAdd("a") && queue.TryAdd("b"));
        Assert.False(queue.TryAdd("c"));
        Assert.Equal("a", queue.Take(s_clock, 0, null, ""));
        queue.Close();
        Assert.False(queue.TryAdd("d"));
        Assert.Equal("b", queue.Take(s_clock, Timeout.Infinite, null, ""));
        Assert.Null(queue.Take(s_clock, Timeout.Infinite, null, ""));
    }

    [Fact]
    public async Task Every_thread_that_waits_at_a_handover_queue_gets_one_item_or_the_end()
    {
        HandoverQueue queue = new(100);
        Task<object>[] waiting = new Task<object>[6];
        for (int i = 0; i < waiting.Length; i++) waiting[i] = Task.Run(() => queue.Take(s_clock, Timeout.Infinite, null, ""));
        for (int i = 0; i < 4; i++) queue.TryAdd(i);
        queue.Close();
        object[] taken = await Task.WhenAll(waiting);
        Assert.Equal(4, Array.FindAll(taken, o => o != null).Length);
    }

    [Fact]
    public void The_path_book_gives_one_object_per_address_until_newer_ones_push_it_out()
    {
        PathBook book = new();
        byte[] address = [127, 0, 0, 1];
        UdpPath first = book.Udp(address, 4, 1000);
        address[3] = 2;
        UdpPath second = book.Udp(address, 4, 1000);
        address[3] = 1;
        Assert.Same(first, book.Udp(address, 4, 1000));
        Assert.False(first.SameAs(second));
        Assert.Equal("udp 127.0.0.2:1000", second.ToString());
        for (int port = 1; port <= EndpointLimits.PathBookEntries; port++) book.Udp(address, 4, port);
        UdpPath again = book.Udp(address, 4, 1000);
        Assert.NotSame(first, again);
        Assert.True(first.SameAs(again));
    }

    [Fact]
    public void The_stream_book_finds_what_was_added_and_not_removed()
    {
        StreamBook book = new();
        IrohStream[] streams = new IrohStream[40];
        for (int i = 0; i < streams.Length; i++) book.Add(streams[i] = new IrohStream(null, 4 * i));
        for (int i = 0; i < streams.Length; i += 2) book.Remove(streams[i]);
        for (int i = 0; i < streams.Length; i++) Assert.Same(i % 2 == 0 ? null : streams[i], book.Find(4 * i));
        Assert.Equal(20, book.Count);
    }

    [Theory]
    [InlineData(QuicCloseKind.RemoteTransport, 0x178, IrohError.UnknownAlpn)]
    [InlineData(QuicCloseKind.LocalTransport, 0x178, IrohError.UnknownAlpn)]
    [InlineData(QuicCloseKind.RemoteTransport, 0x2, IrohError.Refused)]
    [InlineData(QuicCloseKind.LocalTransport, 0x12A, IrohError.WrongIdentity)]
    [InlineData(QuicCloseKind.LocalTransport, 0x133, IrohError.WrongIdentity)]
    [InlineData(QuicCloseKind.RemoteTransport, 0x12A, IrohError.HandshakeFailed)]
    [InlineData(QuicCloseKind.IdleTimeout, 0, IrohError.Timeout)]
    [InlineData(QuicCloseKind.VersionMismatch, 0, IrohError.HandshakeFailed)]
    [InlineData(QuicCloseKind.RemoteApplication, 0x178, IrohError.HandshakeFailed)]
    public void The_end_of_a_dial_gives_the_right_error(int kind, long code, int error)
    {
        IrohException failure = CloseText.DialFailed("peer", "a/1", new QuicCloseInfo(kind, code, 0, "why"), "");
        Assert.Equal(error, failure.Error);
        Assert.Equal(code, failure.Close.Code);
        Assert.StartsWith("cannot connect to peer: ", failure.Message);
    }

    [Fact]
    public void Every_error_has_a_word_of_its_own()
    {
        System.Collections.Generic.HashSet<string> words = new();
        for (int error = IrohError.Timeout; error <= IrohError.HandshakeFailed; error++) Assert.True(words.Add(IrohError.Text(error)));
        Assert.DoesNotContain(words, w => w.StartsWith("error-", StringComparison.Ordinal));
        Assert.Equal("error-99", IrohError.Text(99));
    }

    private sealed class CountingCommand : Command
    {
        public bool IsDone { get; set; }

        public bool IsOurs { get; set; }

        public int Number { get; set; }

        public int Runs { get; private set; }

        public Exception Fault { get; set; }

        internal override bool IsOwn => IsOurs;

        protected override bool Run(long nowMs)
        {
            Runs++;
            if (Fault != null) throw Fault;
            return IsDone;
        }
    }
}
