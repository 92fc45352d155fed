using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using IrohLite.Relay;
using Xunit;

namespace IrohLite.Tests.Relay;

/// <summary>The session's states on virtual time.</summary>
public class RelayClientSessionTests
{
    private static readonly byte[] Destination = Enumerable.Range(100, 32).Select(i => (byte)i).ToArray();

    [Fact]
    public void Nothing_follows_the_request_until_the_101_has_arrived()
    {
        FakeRelay relay = new();
        Assert.StartsWith("GET /relay HTTP/1.1\r\n", Encoding.ASCII.GetString(relay.Output()));
        Assert.False(relay.Session.TrySendDatagram(Destination, 0, new byte[10], 0, 10));
        relay.Session.OnDeadline(relay.Now + 100);
        Assert.Empty(relay.Output());
        Assert.Equal(RelayState.Upgrading, relay.Session.State);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(int.MaxValue)]
    public void Response_challenge_confirmation_and_first_datagram_may_arrive_in_any_pieces(int pieceBytes)
    {
        FakeRelay relay = new() { PieceBytes = pieceBytes };
        relay.Output();
        byte[] datagram = [6, .. Destination, 0, 1, 2, 3];
        relay.Send([.. Encoding.ASCII.GetBytes(FakeRelay.Response()), .. FakeRelay.Frame("00" + new string('7', 32))]);
        Assert.Equal(RelayState.Authenticating, relay.Session.State);
        relay.Send([.. FakeRelay.Frame("02"), .. FakeRelay.Frame(datagram), .. FakeRelay.Frame("0d01")]);
        Assert.Equal(RelayState.Online, relay.Session.State);
        Assert.Equal(["datagram 64656667 010203", "status 1"], relay.Sink.Lines);
        List<string> sent = relay.OutputMessages();
        Assert.Equal(["01", "09"], sent.Select(message => message[..2]));
    }

    [Fact]
    public void A_first_frame_02_is_accepted_as_a_relay_may_know_us_already()
    {
        FakeRelay relay = new();
        relay.Upgrade();
        relay.SendFrame("02");
        Assert.Equal(RelayState.Online, relay.Session.State);
    }

    [Theory]
    [InlineData("04", "goes the other way")]
    [InlineData("0900", "before the handshake is done")]
    [InlineData("00aa", "type 0 with only 1 bytes")]
    [InlineData("0201", "type 2 longer than 0 bytes")]
    [InlineData("03", "type 3 with only 0 bytes")]
    [InlineData("0305414243", "length does not fit")]
    [InlineData("0302414243", "length does not fit")]
    [InlineData("0380", "broken length")]
    [InlineData("038080808080", "broken length")]
    [InlineData("03818080800041", "broken length")]
    public void Anything_else_during_the_handshake_ends_the_session(string hex, string error)
    {
        FakeRelay relay = new();
        relay.Upgrade();
        relay.SendFrame(hex);
        Assert.Equal(RelayState.Failed, relay.Session.State);
        Assert.Contains(error, relay.Session.FailureReason);
        Assert.False(relay.Session.WasDenied);
    }

    [Fact]
    public void A_second_challenge_ends_the_session()
    {
        FakeRelay relay = new();
        relay.Upgrade();
        relay.SendFrame("00" + new string('0', 32));
        relay.SendFrame("00" + new string('0', 32));
        Assert.Contains("second ServerChallenge", relay.Session.FailureReason);
    }

    [Fact]
    public void A_long_denial_is_cut()
    {
        FakeRelay relay = new();
        relay.Upgrade();
        relay.Send(FakeRelay.Frame([3, 0xE8, 0x07, .. Enumerable.Repeat((byte)'x', 1000)]));
        Assert.True(relay.Session.WasDenied);
        Assert.Equal("the relay denied access: " + new string('x', RelayClientLimits.KeptFrameBytes - 2), relay.Session.FailureReason);
    }

    [Fact]
    public void A_denial_cannot_forge_log_lines()
    {
        FakeRelay relay = new();
        relay.Upgrade();
        relay.Send(FakeRelay.Frame([3, 5, (byte)'a', 10, 13, 0x1B, 0x7F]));
        Assert.Equal("the relay denied access: a????", relay.Session.FailureReason);
    }

    [Theory]
    [InlineData(RelayState.Upgrading)]
    [InlineData(RelayState.Authenticating)]
    public void A_handshake_that_takes_10_s_is_given_up(int state)
    {
        FakeRelay relay = new();
        long start = relay.Now;
        if (state == RelayState.Authenticating) relay.Upgrade();
        Assert.Equal(start + 10000, relay.Session.NextDeadlineMs);
        relay.Session.OnDeadline(start + 9999);
        Assert.Equal(state, relay.Session.State);
        relay.Session.OnDeadline(start + 10000);
        Assert.Equal(RelayState.Failed, relay.Session.State);
        Assert.Contains(state == RelayState.Upgrading ? "while upgrading" : "while authenticating", relay.Session.FailureReason);
        Assert.Equal(long.MaxValue, relay.Session.NextDeadlineMs);
    }

    [Fact]
    public void A_ping_follows_the_confirmation_and_then_every_15_s_of_silence()
    {
        FakeRelay relay = new();
        string first = relay.GoOnline();
        Assert.Equal(relay.Now + 5000, relay.Session.NextDeadlineMs);
        relay.Now += 40;
        relay.Pong(first);
        Assert.True(relay.Session.SawPong);
        Assert.Equal(40, relay.Session.RttMs);
        Assert.Equal(relay.Now + 15000, relay.Session.NextDeadlineMs);

        relay.Now += 14000;
        relay.SendFrame("0d00");
        Assert.Equal(relay.Now + 15000, relay.Session.NextDeadlineMs);
        relay.Now += 15000;
        relay.Session.OnDeadline(relay.Now);
        string second = Assert.Single(relay.OutputMessages());
        Assert.StartsWith("09", second);
        Assert.NotEqual(first, second[2..]);
        Assert.Equal(relay.Now + 500, relay.Session.NextDeadlineMs);
    }

    [Fact]
    public void An_unanswered_ping_ends_the_session()
    {
        FakeRelay relay = new();
        relay.GoOnline();
        relay.Session.OnDeadline(relay.Now + 4999);
        Assert.Equal(RelayState.Online, relay.Session.State);
        relay.Session.OnDeadline(relay.Now + 5000);
        Assert.Equal(RelayState.Failed, relay.Session.State);
        Assert.Equal("the relay did not answer a ping within 5000 ms", relay.Session.FailureReason);
        Assert.False(relay.Session.SawPong);
    }

    [Fact]
    public void A_ping_is_answered_with_its_bytes_and_of_many_unanswered_ones_the_newest()
    {
        FakeRelay relay = new();
        relay.GoOnline();
        relay.SendFrame("090102030405060708");
        Assert.Equal(["0a0102030405060708"], relay.OutputMessages());
        for (int i = 0; i < 1000; i++) relay.SendFrame("09" + i.ToString("x16"));
        Assert.Equal(["0a" + 999.ToString("x16")], relay.OutputMessages());
    }

    [Fact]
    public void A_WebSocket_ping_is_answered_with_a_WebSocket_pong()
    {
        FakeRelay relay = new();
        relay.Session.UseZeroMask = true;
        relay.GoOnline();
        relay.Send(FakeRelay.Frame([0xAA, 0xBB], WebSocketFrame.Ping));
        Assert.Equal("8a8200000000aabb", Convert.ToHexStringLower(relay.Output()));
    }

    [Fact]
    public void Text_messages_are_skipped()
    {
        FakeRelay relay = new();
        relay.GoOnline();
        relay.Send(FakeRelay.Frame("hello"u8.ToArray(), WebSocketFrame.Text));
        Assert.Equal(RelayState.Online, relay.Session.State);
        Assert.Empty(relay.Sink.Lines);
    }

    [Fact]
    public void Gone_status_health_and_restarting_are_told_or_ignored_and_the_session_goes_on()
    {
        FakeRelay relay = new();
        relay.GoOnline();
        relay.Send(FakeRelay.Frame([8, .. Destination]));
        relay.SendFrame("0d02");
        relay.SendFrame("0dff");
        relay.SendFrame("0c0000000a00000014");
        Assert.Equal(["gone " + Convert.ToHexStringLower(Destination), "status 2", "status 255"], relay.Sink.Lines);
        Assert.Equal(RelayState.Online, relay.Session.State);

        FakeRelay old = new();
        old.GoOnline(version: 1);
        Assert.Equal(1, old.Session.ProtocolVersion);
        old.SendFrame("0b6869");
        Assert.Equal(["status " + RelayStatus.HealthText], old.Sink.Lines);
        Assert.Equal("hi", old.Session.HealthText);
    }

    [Fact]
    public void We_leave_with_close_code_1000()
    {
        FakeRelay relay = new();
        relay.GoOnline();
        relay.Session.BeginClose();
        Assert.Equal(RelayState.Closed, relay.Session.State);
        Assert.Equal(["close 03e8"], relay.OutputMessages());
        relay.SendFrame("3f");
        Assert.Equal(RelayState.Closed, relay.Session.State);
        relay.Session.OnStreamEnded("connection reset");
        Assert.Null(relay.Session.FailureReason);
        Assert.False(relay.Session.TrySendDatagram(Destination, 0, new byte[5], 0, 5));
    }

    [Theory]
    [InlineData("8800", "the relay closed the session", "close 03e8")]
    [InlineData("880203e9", "the relay closed the session with WebSocket code 1001", "close 03e9")]
    public void A_close_by_the_relay_is_answered_and_told(string hex, string reason, string answer)
    {
        FakeRelay relay = new();
        relay.GoOnline();
        relay.Send(Convert.FromHexString(hex));
        Assert.Equal(RelayState.Failed, relay.Session.State);
        Assert.Equal(reason, relay.Session.FailureReason);
        Assert.Equal([answer], relay.OutputMessages());
    }

    [Fact]
    public void A_message_above_1_MiB_is_refused_with_1009()
    {
        FakeRelay relay = new();
        relay.GoOnline();
        relay.Send([0x82, 0x7F, 0, 0, 0, 0, 0, 0x10, 0, 1]);
        Assert.Contains("above 1048576 bytes", relay.Session.FailureReason);
        Assert.Equal(["close 03f1"], relay.OutputMessages());
    }

    [Fact]
    public void A_masked_frame_from_the_relay_is_refused()
    {
        FakeRelay relay = new();
        relay.GoOnline();
        relay.Send(Convert.FromHexString("828901020304"));
        Assert.Contains("masked WebSocket frame from a server", relay.Session.FailureReason);
    }

    [Fact]
    public void A_broken_stream_is_told_once()
    {
        FakeRelay relay = new();
        relay.GoOnline();
        relay.Session.OnStreamEnded("connection reset by 10.0.0.1");
        relay.Session.OnStreamEnded("something else");
        relay.Session.BeginClose();
        Assert.Equal("connection reset by 10.0.0.1", relay.Session.FailureReason);
        Assert.Equal(RelayState.Failed, relay.Session.State);
    }
}
