using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using IrohLite.Crypto;
using IrohLite.Tls;
using Xunit;

namespace IrohLite.Tests.Tls;

public class KeyScheduleTests
{
    [Fact]
    public void The_schedule_reproduces_the_trace_of_RFC_8448_section_3()
    {
        using JsonDocument document = Vectors.Open("rfc8448.json");
        List<JsonElement> steps = document.RootElement.GetProperty("sections").EnumerateArray()
            .Single(s => s.GetProperty("number").GetRawText().Trim('"') == "3").GetProperty("steps").EnumerateArray().ToList();
        int runs = 0;
        foreach (ICryptoProvider crypto in TlsWorld.Providers())
        {
            int compared = 0;
            void Same(byte[] expected, byte[] actual)
            {
                Assert.Equal(expected, actual);
                compared++;
            }

            byte[] shared = new byte[32];
            Assert.True(crypto.X25519Agree(
                Value(steps, "server", "create an ephemeral", "private key"), 0, Value(steps, "client", "create an ephemeral", "public key"), 0, shared, 0));
            KeySchedule schedule = new KeySchedule(crypto);
            Same(Value(steps, "server", "extract secret \"early\"", "secret"), schedule.StageSecret);
            Same(Value(steps, "server", "extract secret \"handshake\"", "IKM"), shared);

            schedule.EnterHandshake(shared, 0, Value(steps, "server", "derive secret \"tls13 c hs traffic\"", "hash"));
            Same(Value(steps, "server", "extract secret \"handshake\"", "secret"), schedule.StageSecret);
            Same(Value(steps, "server", "derive secret \"tls13 c hs traffic\"", "expanded"), schedule.ClientHandshake);
            Same(Value(steps, "server", "derive secret \"tls13 s hs traffic\"", "expanded"), schedule.ServerHandshake);

            schedule.EnterApplication(Value(steps, "server", "derive secret \"tls13 c ap traffic\"", "hash"));
            Same(Value(steps, "server", "extract secret \"master\"", "secret"), schedule.StageSecret);
            Same(Value(steps, "server", "derive secret \"tls13 c ap traffic\"", "expanded"), schedule.ClientApplication);
            Same(Value(steps, "server", "derive secret \"tls13 s ap traffic\"", "expanded"), schedule.ServerApplication);

            byte[] transcript = Wire.Cat(new[] { "ClientHello", "ServerHello", "EncryptedExtensions", "Certificate", "CertificateVerify" }
                .Select(name => Value(steps, null, "construct a", name)).ToArray());
            byte[] serverFinished = Value(steps, "server", "construct a Finished", "Finished");
            Same(Value(steps, "server", "calculate finished", "finished"), FinishedOf(schedule, crypto, schedule.ServerHandshake, transcript));
            transcript = Wire.Cat(transcript, serverFinished);
            Same(Value(steps, "client", "calculate finished \"tls13 finished\":", "finished"),
                FinishedOf(schedule, crypto, schedule.ClientHandshake, transcript));

            schedule.Wipe();
            foreach (byte[] secret in new[] { schedule.StageSecret, schedule.ClientHandshake, schedule.ServerHandshake, schedule.ClientApplication, schedule.ServerApplication })
                Same(new byte[32], secret);
            Assert.Equal(15, compared);
            runs++;
        }

        Assert.True(runs > 0, "no crypto provider ran");
    }

    [Fact]
    public void The_tests_own_schedule_agrees_with_the_transcript_of_the_wire_vectors()
    {
        using JsonDocument document = Vectors.Open("iroh/iroh-wire.json");
        JsonElement self = document.RootElement.GetProperty("quic_handshake_self");
        byte[][] messages = self.GetProperty("tls_messages").EnumerateArray().Select(m => Wire.Hex(m.GetProperty("hex").GetString())).ToArray();
        Assert.Equal(10, messages.Length);
        HandSchedule schedule = new HandSchedule(Wire.Hex(self.GetProperty("schedule").GetProperty("shared_secret").GetString()),
            Wire.Cat(messages[0], messages[1]));
        string Secret(string name) => self.GetProperty("keys").GetProperty(name).GetProperty("secret").GetString();
        Assert.Equal(Wire.Hex(Secret("c_hs")), schedule.ClientHandshake);
        Assert.Equal(Wire.Hex(Secret("s_hs")), schedule.ServerHandshake);
        byte[] toFinished = Wire.Cat(messages.Take(7).ToArray());
        Assert.Equal(Wire.Hex(Secret("c_ap")), schedule.ClientApplication(toFinished));
        Assert.Equal(Wire.Hex(Secret("s_ap")), schedule.ServerApplication(toFinished));
    }

    private static byte[] FinishedOf(KeySchedule schedule, ICryptoProvider crypto, byte[] secret, byte[] transcript)
    {
        byte[] hash = new byte[32];
        byte[] value = new byte[33];
        crypto.Sha256(transcript, 0, transcript.Length, hash, 0);
        schedule.FinishedValue(secret, hash, value, 1);
        Assert.Equal(0, value[0]);
        return value.Skip(1).ToArray();
    }

    // The first step of that side whose text begins so and which has the value.
    private static byte[] Value(List<JsonElement> steps, string who, string what, string name) => Wire.Hex(steps
        .Where(s => (who == null || s.GetProperty("who").GetString() == who) && s.GetProperty("what").GetString().StartsWith(what, System.StringComparison.Ordinal))
        .Select(s => s.GetProperty("values")).First(v => v.TryGetProperty(name, out _))
        .GetProperty(name).GetProperty("hex").GetString());
}
