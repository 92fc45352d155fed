using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using IrohLite.Quic;
using Xunit;

namespace IrohLite.Tests.Quic.Wire;

/// <summary>Payloads of the real iroh, mutated by a seeded generator: understood, or refused with a code and a frame type, never more.</summary>
public class FrameFuzzTests
{
    [Fact]
    public void Mutated_payloads_are_understood_or_refused()
    {
        using JsonDocument file = Vectors.Open("iroh/iroh-wire.json");
        List<byte[]> payloads = file.RootElement.GetProperty("quic_captured_real_client").GetProperty("packets").EnumerateArray()
            .Select(p => Convert.FromHexString(p.GetProperty("payload").GetString())).ToList();
        Random random = new(4711);
        FrameWalker walker = new();
        int understood = 0, refused = 0;
        for (int round = 0; round < 30000; round++)
        {
            byte[] source = payloads[random.Next(payloads.Count)];
            byte[] bytes = new byte[source.Length + 16];
            Array.Fill(bytes, (byte)0xFF);
            source.CopyTo(bytes, 8);
            int count = random.Next(3) == 0 ? random.Next(source.Length) + 1 : source.Length;
            for (int i = random.Next(6); i > 0; i--) bytes[8 + random.Next(Math.Min(count, 40))] = (byte)random.Next(256);
            try
            {
                walker.Walk(bytes, 8, count, random.Next(3), random.Next(2) == 0);
                understood++;
            }
            catch (TransportException e)
            {
                Assert.True(e.Code is TransportErrorCode.FrameEncodingError or TransportErrorCode.ProtocolViolation, $"round {round}: {e.Code}");
                Assert.NotEqual("", e.Reason);
                refused++;
            }
            catch (InvalidOperationException e) when (e.Message.StartsWith("no transcript holds"))
            {
                understood++; // a frame the walker has no words for
            }
        }
        Assert.Equal(30000, understood + refused);
        Assert.InRange(understood, 3000, 27000);
    }
}
