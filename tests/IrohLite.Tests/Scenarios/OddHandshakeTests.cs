using System;
using System.Collections.Generic;
using IrohLite.Buffers;
using IrohLite.Diagnostics;
using IrohLite.Quic;
using IrohLite.Tests.Sim;
using Xunit;

namespace IrohLite.Tests.Scenarios;

/// <summary>Handshakes that are unusual or wrong in their packets, not in their TLS.</summary>
public class OddHandshakeTests
{
    [Fact]
    public void An_acknowledgement_behind_the_bytes_that_complete_the_handshake_is_harmless()
    {
        Pair pair = new();
        pair.Dial();
        pair.Drain();
        // The client's own second flight is lost; the same bytes come in one packet with the ACK last.
        pair.ToServer.Edit = (index, datagram) => index == 1 ? null : datagram;
        Assert.True(pair.Run(() => pair.Dialed.IsEstablished));
        byte[] flight = Flight(pair.Dialed, EncryptionLevel.Handshake);
        byte[] frames = new byte[flight.Length + 9];
        Tamper.VarInts(FrameType.Crypto, 0, flight.Length).CopyTo(frames, 0);
        flight.CopyTo(frames, 4);
        Tamper.VarInts(FrameType.Ack, 0, 0, 0, 0).CopyTo(frames, 4 + flight.Length);
        byte[] packet = Tamper.Seal(pair.Dialed, EncryptionLevel.Handshake, frames);
        pair.Server.Demux.ReceiveDatagram(packet, 0, packet.Length, pair.Client.Address, pair.NowMs);
        Assert.True(pair.Run(() => pair.Dialed.State.IsConfirmed));
        Assert.True(pair.Accepted.IsEstablished);
    }

    [Fact]
    public void A_hello_in_many_small_pieces_out_of_order_is_put_together()
    {
        Pair pair = new();
        pair.ToServer.LossMask = 1;
        pair.Dial();
        pair.Drain();
        byte[] hello = Flight(pair.Dialed, EncryptionLevel.Initial);
        List<byte[]> pieces = new();
        const int Piece = 60;
        for (int at = 0; at < hello.Length; at += Piece)
        {
            int count = Math.Min(Piece, hello.Length - at);
            byte[] head = Tamper.VarInts(FrameType.Crypto, at, count);
            byte[] frame = new byte[head.Length + count];
            head.CopyTo(frame, 0);
            Array.Copy(hello, at, frame, head.Length, count);
            pieces.Add(frame);
        }

        // Odd places first, then even ones: gaps at every step.
        for (int pass = 1; pass >= 0; pass--)
        {
            for (int i = pass; i < pieces.Count; i += 2)
            {
                byte[] packet = Tamper.Seal(pair.Dialed, EncryptionLevel.Initial, pieces[i], 0, 0, 1200);
                pair.Server.Demux.ReceiveDatagram(packet, 0, packet.Length, pair.Client.Address, pair.NowMs);
                if (pass == 1) Assert.Equal(0, pair.ToClient.SentCount);
                pair.Drain();
            }
        }

        Assert.Equal(1, pair.Server.Demux.ConnectionCount);
        Assert.True(pair.Run(() => pair.Dialed.State.IsConfirmed));
    }

    [Fact]
    public void A_client_that_changes_its_source_id_in_the_handshake_is_not_heard()
    {
        Pair pair = new();
        pair.Dial();
        pair.Drain();
        pair.Run(() => pair.Server.Demux.ConnectionCount == 1);
        byte other = pair.Dialed.LocalCid.Bytes[0];
        pair.Dialed.LocalCid.Bytes[0] ^= 0xFF;
        byte[] packet = Tamper.Seal(pair.Dialed, EncryptionLevel.Initial, new byte[] { 1, 0, 0, 0 }, 0, 0, 1200);
        pair.Dialed.LocalCid.Bytes[0] = other;
        pair.Server.Demux.ReceiveDatagram(packet, 0, packet.Length, pair.Client.Address, pair.NowMs);
        Assert.Equal(1, pair.Server.Demux.Drops.Get(DropReason.UnknownConnection));
        Assert.True(pair.Run(() => pair.Dialed.State.IsConfirmed));
    }

    [Theory]
    [InlineData("d0", DropReason.UnexpectedType)]
    [InlineData("f0", DropReason.UnexpectedType)]
    [InlineData("e0", DropReason.NotAuthentic)]
    public void Early_data_a_retry_and_a_forged_handshake_packet_to_a_server_are_dropped(string firstByte, int reason)
    {
        Pair pair = new();
        pair.Dial();
        pair.Drain();
        pair.Run(() => pair.Server.Demux.ConnectionCount == 1);
        string packet = firstByte + "00000001" + "08" + pair.Server.Demux.ConnectionAt(0).LocalCid + "08" + pair.Dialed.LocalCid + "4040" + new string('5', 128);
        byte[] datagram = Convert.FromHexString(packet);
        long before = pair.Server.Demux.Drops.Get(reason);
        pair.Server.Demux.ReceiveDatagram(datagram, 0, datagram.Length, pair.Client.Address, pair.NowMs);
        Assert.Equal(before + 1, pair.Server.Demux.Drops.Get(reason));
        Assert.True(pair.Run(() => pair.Dialed.State.IsConfirmed));
    }

    [Fact]
    public void Handshake_packets_for_nobody_are_dropped_without_an_answer()
    {
        Pair pair = new(1, null, new QuicConfig { ResetTokenKey = new byte[32] });
        byte[] datagram = Convert.FromHexString("e000000001" + "08" + "0102030405060708" + "08" + "1112131415161718" + "4040" + new string('5', 128));
        pair.Server.Demux.ReceiveDatagram(datagram, 0, datagram.Length, pair.Client.Address, pair.NowMs);
        pair.Drain();
        Assert.Equal(1, pair.Server.Demux.Drops.Get(DropReason.UnknownConnection));
        Assert.Equal(0, pair.ToClient.SentCount);
    }

    [Fact]
    public void New_handshake_bytes_at_a_finished_level_are_a_violation()
    {
        Pair pair = new();
        pair.Dial();
        pair.Drain();
        pair.Run(() => pair.Server.Demux.ConnectionCount == 1);
        byte[] frames = Tamper.VarInts(FrameType.Crypto, pair.Server.Demux.ConnectionAt(0).Space(EncryptionLevel.Initial).CryptoIn.Contiguous, 1, 9);
        byte[] packet = Tamper.Seal(pair.Dialed, EncryptionLevel.Initial, frames, 0, 0, 1200);
        pair.Server.Demux.ReceiveDatagram(packet, 0, packet.Length, pair.Client.Address, pair.NowMs);
        QuicConnection accepted = pair.Server.Demux.ConnectionAt(0);
        Assert.Equal(TransportErrorCode.ProtocolViolation, accepted.CloseInfo.Code);
        Assert.Equal(FrameType.Crypto, accepted.CloseInfo.FrameType);
    }

    [Fact]
    public void A_repeated_hello_brings_the_flight_again_at_once()
    {
        Pair pair = new();
        pair.ToClient.LossMask = 1;
        pair.Dial();
        pair.Drain();
        pair.Run(() => pair.ToClient.SentCount == 1);
        byte[] hello = Flight(pair.Dialed, EncryptionLevel.Initial);
        byte[] head = Tamper.VarInts(FrameType.Crypto, 0, hello.Length);
        byte[] frame = new byte[head.Length + hello.Length];
        head.CopyTo(frame, 0);
        hello.CopyTo(frame, head.Length);
        byte[] packet = Tamper.Seal(pair.Dialed, EncryptionLevel.Initial, frame, 0, 0, 1200);
        pair.Server.Demux.ReceiveDatagram(packet, 0, packet.Length, pair.Client.Address, pair.NowMs);
        pair.Drain();
        Assert.Equal(2, pair.ToClient.SentCount);
        Assert.True(pair.Run(() => pair.Dialed.State.IsConfirmed, 100));
    }

    private static byte[] Flight(QuicConnection connection, int level)
    {
        SendBuffer buffer = connection.Space(level).CryptoOut;
        byte[] bytes = new byte[buffer.End];
        buffer.CopyTo(0, bytes.Length, bytes, 0);
        return bytes;
    }
}
