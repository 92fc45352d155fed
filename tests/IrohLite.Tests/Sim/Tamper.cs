using System;
using IrohLite.Buffers;
using IrohLite.Quic;

namespace IrohLite.Tests.Sim;

/// <summary>Sends what no honest endpoint would: any frame bytes, sealed with a connection's own keys and next packet number.</summary>
internal static class Tamper
{
    /// <summary>A datagram with one packet of these frames, as if <paramref name="sender"/> had built it.</summary>
    public static byte[] Seal(QuicConnection sender, int level, byte[] frames, int skipNumbers = 0, int firstByteOr = 0, int padTo = 0)
    {
        PacketSpace space = sender.Space(level);
        space.NextNumber += skipNumbers;
        long number = space.NextNumber++;
        byte[] buffer = new byte[2000];
        const int NumberBytes = 4;
        int payload = level == EncryptionLevel.OneRtt
            ? PacketHeaderWriter.WriteShort(buffer, 0, sender.RemoteCids.Active, sender.KeyPhase.SendBit, number, NumberBytes)
            : PacketHeaderWriter.WriteLong(buffer, 0, EncryptionLevel.ToPacketType(level), sender.RemoteCids.Active, sender.LocalCid, null, 0, 0, number, NumberBytes);
        buffer[0] |= (byte)firstByteOr;
        frames.CopyTo(buffer, payload);
        int end = Math.Max(payload + frames.Length, padTo - 16);
        if (level != EncryptionLevel.OneRtt) PacketHeaderWriter.PatchLength(buffer, payload - NumberBytes, end + 16);
        end = sender.Shared.Crypto.SealPacket(space.Keys.SendKeys, buffer, 0, payload - NumberBytes, payload, end, number);
        return buffer.AsSpan(0, end).ToArray();
    }

    /// <summary>The server receives these frames in a 1-RTT packet of the client, and everything settles.</summary>
    public static void SendToServer(Pair pair, byte[] frames, int firstByteOr = 0)
    {
        byte[] datagram = Seal(pair.Dialed, EncryptionLevel.OneRtt, frames, 0, firstByteOr);
        pair.Server.Demux.ReceiveDatagram(datagram, 0, datagram.Length, pair.Client.Address, pair.NowMs);
        pair.Drain();
    }

    /// <summary>The client receives these frames in a 1-RTT packet of the server, and everything settles.</summary>
    public static void SendToClient(Pair pair, byte[] frames, int firstByteOr = 0)
    {
        byte[] datagram = Seal(pair.Accepted, EncryptionLevel.OneRtt, frames, 0, firstByteOr);
        pair.Client.Demux.ReceiveDatagram(datagram, 0, datagram.Length, pair.Server.Address, pair.NowMs);
        pair.Drain();
    }

    /// <summary>Frame bytes from numbers: varints, each in its shortest form.</summary>
    public static byte[] VarInts(params long[] values)
    {
        byte[] buffer = new byte[values.Length * 8 + 16];
        ByteWriter writer = new(buffer, 0, buffer.Length);
        foreach (long value in values) writer.WriteVarInt(value);
        return buffer.AsSpan(0, writer.Written).ToArray();
    }
}
