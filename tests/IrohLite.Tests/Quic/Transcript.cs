using System;
using System.Collections.Generic;
using System.Text.Json;
using IrohLite.Buffers;
using IrohLite.Crypto;
using IrohLite.Quic;

namespace IrohLite.Tests.Quic;

/// <summary>
/// Opens every packet of a recorded connection with the recorded secrets, both directions, as two endpoints would: coalesced
/// packets, packet number spaces, key updates followed.
/// </summary>
internal sealed class Transcript
{
    private sealed class Side
    {
        public LevelKeys[] Keys = new LevelKeys[3];
        public KeyPhase Phase;

        // Initial, Handshake, and one 1-RTT space per multipath path.
        public long[] Largest = { -1, -1, -1, -1, -1 };
    }

    private const int MultipathSpaces = 3;

    private readonly ICryptoProvider _crypto;
    private readonly PacketHeader _header = new();
    private readonly PacketProtector _protector;
    private readonly Side _client = new();
    private readonly Side _server = new();
    private readonly int _clientIdLength;
    private readonly int _serverIdLength;

    public Transcript(ICryptoProvider crypto, string originalDcid, string clientHandshake, string serverHandshake,
        string clientApplication, string serverApplication, int clientIdLength = 8, int serverIdLength = 8)
    {
        _crypto = crypto;
        _protector = new PacketProtector(crypto);
        _clientIdLength = clientIdLength;
        _serverIdLength = serverIdLength;
        ConnectionId dcid = new();
        byte[] id = Convert.FromHexString(originalDcid);
        dcid.Set(id, 0, id.Length);
        foreach (Side side in new[] { _client, _server })
        {
            bool isClient = side == _client;
            for (int level = 0; level < 3; level++) side.Keys[level] = new LevelKeys(crypto);
            side.Keys[EncryptionLevel.Initial].InstallInitial(dcid, isClient);
            Install(side.Keys[EncryptionLevel.Handshake], clientHandshake, serverHandshake, isClient, false);
            Install(side.Keys[EncryptionLevel.OneRtt], clientApplication, serverApplication, isClient, true);
            side.Phase = new KeyPhase(crypto, side.Keys[EncryptionLevel.OneRtt]);
        }
    }

    public FrameWalker Walker { get; } = new();

    /// <summary>Packets opened so far.</summary>
    public int Packets { get; private set; }

    /// <summary>Packets whose rewritten frames are the received bytes.</summary>
    public int Rewritten { get; private set; }

    /// <summary>Packets that hold a frame type unknown to RFC 9000.</summary>
    public int Refused { get; private set; }

    /// <summary>Key updates seen in packets to the server and to the client.</summary>
    public int UpdatesAtServer => _server.Phase.ReceiveGeneration;

    public int UpdatesAtClient => _client.Phase.ReceiveGeneration;

    /// <summary>What each packet held: (packet number, header, payload, frames).</summary>
    public List<(long Number, int Level, byte[] Header, byte[] Payload, string[] Frames)> Seen { get; } = new();

    /// <summary>Opens one datagram; throws when any of its packets does not open.</summary>
    public void Datagram(byte[] datagram, bool toServer)
    {
        // Padded on both sides: nothing may depend on the datagram starting at 0 or ending with the array.
        byte[] buffer = new byte[datagram.Length + 12];
        Array.Fill(buffer, (byte)0xA5);
        datagram.CopyTo(buffer, 5);
        int end = 5 + datagram.Length;
        Side to = toServer ? _server : _client;
        for (int at = 5; at < end; at = _header.PacketEnd)
        {
            if (!PacketHeaderReader.TryRead(buffer, at, end, toServer ? _serverIdLength : _clientIdLength, _header, out int reason))
                throw new InvalidOperationException($"packet {Packets}: dropped for {reason}");
            Packet(to, buffer, toServer);
        }
        for (int i = 0; i < 5; i++)
            if (buffer[i] != 0xA5) throw new InvalidOperationException("wrote before the datagram");
        for (int i = end; i < buffer.Length; i++)
            if (buffer[i] != 0xA5) throw new InvalidOperationException("wrote behind the datagram");
    }

    private void Packet(Side to, byte[] buffer, bool toServer)
    {
        int level = EncryptionLevel.OfPacket(_header.Type);
        Side other = toServer ? _client : _server;
        byte[] sealedPacket = buffer.AsSpan(_header.PacketOffset, _header.SizeBytes).ToArray();
        // Which multipath path an id belongs to is not recorded for both directions: the one that opens the packet it is.
        int paths = level == EncryptionLevel.OneRtt && _crypto is ReferenceCrypto ? MultipathSpaces : 1;
        int length = -1, space = level;
        for (int path = 0; path < paths && length < 0; path++)
        {
            sealedPacket.CopyTo(buffer, _header.PacketOffset);
            space = level + path;
            if (_crypto is ReferenceCrypto reference) reference.PathId = (uint)path;
            length = _protector.Open(to.Keys[level], _header, to.Largest[space]);
        }
        if (length < 0) throw new InvalidOperationException($"packet {Packets} of type {_header.Type} does not open");
        Packets++;
        if (level == EncryptionLevel.OneRtt)
            to.Phase.OnPacketOpened(_protector.Generation, _protector.PacketNumber, to.Largest[space], other.Largest[level] + 1, 100, 0);
        to.Largest[space] = Math.Max(to.Largest[space], _protector.PacketNumber);

        byte[] header = buffer.AsSpan(_header.PacketOffset, _protector.PayloadOffset - _header.PacketOffset).ToArray();
        byte[] payload = buffer.AsSpan(_protector.PayloadOffset, length).ToArray();
        try
        {
            Walker.Walk(buffer, _protector.PayloadOffset, length, level, sentByServer: !toServer);
            if (payload.AsSpan().SequenceEqual(Walker.Rewritten)) Rewritten++;
            if (level == EncryptionLevel.OneRtt && Walker.LargestAcked >= 0)
            {
                to.Phase.OnAckReceived(Walker.LargestAcked, _protector.Generation);
                other.Phase.OnAckSent(Walker.LargestAcked);
            }
        }
        catch (TransportException e) when (e.Code == TransportErrorCode.FrameEncodingError && FrameRules.Of(e.FrameType) == 0)
        {
            Refused++;
        }
        Seen.Add((_protector.PacketNumber, level, header, payload, Walker.Frames.ToArray()));
    }

    private static void Install(LevelKeys keys, string client, string server, bool isClient, bool updatable) =>
        keys.Install(Convert.FromHexString(client), 0, Convert.FromHexString(server), 0, isClient, updatable);

    /// <summary>A transcript for a golden file, with the lengths of the ids that short headers carry.</summary>
    public static Transcript OfGolden(ICryptoProvider crypto, JsonElement file) =>
        new(crypto, file.GetProperty("original_dcid").GetString(),
            file.GetProperty("client_handshake_traffic_secret").GetString(), file.GetProperty("server_handshake_traffic_secret").GetString(),
            file.GetProperty("client_application_traffic_secret_0").GetString(), file.GetProperty("server_application_traffic_secret_0").GetString());
}
