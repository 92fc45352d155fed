using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace IrohLite.Tests.Tls;

/// <summary>One recorded handshake seen from the side whose private keys are known.</summary>
internal sealed class Transcript
{
    public string Name { get; private init; }

    public bool IsServer { get; private init; }

    public byte[] Seed { get; private init; }

    public byte[] Share { get; private init; }

    public byte[] PeerKey { get; private init; }

    public byte[][] Messages { get; private init; }

    /// <summary>c hs, s hs, c ap, s ap.</summary>
    public byte[][] Secrets { get; private init; }

    /// <summary>The messages of the server's flight at the Handshake level.</summary>
    public byte[] ServerFlight => Wire.Cat(Messages.Skip(2).Take(5).ToArray());

    public byte[] ClientFlight => Wire.Cat(Messages.Skip(7).ToArray());

    /// <summary>Every recorded handshake, once for each side that can be played.</summary>
    public static List<Transcript> All()
    {
        List<Transcript> all = new();
        using JsonDocument wire = Vectors.Open("iroh/iroh-wire.json");
        JsonElement self = wire.RootElement.GetProperty("quic_handshake_self");
        foreach (string side in new[] { "client", "server" })
        {
            JsonElement own = self.GetProperty(side);
            all.Add(new Transcript
            {
                Name = "quic_handshake_self/" + side,
                IsServer = side == "server",
                Seed = Hex(own, "secret"),
                Share = Hex(own, "x25519_private"),
                PeerKey = Hex(self.GetProperty(side == "client" ? "server" : "client"), "id"),
                Messages = WireMessages(self),
                Secrets = WireSecrets(self.GetProperty("keys")),
            });
        }

        foreach (string name in new[] { "quic_captured_real_server", "quic_captured_real_client" })
        {
            JsonElement captured = wire.RootElement.GetProperty(name);
            bool isServer = captured.GetProperty("our_role").GetString() == "server";
            all.Add(new Transcript
            {
                Name = name,
                IsServer = isServer,
                Seed = Hex(captured, "our_secret"),
                Share = Hex(captured, "our_x25519_private"),
                PeerKey = Hex(captured, isServer ? "client_id" : "server_id"),
                Messages = WireMessages(captured),
                Secrets = WireSecrets(captured.GetProperty("secrets")),
            });
        }

        foreach (string name in new[] { "golden_client_role", "golden_server_role", "golden_keyupdate_server_role", "golden_multipath_server" })
        {
            using JsonDocument golden = Vectors.Open("quic/" + name + ".json");
            JsonElement root = golden.RootElement;

            // The multipath file leaves the keys out: its instrument had the seed of the other server transcripts.
            bool hasSeed = root.TryGetProperty("ed25519_seed_instrument", out _);
            byte[][] messages = Wire.Split(Hex(root, "tls_transcript")).ToArray();
            bool isServer = root.GetProperty("role_of_instrument").GetString() == "server";
            all.Add(new Transcript
            {
                Name = name,
                IsServer = isServer,
                Seed = hasSeed ? Hex(root, "ed25519_seed_instrument") : TlsWorld.Filled(0x53),
                Share = Hex(root, "x25519_private_local"),
                PeerKey = messages[isServer ? 7 : 4].AsSpan(23, 32).ToArray(),
                Messages = messages,
                Secrets = new[]
                {
                    Hex(root, "client_handshake_traffic_secret"), Hex(root, "server_handshake_traffic_secret"),
                    Hex(root, "client_application_traffic_secret_0"), Hex(root, "server_application_traffic_secret_0"),
                },
            });
        }

        return all;
    }

    private static byte[][] WireMessages(JsonElement session) =>
        session.GetProperty("tls_messages").EnumerateArray().Select(m => Hex(m, "hex")).ToArray();

    private static byte[][] WireSecrets(JsonElement keys) =>
        new[] { "c_hs", "s_hs", "c_ap", "s_ap" }.Select(name => Hex(keys.GetProperty(name), "secret")).ToArray();

    private static byte[] Hex(JsonElement element, string name) => Wire.Hex(element.GetProperty(name).GetString());
}
