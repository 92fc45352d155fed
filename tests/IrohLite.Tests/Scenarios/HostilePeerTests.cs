using System;
using System.Collections.Generic;
using IrohLite.Diagnostics;
using IrohLite.Quic;
using IrohLite.Tests.Sim;
using Xunit;

namespace IrohLite.Tests.Scenarios;

/// <summary>A peer with valid keys that breaks the rules: each breach closes with its code, or is ignored where the RFC says so.</summary>
public class HostilePeerTests
{
    private const long NoClose = -1;

    /// <summary>name, frames as hex, frame type expected in the close, error code; received by the server.</summary>
    public static IEnumerable<object[]> ToServer() => new[]
    {
        Case("unknown frame type", "804242", TransportErrorCode.FrameEncodingError),
        Case("unknown frame type 0x4242", "80004242", TransportErrorCode.FrameEncodingError, 0x4242),
        Case("MAX_DATA cut short", "1080", TransportErrorCode.FrameEncodingError, 0x10),
        Case("type not in its shortest form", "4001", TransportErrorCode.ProtocolViolation, 0x01),
        Case("HANDSHAKE_DONE from a client", "1e", TransportErrorCode.ProtocolViolation, 0x1E),
        Case("NEW_TOKEN from a client", "070101", TransportErrorCode.ProtocolViolation, 0x07),
        Case("ACK of a packet never sent", "027fff000000", TransportErrorCode.ProtocolViolation, 0x02),
        Case("ACK range below zero", "0200000005", TransportErrorCode.FrameEncodingError, 0x02),
        Case("CRYPTO far ahead", "06800800000101", TransportErrorCode.CryptoBufferExceeded, 0x06),
        Case("TLS KeyUpdate", "0600051800000100", TransportErrorCode.FromAlert(10), 0x06),
        Case("STREAM on the server's unidirectional stream", "0a030161", TransportErrorCode.StreamStateError, 0x0A),
        Case("STREAM on a server stream not opened", "0a010161", TransportErrorCode.StreamStateError, 0x0A),
        Case("STREAM above the stream limit", "0a100161", TransportErrorCode.StreamLimitError, 0x0A),
        Case("STREAM on a unidirectional stream of the client", "0a020161", TransportErrorCode.StreamLimitError, 0x0A),
        Case("STREAM beyond the stream window", "0e0060000161", TransportErrorCode.FlowControlError, 0x0E),
        Case("STREAM beyond the largest offset", "0e00ffffffffffffffff0161", TransportErrorCode.FrameEncodingError, 0x0E),
        Case("STREAM after the end", "0b0001610e00050161", TransportErrorCode.FinalSizeError, 0x0E),
        Case("two different ends", "0b0001610f00050161", TransportErrorCode.FinalSizeError, 0x0F),
        Case("end before what was received", "0e000501610f00020161", TransportErrorCode.FinalSizeError, 0x0F),
        Case("RESET_STREAM below what was received", "0e0005016104000003", TransportErrorCode.FinalSizeError, 0x04),
        Case("RESET_STREAM above the window", "04000080010000", TransportErrorCode.FlowControlError, 0x04),
        Case("MAX_STREAM_DATA on the client's unidirectional stream", "110205", TransportErrorCode.StreamStateError, 0x11),
        Case("MAX_STREAM_DATA on a server stream not opened", "110105", TransportErrorCode.StreamStateError, 0x11),
        Case("STOP_SENDING on the client's unidirectional stream", "050200", TransportErrorCode.StreamStateError, 0x05),
        Case("STREAM_DATA_BLOCKED on the server's unidirectional stream", "150300", TransportErrorCode.StreamStateError, 0x15),
        Case("MAX_STREAMS above 2^60", "12d000000000000001", TransportErrorCode.FrameEncodingError, 0x12),
        Case("STREAMS_BLOCKED above 2^60", "16d000000000000001", TransportErrorCode.FrameEncodingError, 0x16),
        Case("MAX_DATA lower than before", "1000", NoClose),
        Case("NEW_CONNECTION_ID that retires itself", "1801020801020304050607080102030405060708090a0b0c0d0e0f10", TransportErrorCode.FrameEncodingError, 0x18),
        Case("NEW_CONNECTION_ID of length 0", "180100000102030405060708090a0b0c0d0e0f10", TransportErrorCode.FrameEncodingError, 0x18),
        Case("NEW_CONNECTION_ID of length 21", "1801001501020304050607080910111213141516171819202101020304050607080910111213141516", TransportErrorCode.FrameEncodingError, 0x18),
        Case("one NEW_CONNECTION_ID, told twice", NewCid(1, 0) + NewCid(1, 0), NoClose),
        Case("two NEW_CONNECTION_IDs", NewCid(1, 0) + NewCid(2, 0), TransportErrorCode.ConnectionIdLimitError, 0x18),
        Case("one sequence number, two ids", NewCid(1, 0, 0x22) + NewCid(1, 0, 0x33), TransportErrorCode.ProtocolViolation, 0x18),
        Case("NEW_CONNECTION_ID that retires the first", NewCid(1, 1), NoClose),
        Case("RETIRE_CONNECTION_ID never issued", "1905", TransportErrorCode.ProtocolViolation, 0x19),
        Case("RETIRE_CONNECTION_ID of the id in use", "1900", TransportErrorCode.ProtocolViolation, 0x19),
        Case("PATH_RESPONSE to no challenge", "1b0102030405060708", NoClose),
        Case("DATAGRAM, never offered", "310161", TransportErrorCode.ProtocolViolation, 0x31),
        Case("PATH_ACK without multipath", "3e0000000000", TransportErrorCode.FrameEncodingError, 0x3E),
        Case("MAX_PATH_ID without multipath", "7e7a05", TransportErrorCode.FrameEncodingError, 0x3E7A),
        Case("ADD_ADDRESS without NAT traversal", "803d7f90007f00000104d2", TransportErrorCode.FrameEncodingError, 0x3D7F90),
        Case("blocked frames", "1405" + "150005" + "1604" + "1704", NoClose),
    };

    [Theory]
    [MemberData(nameof(ToServer))]
    public void A_breach_by_a_client_closes_with_its_code(string name, string frames, long code, long frameType)
    {
        Pair pair = new Pair().Connect();
        pair.RunFor(100);
        Tamper.SendToServer(pair, Convert.FromHexString(frames));
        Check(pair.Accepted, name, code, frameType);
        pair.RunFor(100);
        if (code == NoClose) return;
        Assert.Equal(QuicCloseKind.RemoteTransport, pair.Dialed.CloseInfo.Kind);
        Assert.Equal(code, pair.Dialed.CloseInfo.Code);
    }

    [Theory]
    [InlineData("empty NEW_TOKEN", "0700", 0x7, 0x07)]
    [InlineData("NEW_TOKEN", "0703010203", NoClose, 0)]
    [InlineData("HANDSHAKE_DONE again", "1e", NoClose, 0)]
    [InlineData("STREAM on the client's stream not opened", "0a000161", 0x5, 0x0A)]
    [InlineData("STREAM on the client's unidirectional stream", "0a020161", 0x5, 0x0A)]
    [InlineData("a session ticket", "0600" + "1a" + "04000016" + "00015180" + "00000000" + "0100" + "000801020304050607080000", NoClose, 0)]
    public void A_breach_by_a_server_closes_with_its_code(string name, string frames, long code, long frameType)
    {
        Pair pair = new Pair().Connect();
        pair.RunFor(100);
        Tamper.SendToClient(pair, Convert.FromHexString(frames));
        Check(pair.Dialed, name, code, frameType);
    }

    [Fact]
    public void Twenty_retirements_that_are_never_acknowledged_are_too_many()
    {
        Pair pair = new Pair().Connect();
        pair.RunFor(100);
        Tamper.SendToServer(pair, Convert.FromHexString(RetireAll(20)));
        Check(pair.Accepted, "retirements", TransportErrorCode.ConnectionIdLimitError, 0x18);
    }

    [Theory]
    [InlineData(0x08)]
    [InlineData(0x10)]
    [InlineData(0x18)]
    public void Reserved_bits_under_protection_are_a_violation(int bits)
    {
        Pair pair = new Pair().Connect();
        pair.RunFor(100);
        Tamper.SendToServer(pair, new byte[] { 1 }, bits);
        Check(pair.Accepted, "reserved bits", TransportErrorCode.ProtocolViolation, 0);
    }

    [Fact]
    public void A_packet_without_frames_is_a_violation()
    {
        Pair pair = new Pair().Connect();
        pair.RunFor(100);
        Tamper.SendToServer(pair, Array.Empty<byte>());
        Check(pair.Accepted, "empty", TransportErrorCode.ProtocolViolation, 0);
    }

    [Theory]
    [InlineData("08000161")]
    [InlineData("1005")]
    [InlineData("1d0000")]
    [InlineData("1a0102030405060708")]
    public void Frames_of_1_RTT_in_an_initial_are_a_violation(string frames)
    {
        Pair pair = new();
        pair.Dial();
        byte[] initial = Tamper.Seal(pair.Dialed, EncryptionLevel.Initial, Convert.FromHexString(frames), 0, 0, 1200);
        pair.Server.Demux.ReceiveDatagram(initial, 0, initial.Length, pair.Client.Address, pair.NowMs);
        QuicConnection accepted = pair.Server.Demux.ConnectionAt(0);
        Assert.Equal(TransportErrorCode.ProtocolViolation, accepted.CloseInfo.Code);
        pair.Drain();
        Assert.Equal(1, pair.ToClient.SentCount);
    }

    [Fact]
    public void An_acknowledgement_may_leave_out_but_never_include_a_skipped_number()
    {
        // The peer skips numbers on purpose, as iroh does; our ranges must show each gap.
        Pair pair = new Pair().Connect();
        pair.RunFor(100);
        for (int i = 0; i < 40; i++)
        {
            byte[] ping = Tamper.Seal(pair.Dialed, EncryptionLevel.OneRtt, new byte[] { 1 }, i % 5 == 0 ? 1 : 0);
            pair.Server.Demux.ReceiveDatagram(ping, 0, ping.Length, pair.Client.Address, pair.NowMs);
        }

        AckTracker acks = pair.Accepted.Space(EncryptionLevel.OneRtt).Acks;
        Assert.Equal(9, acks.Received.Count);
        for (int i = 1; i < acks.Received.Count; i++) Assert.Equal(2, acks.Received.Start(i) - acks.Received.EndInclusive(i - 1));
        pair.RunFor(100);
        Assert.True(pair.Dialed.IsEstablished);
    }

    [Fact]
    public void A_packet_that_opens_too_many_gaps_is_not_acknowledged()
    {
        Pair pair = new Pair().Connect();
        pair.RunFor(100);
        long largest = 0;
        for (int i = 1; i <= 12; i++)
        {
            byte[] frames = { 0x0E, 0, (byte)(i * 3), 1, 65 };
            largest = pair.Dialed.Space(EncryptionLevel.OneRtt).NextNumber;
            byte[] datagram = Tamper.Seal(pair.Dialed, EncryptionLevel.OneRtt, frames);
            pair.Server.Demux.ReceiveDatagram(datagram, 0, datagram.Length, pair.Client.Address, pair.NowMs);
        }

        AckTracker acks = pair.Accepted.Space(EncryptionLevel.OneRtt).Acks;
        Assert.True(pair.Accepted.IsEstablished);
        Assert.Equal(largest - 4, acks.Largest);
        Assert.False(acks.IsDuplicate(largest));
    }

    [Fact]
    public void A_second_key_update_before_the_first_is_acknowledged_is_an_error()
    {
        Pair pair = new Pair().Connect();
        EchoClient echo = Echoes.Start(pair, 3000);
        pair.Run(() => echo.IsDone);
        pair.RunFor(500);
        for (int i = 0; i < 2; i++)
        {
            pair.Client.Crypto.RotatePacketKeys(pair.Dialed.Space(EncryptionLevel.OneRtt).Keys.SendKeys, 0);
            byte[] datagram = Tamper.Seal(pair.Dialed, EncryptionLevel.OneRtt, new byte[] { 1 }, 0, i == 0 ? 4 : 0);
            pair.Server.Demux.ReceiveDatagram(datagram, 0, datagram.Length, pair.Client.Address, pair.NowMs);
        }

        Assert.Equal(TransportErrorCode.KeyUpdateError, pair.Accepted.CloseInfo.Code);
    }

    [Fact]
    public void Forged_packets_are_counted_and_change_nothing()
    {
        Pair pair = new Pair().Connect();
        pair.RunFor(100);
        for (int i = 0; i < 100; i++)
        {
            byte[] forged = new byte[60];
            forged[0] = 0x40;
            Array.Copy(pair.Accepted.LocalCid.Bytes, 0, forged, 1, 8);
            forged[20] = (byte)i;
            pair.Server.Demux.ReceiveDatagram(forged, 0, forged.Length, pair.Client.Address, pair.NowMs);
        }

        Assert.Equal(100, pair.Server.Demux.Drops.Get(DropReason.NotAuthentic));
        EchoClient echo = Echoes.Start(pair, 3000);
        Assert.True(pair.Run(() => echo.IsDone));
    }

    [Fact]
    public void Every_prefix_and_garbage_behind_a_datagram_is_harmless()
    {
        Pair pair = new();
        List<byte[]> toServer = new();
        pair.ToServer.Edit = (_, datagram) =>
        {
            toServer.Add(datagram);
            byte[] longer = new byte[datagram.Length + 30];
            datagram.CopyTo(longer, 0);
            for (int i = datagram.Length; i < longer.Length; i++) longer[i] = (byte)(i * 7);
            return datagram[0] >= 0x80 ? longer : datagram;
        };
        Echoes.RunAll(pair, 2000, "garbage");
        Assert.True(toServer.Count > 3);
        int fed = 0;
        foreach (byte[] datagram in toServer)
        {
            for (int cut = 0; cut < datagram.Length; cut += 7, fed++)
                pair.Server.Demux.ReceiveDatagram(datagram.AsSpan(0, cut).ToArray(), 0, cut, pair.Client.Address, pair.NowMs);
        }

        Assert.True(fed > 300);
        Assert.Equal(0, pair.Server.Demux.ConnectionCount);
    }

    private static object[] Case(string name, string frames, long code, long frameType = -1) => new object[] { name, frames, code, frameType };

    private static string NewCid(int sequence, int retirePriorTo, int fill = 0x11) =>
        "18" + sequence.ToString("x2") + retirePriorTo.ToString("x2") + "08"
        + string.Concat(System.Linq.Enumerable.Repeat((fill + sequence).ToString("x2"), 8)) + string.Concat(System.Linq.Enumerable.Repeat("aa", 16));

    private static string RetireAll(int count)
    {
        string frames = "";
        for (int i = 1; i <= count; i++) frames += NewCid(i, i);
        return frames;
    }

    private static void Check(QuicConnection connection, string name, long code, long frameType)
    {
        if (code == NoClose)
        {
            Assert.True(connection.IsEstablished, name + ": " + connection.CloseInfo?.Reason);
            return;
        }

        Assert.True(connection.IsClosed, name + ": not closed");
        Assert.Equal(QuicCloseKind.LocalTransport, connection.CloseInfo.Kind);
        Assert.True(code == connection.CloseInfo.Code, name + ": code " + connection.CloseInfo.Code + " " + connection.CloseInfo.Reason);
        if (frameType >= 0) Assert.True(frameType == connection.CloseInfo.FrameType, name + ": frame type " + connection.CloseInfo.FrameType);
    }
}
