using System;
using System.Linq;
using System.Text.Json;
using IrohLite.Quic;
using Xunit;

namespace IrohLite.Tests.Quic.Protection;

/// <summary>The packets of iroh-wire.json: opened, described frame by frame, written again and sealed to the same bytes.</summary>
public class CapturedPacketsTests
{
    private static readonly string[] s_levels = { "Initial", "Handshake", "1-RTT" };

    private static (string Client, string Server) Secrets(JsonElement keys, string level) =>
        (keys.GetProperty("c_" + level).GetProperty("secret").GetString(), keys.GetProperty("s_" + level).GetProperty("secret").GetString());

    [Theory]
    [InlineData("quic_captured_real_server", "secrets", "packets", true, 14)]
    [InlineData("quic_captured_real_client", "secrets", "packets", false, 14)]
    [InlineData("quic_handshake_self", "keys", "client_view_packets", true, 15)]
    public void Every_packet_opens_to_the_recorded_header_payload_and_frames(string name, string keys, string packets, bool weAreClient, int expected)
    {
        using JsonDocument file = Vectors.Open("iroh/iroh-wire.json");
        JsonElement vector = file.RootElement.GetProperty(name);
        Transcript transcript = Open(vector, keys, packets, weAreClient);

        int count = 0;
        foreach (JsonElement packet in vector.GetProperty(packets).EnumerateArray())
        {
            (long number, int level, byte[] header, byte[] payload, string[] frames) = transcript.Seen[count++];
            Assert.Equal(packet.GetProperty("space").GetString(), s_levels[level]);
            Assert.Equal(packet.GetProperty("pn").GetInt64(), number);
            Assert.Equal(packet.GetProperty("header").GetString(), Convert.ToHexStringLower(header));
            Assert.Equal(packet.GetProperty("payload").GetString(), Convert.ToHexStringLower(payload));
            Assert.Equal(packet.GetProperty("frames").EnumerateArray().Select(f => f.GetString()), frames);
        }
        Assert.Equal(expected, count);
        Assert.Equal(expected, transcript.Rewritten);
    }

    [Theory]
    [InlineData("quic_captured_real_server", "secrets", "packets", true, 14)]
    [InlineData("quic_captured_real_client", "secrets", "packets", false, 14)]
    [InlineData("quic_handshake_self", "keys", "client_view_packets", true, 15)]
    public void Every_packet_is_written_and_sealed_to_the_recorded_bytes(string name, string keys, string packets, bool weAreClient, int expected)
    {
        using JsonDocument file = Vectors.Open("iroh/iroh-wire.json");
        JsonElement vector = file.RootElement.GetProperty(name);
        ReferenceCrypto crypto = new();
        PacketProtector protector = new(crypto);
        LevelKeys[] client = Keys(crypto, vector, keys, packets, true);
        LevelKeys[] server = Keys(crypto, vector, keys, packets, false);
        int count = 0;
        int clientUpdates = 0, serverUpdates = 0;
        foreach (JsonElement packet in vector.GetProperty(packets).EnumerateArray())
        {
            byte[] header = Convert.FromHexString(packet.GetProperty("header").GetString());
            byte[] payload = Convert.FromHexString(packet.GetProperty("payload").GetString());
            byte[] expectedPacket = Convert.FromHexString(packet.GetProperty("packet").GetString());
            bool fromClient = (packet.GetProperty("dir").GetString() == "out") == weAreClient;
            int level = Array.IndexOf(s_levels, packet.GetProperty("space").GetString());
            long number = packet.GetProperty("pn").GetInt64();

            byte[] buffer = new byte[1300];
            int payloadOffset = WriteHeader(buffer, 3, header, number, payload.Length, out int numberOffset);
            Assert.Equal(header, buffer.AsSpan(3, payloadOffset - 3).ToArray());
            payload.CopyTo(buffer, payloadOffset);
            LevelKeys sender = (fromClient ? client : server)[level];
            int phase = level == EncryptionLevel.OneRtt ? (header[0] >> 2) & 1 : 0;
            if (fromClient && phase > clientUpdates) { clientUpdates++; crypto.RotatePacketKeys(sender.SendKeys, 0); }
            if (!fromClient && phase > serverUpdates) { serverUpdates++; crypto.RotatePacketKeys(sender.SendKeys, 0); }
            int end = protector.Seal(sender, buffer, 3, numberOffset, payloadOffset, payloadOffset + payload.Length, number);
            Assert.Equal(expectedPacket, buffer.AsSpan(3, end - 3).ToArray());
            count++;
        }
        Assert.Equal(expected, count);
        Assert.Equal(name == "quic_handshake_self" ? 2 : 0, clientUpdates + serverUpdates);
    }

    [Fact]
    public void The_13_datagrams_of_the_fixed_handshake_open_with_the_key_update()
    {
        using JsonDocument file = Vectors.Open("iroh/iroh-wire.json");
        JsonElement vector = file.RootElement.GetProperty("quic_handshake_self");
        Transcript transcript = New(vector, "keys", "8394c8f03e515708");
        int datagrams = 0;
        foreach (JsonElement datagram in vector.GetProperty("datagrams").EnumerateArray())
        {
            transcript.Datagram(Convert.FromHexString(datagram.GetProperty("hex").GetString()), datagram.GetProperty("to").GetString() == "server");
            datagrams++;
        }

        Assert.Equal(13, datagrams);
        Assert.Equal(15, transcript.Packets);
        Assert.Equal(15, transcript.Rewritten);
        Assert.Equal(1, transcript.UpdatesAtClient);
        Assert.Equal(1, transcript.UpdatesAtServer);
    }

    [Fact]
    public void The_12_datagrams_captured_from_the_real_server_open()
    {
        using JsonDocument file = Vectors.Open("iroh/iroh-wire.json");
        JsonElement vector = file.RootElement.GetProperty("quic_captured_real_server");
        Transcript transcript = New(vector, "secrets", vector.GetProperty("original_dcid").GetString());
        int datagrams = 0;
        foreach (JsonElement datagram in vector.GetProperty("datagrams").EnumerateArray())
        {
            transcript.Datagram(Convert.FromHexString(datagram.GetProperty("hex").GetString()), datagram.GetProperty("dir").GetString() == "out");
            datagrams++;
        }

        Assert.Equal(12, datagrams);
        Assert.Equal(14, transcript.Packets);
    }

    private static Transcript New(JsonElement vector, string keys, string dcid)
    {
        JsonElement secrets = vector.GetProperty(keys);
        (string clientHandshake, string serverHandshake) = Secrets(secrets, "hs");
        (string clientApplication, string serverApplication) = Secrets(secrets, "ap");
        return new Transcript(new ReferenceCrypto(), dcid, clientHandshake, serverHandshake, clientApplication, serverApplication);
    }

    private static Transcript Open(JsonElement vector, string keys, string packets, bool weAreClient)
    {
        Transcript transcript = New(vector, keys, FirstDcid(vector, packets));
        foreach (JsonElement packet in vector.GetProperty(packets).EnumerateArray())
        {
            bool toServer = (packet.GetProperty("dir").GetString() == "out") == weAreClient;
            transcript.Datagram(Convert.FromHexString(packet.GetProperty("packet").GetString()), toServer);
        }
        return transcript;
    }

    private static LevelKeys[] Keys(ReferenceCrypto crypto, JsonElement vector, string keys, string packets, bool isClient)
    {
        LevelKeys[] result = { new(crypto), new(crypto), new(crypto) };
        ConnectionId dcid = new();
        byte[] id = Convert.FromHexString(FirstDcid(vector, packets));
        dcid.Set(id, 0, id.Length);
        result[0].InstallInitial(dcid, isClient);
        for (int level = 1; level < 3; level++)
        {
            (string client, string server) = Secrets(vector.GetProperty(keys), level == 1 ? "hs" : "ap");
            result[level].Install(Convert.FromHexString(client), 0, Convert.FromHexString(server), 0, isClient, level == 2);
        }
        return result;
    }

    private static string FirstDcid(JsonElement vector, string packets)
    {
        string header = vector.GetProperty(packets)[0].GetProperty("header").GetString();
        return header.Substring(12, 2 * Convert.FromHexString(header.Substring(10, 2))[0]);
    }

    // Writes with the library's writer what the recorded header says; the spin bit is the only thing it cannot write.
    private static int WriteHeader(byte[] buffer, int offset, byte[] header, long number, int payloadLength, out int numberOffset)
    {
        int numberLength = (header[0] & 3) + 1;
        ConnectionId dcid = new(), scid = new();
        int payloadOffset;
        if ((header[0] & 0x80) == 0)
        {
            dcid.Set(header, 1, header.Length - 1 - numberLength);
            payloadOffset = PacketHeaderWriter.WriteShort(buffer, offset, dcid, (header[0] >> 2) & 1, number, numberLength);
            Assert.Equal(PacketHeaderWriter.ShortLength(dcid.Length, numberLength), payloadOffset - offset);
            buffer[offset] |= (byte)(header[0] & 0x20);
        }
        else
        {
            int type = (header[0] >> 4) & 3;
            dcid.Set(header, 6, header[5]);
            scid.Set(header, 7 + header[5], header[6 + header[5]]);
            payloadOffset = PacketHeaderWriter.WriteLong(buffer, offset, type, dcid, scid, null, 0, 0, number, numberLength);
            Assert.Equal(PacketHeaderWriter.LongLength(type, dcid.Length, scid.Length, 0, numberLength), payloadOffset - offset);
            PacketHeaderWriter.PatchLength(buffer, payloadOffset - numberLength, payloadOffset + payloadLength + PacketProtector.TagSizeBytes);
        }
        numberOffset = payloadOffset - numberLength;
        return payloadOffset;
    }
}
