using System;
using System.Linq;
using IrohLite.Tls;
using Xunit;

namespace IrohLite.Tests.Tls;

/// <summary>Seeded damage to good messages: nothing but alerts comes out, and nobody completes with changed bytes.</summary>
public class MutationTests
{
    private const int Rounds = 4000;
    private const int Seed = 20261120;

    [Fact]
    public void A_damaged_ClientHello_is_refused_with_an_alert_or_harmless()
    {
        Random random = new Random(Seed);
        foreach (TlsWorld world in TlsWorld.All().Take(1))
        {
            byte[] real = Transcript.All().Single(t => t.Name == "quic_captured_real_client").Messages[0];
            byte[] own = new HandClient(world.Crypto).Hello();
            int refused = 0;
            for (int round = 0; round < Rounds; round++)
            {
                byte[] damaged = Damage(random, round % 2 == 0 ? real : own);
                (TlsServerHandshake server, _) = world.Server();
                if (TryReceive(server, TlsLevel.Initial, damaged, random)) Assert.False(server.IsComplete);
                else
                {
                    Refusal.AssertWiped(server);
                    refused++;
                }
            }

            Assert.InRange(refused, Rounds / 4, Rounds - 1);
        }
    }

    [Fact]
    public void A_damaged_flight_never_completes_a_handshake()
    {
        Random random = new Random(Seed + 1);
        foreach (TlsWorld world in TlsWorld.All().Take(1))
        {
            (TlsServerHandshake goodServer, RecordingSink goodServerSink) = world.Server();
            (TlsClientHandshake goodClient, RecordingSink goodClientSink) = world.Client();
            Couple.Run(goodClient, goodClientSink, goodServer, goodServerSink);
            byte[] serverHello = goodServerSink.Sent(TlsLevel.Initial);
            byte[] serverFlight = goodServerSink.Sent(TlsLevel.Handshake);
            byte[] clientHello = goodClientSink.Sent(TlsLevel.Initial);
            byte[] clientFlight = goodClientSink.Sent(TlsLevel.Handshake);
            int refused = 0;
            for (int round = 0; round < Rounds; round++)
            {
                (TlsClientHandshake client, _) = world.Client();
                bool isHello = round % 4 == 0;
                bool good = TryReceive(client, TlsLevel.Initial, isHello ? Damage(random, serverHello) : serverHello, random)
                    && TryReceive(client, TlsLevel.Handshake, isHello ? serverFlight : Damage(random, serverFlight), random);
                Assert.False(client.IsComplete);
                Assert.Null(client.PeerId);

                (TlsServerHandshake server, _) = world.Server();
                Assert.True(TryReceive(server, TlsLevel.Initial, clientHello, random));
                good &= TryReceive(server, TlsLevel.Handshake, Damage(random, clientFlight), random);
                Assert.False(server.IsComplete);
                Assert.Null(server.PeerId);
                if (!good) refused++;
            }

            Assert.True(refused > Rounds * 9 / 10, "only " + refused + " refused");
        }
    }

    // Changes, removes, doubles or inserts bytes; the result differs from the original and is no shorter start of it.
    private static byte[] Damage(Random random, byte[] original)
    {
        byte[] damaged = original.ToArray();
        int times = random.Next(1, 4);
        for (int i = 0; i < times; i++)
        {
            int at = random.Next(damaged.Length);
            int size = Math.Min(random.Next(1, 9), damaged.Length - at);
            byte[] head = damaged.Take(at).ToArray();
            byte[] tail = damaged.Skip(at).ToArray();
            switch (random.Next(6))
            {
                case 0: damaged = Wire.Cat(head, tail.Skip(size).ToArray()); break;
                case 1: damaged = Wire.Cat(head, tail.Take(size).ToArray(), tail); break;
                case 2: damaged = Wire.Cat(head, Wire.U8(random.Next(256)), tail); break;
                case 3: damaged[at] = (byte)random.Next(256); break;
                case 4: damaged[at] = random.Next(2) == 0 ? (byte)0 : (byte)0xff; break;
                default: damaged[at] ^= (byte)(1 << random.Next(8)); break;
            }
        }

        bool isStart = damaged.Length <= original.Length && damaged.AsSpan().SequenceEqual(original.AsSpan(0, damaged.Length));
        return isStart || damaged.AsSpan().StartsWith(original) ? Wire.Cat(Wire.U8(original[0] ^ 0x80), original.Skip(1).ToArray()) : damaged;
    }

    private static bool TryReceive(TlsHandshake handshake, int level, byte[] bytes, Random random)
    {
        try
        {
            int cut = random.Next(bytes.Length + 1);
            handshake.Receive(level, bytes, 0, cut);
            handshake.Receive(level, bytes, cut, bytes.Length - cut);
            return true;
        }
        catch (TlsAlertException)
        {
            return false;
        }
    }
}
