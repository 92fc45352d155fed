using System;
using System.Collections.Generic;
using IrohLite.Crypto;
using IrohLite.Diagnostics;
using IrohLite.Identity;
using IrohLite.Quic;
using IrohLite.Tests.Sim;
using IrohLite.Tls;
using Xunit;

namespace IrohLite.Tests.Golden;

/// <summary>
/// Recorded connections with real iroh endpoints, played again: our connection gets the recorded datagrams and must say what was
/// recorded, byte for byte where nothing is left to choice, and understand everything else.
/// </summary>
public class ReplayTests
{
    private static readonly SimAddress Peer = new("peer");
    private readonly byte[] _datagram = new byte[1500];
    private readonly Transmit _transmit = new();
    private readonly QuicEvent _event = new();
    private readonly List<byte> _read = new();
    private readonly ICryptoProvider _crypto = CryptoProviders.Any(64);
    private QuicDemux _demux;
    private QuicConnection _connection;
    private long _nowMs = 5000;

    [Theory]
    [InlineData("golden_server_role", 12)]
    [InlineData("golden_keyupdate_server_role", 1176)]
    [InlineData("quic_captured_real_client", 13)]
    public void A_server_repeats_the_recorded_flight_and_reads_the_recorded_client(string name, int bytesRead)
    {
        Recording recording = name.StartsWith("golden") ? Recording.Golden(name) : Recording.Captured(name);
        Assert.True(recording.IsServer);
        StartDemux(recording, recording.LocalCid, recording.Random, recording.Share);
        int index = 0;
        int compared = 0;
        foreach ((bool isIn, byte[] bytes) in recording.Datagrams)
        {
            if (isIn)
            {
                if (_connection?.Space(EncryptionLevel.OneRtt) != null) _connection.Space(EncryptionLevel.OneRtt).NextNumber = 100_000;
                Receive(bytes);
                _connection ??= _demux.ConnectionAt(0);
                Assert.NotNull(_connection);
                if (index == 0) CheckServerFlight(recording);
            }
            else if (index == 1)
            {
                // ServerHello to Finished, acknowledgement and padding: the whole datagram is determined (other peers do not pad).
                int count = _demux.PollTransmit(_datagram, 0, _datagram.Length, _transmit, _nowMs);
                if (name.StartsWith("golden")) Assert.Equal(Convert.ToHexString(bytes), Convert.ToHexString(_datagram, 0, count));
                compared++;
            }

            Settle();
            index++;
        }

        Assert.Equal(1, compared);
        CheckEnd(recording, bytesRead);
    }

    [Theory]
    [InlineData("golden_client_role", 12)]
    [InlineData("quic_captured_real_server", 13)]
    public void A_client_repeats_the_recorded_flight_and_reads_the_recorded_server(string name, int bytesRead)
    {
        Recording recording = name.StartsWith("golden") ? Recording.Golden(name) : Recording.Captured(name);
        Assert.False(recording.IsServer);
        StartDemux(recording, recording.Share);
        _connection = new QuicConnection(_demux.Shared, true, new[] { Pair.Alpn }, EndpointId.FromBytes(Convert.FromHexString(recording.PeerId), 0));
        _connection.LocalCid.Set(recording.LocalCid, 0, recording.LocalCid.Length);
        _connection.OriginalDcid.Set(recording.OriginalDcid, 0, recording.OriginalDcid.Length);
        _connection.RemoteCids.Active.Set(_connection.OriginalDcid);
        _connection.Paths.AddCandidate(Peer);
        _connection.OpenSpace(EncryptionLevel.Initial).Keys.InstallInitial(_connection.OriginalDcid, true);
        _connection.Handshake = new HandshakeDriver(_connection, new[] { Pair.Alpn }, _connection.RemoteId);
        _connection.Timers.Start(_nowMs);
        _connection.State.Start();
        ((TlsClientHandshake)_connection.Handshake.Tls).StartWith(recording.Messages[0]);
        _demux.Adopt(_connection);

        int index = 0;
        long stream = StreamId.None;
        foreach ((bool isIn, byte[] bytes) in recording.Datagrams)
        {
            if (index == 0)
            {
                // Version, ids, hello and padding: the whole datagram is determined, but for unused bits before protection.
                int count = _demux.PollTransmit(_datagram, 0, _datagram.Length, _transmit, _nowMs);
                Assert.Equal(Convert.ToHexString(bytes), Convert.ToHexString(_datagram, 0, count));
            }
            else if (isIn)
            {
                if (_connection.Space(EncryptionLevel.OneRtt) != null) _connection.Space(EncryptionLevel.OneRtt).NextNumber = 100_000;
                Receive(bytes);
                if (index == 1) CheckClientFlight(recording);
                if (stream == StreamId.None) stream = _connection.OpenStream();
            }

            Settle();
            index++;
        }

        CheckEnd(recording, bytesRead);
    }

    private void StartDemux(Recording recording, params byte[][] random)
    {
        QuicConfig config = QuicConfig.Desktop();
        _demux = new QuicDemux(config, SecretKey.FromSeed(recording.Seed, 0, _crypto), _crypto, new ScriptedBytes(random))
        {
            Alpns = new[] { Pair.Alpn },
        };
        // We offer what was offered then, and are more generous in fact: the recorded peer kept to other grants than ours.
        TransportParameters recorded = TransportParametersReader.Read(recording.OwnParameters, 0, recording.OwnParameters.Length, recording.IsServer);
        TransportParameters offered = _demux.Shared.Offered;
        offered.InitialMaxData = recorded.InitialMaxData;
        offered.InitialMaxStreamDataBidiLocal = recorded.InitialMaxStreamDataBidiLocal;
        offered.InitialMaxStreamDataBidiRemote = recorded.InitialMaxStreamDataBidiRemote;
        offered.InitialMaxStreamDataUni = recorded.InitialMaxStreamDataUni;
        offered.InitialMaxStreamsBidi = recorded.InitialMaxStreamsBidi;
        offered.InitialMaxStreamsUni = recorded.InitialMaxStreamsUni;
        offered.MaxUdpPayloadBytes = recorded.MaxUdpPayloadBytes;
    }

    private void CheckServerFlight(Recording recording)
    {
        Assert.Equal(Convert.ToHexString(recording.Messages[1]), Sent(EncryptionLevel.Initial));
        Assert.Equal(Convert.ToHexString(recording.ServerFlight), Sent(EncryptionLevel.Handshake));
    }

    private void CheckClientFlight(Recording recording)
    {
        Assert.Equal(Convert.ToHexString(recording.ClientFlight), Sent(EncryptionLevel.Handshake));
        Assert.True(_connection.IsEstablished);
    }

    private void CheckEnd(Recording recording, int bytesRead)
    {
        Assert.True(_connection.RemoteId != null, _connection.CloseInfo?.Reason + " / " + _demux.Drops);
        Assert.Equal(recording.PeerId, _connection.RemoteId.ToString());
        Assert.Equal(Pair.Alpn, _connection.Alpn);
        Assert.Equal(0, _demux.Drops.Get(DropReason.NotAuthentic));
        Assert.Equal(bytesRead, _read.Count);
        if (recording.Name.Contains("keyupdate")) Assert.Equal(1, _connection.KeyUpdates);
        else Assert.Equal(0, _connection.KeyUpdates);
        if (recording.IsServer)
        {
            Assert.Equal(QuicCloseKind.RemoteApplication, _connection.CloseInfo.Kind);
            Assert.Equal(0, _connection.CloseInfo.Code);
        }
    }

    private string Sent(int level)
    {
        SendBuffer buffer = _connection.Space(level).CryptoOut;
        byte[] bytes = new byte[buffer.End];
        buffer.CopyTo(0, bytes.Length, bytes, 0);
        return Convert.ToHexString(bytes);
    }

    private void Receive(byte[] bytes)
    {
        byte[] copy = (byte[])bytes.Clone();
        _demux.ReceiveDatagram(copy, 0, copy.Length, Peer, _nowMs);
    }

    // Reads whatever arrived; what we would send is not compared from here on, because when to acknowledge is a choice.
    private void Settle()
    {
        while (_demux.PollEvent(_event))
        {
            if (_event.StreamId == StreamId.None) continue;
            byte[] into = new byte[4096];
            int count;
            while ((count = _event.Connection.Read(_event.StreamId, into, 0, into.Length)) > 0) _read.AddRange(into.AsSpan(0, count).ToArray());
        }
    }
}
