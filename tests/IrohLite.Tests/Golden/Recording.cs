using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace IrohLite.Tests.Golden;

/// <summary>One recorded connection: the datagrams in order, and every secret of the side that is played again.</summary>
internal sealed class Recording
{
    public string Name { get; private init; }

    public bool IsServer { get; private init; }

    public byte[] Seed { get; private init; }

    public byte[] Share { get; private init; }

    public string PeerId { get; private init; }

    public byte[] LocalCid { get; private init; }

    public byte[] OriginalDcid { get; private init; }

    /// <summary>The handshake messages in order, each with its header.</summary>
    public byte[][] Messages { get; private init; }

    public (bool In, byte[] Bytes)[] Datagrams { get; private init; }

    public byte[] ClientSecret { get; private init; }

    public byte[] ServerSecret { get; private init; }

    public byte[] Random => Messages[IsServer ? 1 : 0].AsSpan(6, 32).ToArray();

    public byte[] ServerFlight => Messages.Skip(2).Take(5).SelectMany(m => m).ToArray();

    public byte[] ClientFlight => Messages.Skip(7).SelectMany(m => m).ToArray();

    /// <summary>The body of extension 57 of our own message.</summary>
    public byte[] OwnParameters => Parameters(Messages[IsServer ? 2 : 0]);

    public static Recording Golden(string name)
    {
        using JsonDocument document = Vectors.Open("quic/" + name + ".json");
        JsonElement root = document.RootElement;
        return new Recording
        {
            Name = name,
            IsServer = Text(root, "role_of_instrument") == "server",
            Seed = Hex(root, "ed25519_seed_instrument"),
            Share = Hex(root, "x25519_private_local"),
            PeerId = Text(root, "peer_endpoint_id"),
            LocalCid = Hex(root, "instrument_scid"),
            OriginalDcid = Hex(root, "original_dcid"),
            Messages = Split(Hex(root, "tls_transcript")),
            Datagrams = root.GetProperty("datagrams").EnumerateArray()
                .Select(d => (d[0].GetString() == "rx", Convert.FromHexString(d[1].GetString()))).ToArray(),
            ClientSecret = Hex(root, "client_application_traffic_secret_0"),
            ServerSecret = Hex(root, "server_application_traffic_secret_0"),
        };
    }

    public static Recording Captured(string name)
    {
        using JsonDocument document = Vectors.Open("iroh/iroh-wire.json");
        JsonElement root = document.RootElement.GetProperty(name);
        bool isServer = Text(root, "our_role") == "server";
        // Where the datagrams were not kept, its packets one by one do as well.
        (bool In, byte[] Bytes)[] datagrams = root.TryGetProperty("datagrams", out JsonElement kept)
            ? kept.EnumerateArray().Select(d => (Text(d, "dir") == "in", Hex(d, "hex"))).ToArray()
            : root.GetProperty("packets").EnumerateArray().Select(p => (Text(p, "dir") == "in", Hex(p, "packet"))).ToArray();
        byte[] first = datagrams[0].Bytes;
        return new Recording
        {
            Name = name,
            IsServer = isServer,
            Seed = Hex(root, "our_secret"),
            Share = Hex(root, "our_x25519_private"),
            PeerId = Text(root, isServer ? "client_id" : "server_id"),
            LocalCid = Hex(root, "our_scid"),
            OriginalDcid = first.AsSpan(6, first[5]).ToArray(),
            Messages = root.GetProperty("tls_messages").EnumerateArray().Select(m => Hex(m, "hex")).Take(10).ToArray(),
            Datagrams = datagrams,
            ClientSecret = Hex(root.GetProperty("secrets").GetProperty("c_ap"), "secret"),
            ServerSecret = Hex(root.GetProperty("secrets").GetProperty("s_ap"), "secret"),
        };
    }

    private static byte[][] Split(byte[] stream)
    {
        List<byte[]> messages = new();
        for (int at = 0; at < stream.Length;)
        {
            int length = 4 + (stream[at + 1] << 16 | stream[at + 2] << 8 | stream[at + 3]);
            messages.Add(stream.AsSpan(at, length).ToArray());
            at += length;
        }

        return messages.ToArray();
    }

    private static byte[] Parameters(byte[] message)
    {
        // Extension 57 is searched by its type and a length that leads to a plausible end.
        for (int at = 4; at + 4 < message.Length; at++)
        {
            if (message[at] != 0 || message[at + 1] != 57) continue;
            int length = message[at + 2] << 8 | message[at + 3];
            if (length > 30 && at + 4 + length <= message.Length) return message.AsSpan(at + 4, length).ToArray();
        }

        throw new InvalidOperationException("no transport parameters");
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static byte[] Hex(JsonElement element, string name) => Convert.FromHexString(Text(element, name));
}
