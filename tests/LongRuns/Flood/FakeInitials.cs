using System;
using System.Collections.Generic;
using IrohLite.Crypto;
using IrohLite.Identity;
using IrohLite.Quic;
using IrohLite.Tests;
using IrohLite.Tests.Sim;

namespace IrohLite.LongRuns.Flood;

/// <summary>What somebody without a key can send at will.</summary>
internal static class FakeInitials
{
    /// <summary>The right form, padded to 1200 bytes, with noise where the sealed part should be.</summary>
    public static byte[] Noise(SimRandom random)
    {
        byte[] datagram = new byte[1200];
        random.Fill(datagram, 0, datagram.Length);
        byte[] head = { 0xC3, 0, 0, 0, 1, 8 };
        head.CopyTo(datagram, 0);
        datagram[14] = 8;
        datagram[23] = 0;
        int rest = datagram.Length - 26;
        datagram[24] = (byte)(0x40 | rest >> 8);
        datagram[25] = (byte)rest;
        return datagram;
    }

    /// <summary>First datagrams of real dials, each from a client of its own that will never answer.</summary>
    public static List<byte[]> Dials(int count, EndpointId server)
    {
        List<byte[]> all = new();
        byte[] buffer = new byte[1500];
        Transmit transmit = new();
        SimRandom random = new(77);
        ICryptoProvider crypto = CryptoProviders.Any(32);
        SecretKey key = SecretKey.Generate(random, crypto);
        SimAddress nowhere = new("nowhere");
        for (int i = 0; i < count; i++)
        {
            QuicDemux demux = new(QuicConfig.Device(), key, crypto, random);
            QuicConnection dial = demux.Connect(server, new[] { Pair.Alpn }, new PathAddress[] { nowhere }, 1000);
            int size = demux.PollTransmit(buffer, 0, buffer.Length, transmit, 1000);
            all.Add(buffer.AsSpan(0, size).ToArray());
            // The keys of the dial are given back when it is over.
            dial.Close(0, "", 1000);
            demux.OnDeadline(1_000_000);
            while (demux.PollTransmit(buffer, 0, buffer.Length, transmit, 1_000_000) > 0)
            {
            }

            demux.OnDeadline(100_000_000);
        }

        return all;
    }
}
