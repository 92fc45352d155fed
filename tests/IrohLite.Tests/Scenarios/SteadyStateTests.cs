using System;
using IrohLite.Crypto;
using IrohLite.Identity;
using IrohLite.Quic;
using IrohLite.Tests.Sim;
using Xunit;

namespace IrohLite.Tests.Scenarios;

/// <summary>After the handshake a packet costs no managed memory, whichever way it goes.</summary>
public class SteadyStateTests
{
    private readonly byte[] _datagram = new byte[1500];
    private readonly byte[] _data = new byte[4000];
    private readonly Transmit _transmit = new();
    private readonly QuicEvent _event = new();
    private readonly ICryptoProvider _crypto = CryptoProviders.Any(64);
    private readonly SimAddress _clientAddress = new("client");
    private readonly SimAddress _serverAddress = new("server");
    private QuicDemux _client;
    private QuicDemux _server;
    private QuicConnection _dialed;
    private QuicConnection _accepted;
    private long _nowMs = 1000;
    private int _packetsToServer;
    private int _packetsToClient;

    [Fact]
    public void A_thousand_packets_each_way_allocate_nothing()
    {
        SimRandom random = new(1);
        SecretKey serverKey = SecretKey.Generate(random, _crypto);
        _client = new QuicDemux(QuicConfig.Device(), SecretKey.Generate(random, _crypto), _crypto, random);
        _server = new QuicDemux(QuicConfig.Device(), serverKey, _crypto, random) { Alpns = new[] { Pair.Alpn } };
        _dialed = _client.Connect(serverKey.Id, new[] { Pair.Alpn }, new PathAddress[] { _serverAddress }, _nowMs);
        for (int i = 0; i < 20; i++) Turn();
        Assert.True(_dialed.IsEstablished);
        Assert.NotNull(_accepted);
        long stream = _dialed.OpenStream();

        _dialed.Write(stream, _data, 0, 1);
        for (int i = 0; i < 5; i++) Turn();

        // Warm up: every path is compiled, every buffer has its size, a key update has been followed in each direction.
        for (int i = 0; i < 400; i++) Exchange(stream);
        _dialed.InitiateKeyUpdate();
        for (int i = 0; i < 400; i++) Exchange(stream);
        _packetsToServer = 0;
        _packetsToClient = 0;
        long read = 0;

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1500; i++) read += Exchange(stream);
        long after = GC.GetAllocatedBytesForCurrentThread();

        Assert.True(_packetsToServer >= 1000, "to the server: " + _packetsToServer);
        Assert.True(_packetsToClient >= 1000, "to the client: " + _packetsToClient);
        Assert.True(read > 1_000_000, "read " + read);
        Assert.Equal(0, after - before);
    }

    // Both sides write and read on one stream; some datagrams are lost, so that repetition is part of it.
    private long Exchange(long stream)
    {
        long read = 0;
        _dialed.Write(stream, _data, 0, 1500);
        _accepted.Write(stream, _data, 0, 1500);
        Turn();
        int count;
        while ((count = _accepted.Read(stream, _data, 0, _data.Length)) > 0) read += count;
        while ((count = _dialed.Read(stream, _data, 0, _data.Length)) > 0) read += count;
        Turn();
        return read;
    }

    private void Turn()
    {
        _nowMs += 5;
        Pass(_client, _server, _clientAddress, ref _packetsToServer);
        Pass(_server, _client, _serverAddress, ref _packetsToClient);
        Finish(_client);
        Finish(_server);
    }

    private void Pass(QuicDemux from, QuicDemux to, SimAddress address, ref int packets)
    {
        int count;
        while ((count = from.PollTransmit(_datagram, 0, _datagram.Length, _transmit, _nowMs)) > 0)
        {
            packets++;
            if (packets % 50 == 49) continue;
            to.ReceiveDatagram(_datagram, 0, count, address, _nowMs);
        }
    }

    private void Finish(QuicDemux demux)
    {
        while (demux.PollEvent(_event))
        {
            if (_event.Kind == QuicEventKind.Connected && !_event.Connection.IsClient) _accepted = _event.Connection;
        }

        if (demux.NextDeadlineMs <= _nowMs) demux.OnDeadline(_nowMs);
    }
}
