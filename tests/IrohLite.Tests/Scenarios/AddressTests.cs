using System;
using System.Collections.Generic;
using System.Linq;
using IrohLite.Buffers;
using IrohLite.Diagnostics;
using IrohLite.Quic;
using IrohLite.Tests.Sim;
using Xunit;

namespace IrohLite.Tests.Scenarios;

/// <summary>Several candidate addresses, clients that move, addresses that must prove themselves, and Retry.</summary>
public class AddressTests
{
    [Fact]
    public void A_dialer_says_hello_to_every_candidate_and_stays_with_the_first_that_answers()
    {
        Pair pair = new();
        SimAddress relay = new("relay");
        SimAddress dead = new("dead");
        List<int> fanOut = new();
        pair.Client.OnTransmit = (_, transmit) => fanOut.Add(transmit.PathCount);
        pair.Dial(dead, relay, pair.Server.Address);
        Assert.True(pair.Run(() => pair.Dialed.State.IsConfirmed));

        Assert.Equal(3, fanOut[0]);
        Assert.All(fanOut.Skip(1), count => Assert.Equal(1, count));
        Assert.True(pair.Dialed.Path.SameAs(pair.Server.Address));

        // Each copy of the hello reached the simulated server; one connection came of them.
        Assert.Equal(1, pair.Server.Demux.ConnectionCount);
        Assert.Equal(2, pair.Server.Demux.Drops.Get(DropReason.Duplicate) + pair.Server.Demux.Drops.Get(DropReason.NoKeys));
    }

    [Fact]
    public void A_candidate_added_later_is_tried_at_once()
    {
        Pair pair = new();
        pair.ToServer.IsCut = true;
        pair.Dial(new SimAddress("dead"));
        pair.Drain();
        pair.ToServer.IsCut = false;
        List<Transmit> sent = new();
        int fanOut = 0;
        pair.Client.OnTransmit = (_, transmit) => fanOut = fanOut == 0 ? transmit.PathCount : fanOut;
        pair.Client.Demux.AddPath(pair.Dialed, pair.Server.Address, pair.NowMs);
        pair.Client.Demux.AddPath(pair.Dialed, new SimAddress("server"), pair.NowMs);
        pair.Drain();
        Assert.Equal(2, fanOut);
        Assert.True(pair.Run(() => pair.Dialed.State.IsConfirmed, 500));
    }

    [Fact]
    public void A_dialer_ignores_everything_from_addresses_it_did_not_dial()
    {
        Pair pair = new();
        pair.Dial();
        pair.Drain();
        pair.Server.Address = new SimAddress("elsewhere");
        pair.RunFor(500);
        Assert.False(pair.Dialed.IsEstablished);
        Assert.True(pair.Client.Demux.Drops.Get(DropReason.WrongPath) > 0);
    }

    [Fact]
    public void A_server_sends_at_most_three_times_what_it_received_until_the_client_has_proven_its_address()
    {
        Pair pair = new();
        long received = 0;
        long sent = 0;
        pair.ToServer.Edit = (_, datagram) =>
        {
            received += datagram.Length;
            return datagram;
        };
        pair.Server.OnTransmit = (datagram, _) =>
        {
            sent += datagram.Length;
            Assert.True(sent <= 3 * received, sent + " bytes for " + received);
        };
        pair.Dial();
        pair.Drain();
        pair.ToClient.IsCut = true;
        pair.RunFor(200);
        long afterFirst = received;
        pair.ToServer.IsCut = true;
        pair.RunFor(20_000);
        Assert.InRange(sent, 1200, 3 * received);
        Assert.True(received >= afterFirst);
    }

    [Fact]
    public void A_blocked_server_goes_on_when_the_client_sends_again()
    {
        Pair pair = new();
        // Every datagram of the server is lost until it has used up its allowance of three.
        pair.ToClient.LossMask = 0b111;
        pair.Dial();
        Assert.True(pair.Run(() => pair.Dialed.State.IsConfirmed, 20_000));
    }

    [Fact]
    public void A_client_that_moves_is_followed_and_challenged()
    {
        Pair pair = new Pair().Connect();
        EchoClient echo = Echoes.Start(pair, 100_000);
        Assert.True(pair.Run(() => echo.Received > 20_000));
        pair.Client.Address = new SimAddress("client, moved");
        Assert.True(pair.Run(() => echo.IsDone));
        Assert.True(pair.Accepted.Path.SameAs(pair.Client.Address));
        Assert.True(pair.Accepted.Paths.IsValidated);
    }

    [Fact]
    public void A_moved_client_gets_three_times_its_bytes_until_it_answers_and_then_the_old_address_serves_again()
    {
        Pair pair = new Pair().Connect();
        pair.RunFor(100);
        SimAddress home = pair.Client.Address;
        SimAddress spoofed = new("spoofed");
        byte[] ping = Tamper.Seal(pair.Dialed, EncryptionLevel.OneRtt, new byte[] { 1, 0, 0, 0 });
        List<byte[]> toSpoofed = new();
        pair.Server.OnTransmit = (datagram, transmit) =>
        {
            if (transmit.Paths[0].SameAs(spoofed)) toSpoofed.Add(datagram);
        };
        pair.Server.Demux.ReceiveDatagram(ping, 0, ping.Length, spoofed, pair.NowMs);
        pair.Drain();
        Assert.True(pair.Accepted.Path.SameAs(spoofed));
        pair.RunFor(10_000);
        Assert.True(pair.Accepted.Path.SameAs(home));
        Assert.InRange(toSpoofed.Sum(d => d.Length), 1, 3 * ping.Length);
        EchoClient echo = Echoes.Start(pair, 5000);
        Assert.True(pair.Run(() => echo.IsDone));
    }

    [Fact]
    public void A_probe_from_another_address_is_answered_there_and_moves_nothing()
    {
        Pair pair = new Pair().Connect();
        pair.RunFor(100);
        SimAddress probing = new("probing");
        byte[] challenge = Tamper.Seal(pair.Dialed, EncryptionLevel.OneRtt, new byte[] { 0x1A, 1, 2, 3, 4, 5, 6, 7, 8 }, 0, 0, 1200);
        byte[] answer = null;
        pair.Server.OnTransmit = (datagram, transmit) =>
        {
            if (transmit.Paths[0].SameAs(probing)) answer = datagram;
        };
        pair.Server.Demux.ReceiveDatagram(challenge, 0, challenge.Length, probing, pair.NowMs);
        pair.Drain();
        Assert.NotNull(answer);
        Assert.Equal(1200, answer.Length);
        Assert.True(pair.Accepted.Path.SameAs(pair.Client.Address));
    }

    [Fact]
    public void A_challenge_on_the_path_in_use_is_answered_in_a_full_datagram()
    {
        Pair pair = new Pair().Connect();
        pair.RunFor(100);
        byte[] last = null;
        pair.Server.OnTransmit = (datagram, _) => last ??= datagram;
        Tamper.SendToServer(pair, new byte[] { 0x1A, 1, 2, 3, 4, 5, 6, 7, 8 });
        Assert.Equal(1200, last.Length);
    }

    [Fact]
    public void A_dialer_follows_one_retry_and_shows_its_token()
    {
        Pair pair = new();
        pair.ToServer.IsCut = true;
        pair.Dial();
        pair.Drain();
        byte[] retry = Retry(pair, "b1b2b3b4b5b6b7b8", "cafe0123");
        byte[] forged = (byte[])retry.Clone();
        forged[^1] ^= 1;
        pair.Client.Demux.ReceiveDatagram(forged, 0, forged.Length, pair.Server.Address, pair.NowMs);
        Assert.Equal(1, pair.Client.Demux.Drops.Get(DropReason.NotAuthentic));
        Assert.Null(pair.Dialed.RetryScid);

        List<byte[]> sent = new();
        pair.Client.OnTransmit = (datagram, _) => sent.Add(datagram);
        pair.Client.Demux.ReceiveDatagram(retry, 0, retry.Length, pair.Server.Address, pair.NowMs);
        pair.Drain();
        Assert.Equal(1200, sent[0].Length);
        Assert.Equal("0000000108B1B2B3B4B5B6B7B808" + pair.Dialed.LocalCid.ToString().ToUpperInvariant() + "04CAFE0123", Convert.ToHexString(sent[0], 1, 27));

        // The hello starts again with the next packet number, under the keys of the new id.
        LevelKeys keys = new(pair.Server.Crypto);
        keys.InstallInitial(pair.Dialed.RetryScid, false);
        PacketHeader header = new();
        Assert.True(PacketHeaderReader.TryRead(sent[0], 0, 1200, 8, header, out _));
        PacketProtector protector = new(pair.Server.Crypto);
        int count = protector.Open(keys, header, PacketNumber.None);
        Assert.True(count > 300);
        Assert.Equal(1, protector.PacketNumber);
        Assert.Equal(6, sent[0][protector.PayloadOffset]);
        Assert.Equal(0, sent[0][protector.PayloadOffset + 1]);

        byte[] second = Retry(pair, "d1d2d3d4d5d6d7d8", "beef");
        pair.Client.Demux.ReceiveDatagram(second, 0, second.Length, pair.Server.Address, pair.NowMs);
        Assert.Equal(1, pair.Client.Demux.Drops.Get(DropReason.UnexpectedType));
    }

    [Fact]
    public void A_server_that_forgets_its_retry_in_the_parameters_is_refused()
    {
        // The accepting server here knows nothing of a Retry: to the client its parameters lack both ids of section 7.3.
        Pair pair = new();
        pair.ToServer.LossMask = 1;
        pair.Dial();
        pair.Drain();
        byte[] retry = Retry(pair, "b1b2b3b4b5b6b7b8", "cafe0123");
        pair.Client.Demux.ReceiveDatagram(retry, 0, retry.Length, pair.Server.Address, pair.NowMs);
        Assert.True(pair.Run(() => pair.Dialed.IsClosed));
        Assert.Equal(QuicCloseKind.LocalTransport, pair.Dialed.CloseInfo.Kind);
        Assert.Equal(TransportErrorCode.TransportParameterError, pair.Dialed.CloseInfo.Code);
    }

    private static byte[] Retry(Pair pair, string scid, string token)
    {
        ConnectionId source = new();
        byte[] bytes = Convert.FromHexString(scid);
        source.Set(bytes, 0, bytes.Length);
        byte[] tokenBytes = Convert.FromHexString(token);
        byte[] buffer = new byte[100];
        int end = PacketHeaderWriter.WriteRetry(buffer, 0, pair.Dialed.LocalCid, source, tokenBytes, 0, tokenBytes.Length);
        end = RetryIntegrity.WriteTag(pair.Server.Crypto, pair.Dialed.OriginalDcid, buffer, 0, end);
        return buffer.AsSpan(0, end).ToArray();
    }
}
