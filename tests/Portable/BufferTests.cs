using System;
using IrohLite.Buffers;
using nanoFramework.TestFramework;

namespace IrohLite.Portable;

/// <summary>Cursors, varints and queues: 64-bit shifts, casts between signed and unsigned, copies that wrap.</summary>
[TestClass]
public class BufferTests
{
    /// <summary>RFC 9000 A.1, both directions, and every boundary.</summary>
    [TestMethod]
    public void Varints_read_back_at_every_boundary()
    {
        byte[] buffer = new byte[20];
        long[] values = { 0, 37, 63, 64, 15293, 16383, 16384, 494878333, 1073741823, 1073741824, 151288809941952652, VarInt.Max };
        int[] lengths = { 1, 1, 1, 2, 2, 2, 4, 4, 4, 8, 8, 8 };
        for (int i = 0; i < values.Length; i++)
        {
            Expect.Equal(lengths[i], VarInt.Write(buffer, 5, values[i]), "length of " + values[i].ToString());
            Expect.True(VarInt.TryRead(buffer, 5, 5 + lengths[i], out long value, out int length), "it reads");
            Expect.Equal(values[i], value, "value");
            Expect.Equal(lengths[i], length, "length read");
            Expect.True(!VarInt.TryRead(buffer, 5, 4 + lengths[i], out value, out length), "a cut one does not read");
        }

        VarInt.Write(buffer, 5, 151288809941952652);
        Expect.Bytes(new byte[] { 0xc2, 0x19, 0x7c, 0x5e, 0xff, 0x14, 0xe8, 0x8c }, buffer, 5, "RFC 9000 A.1");
    }

    /// <summary>Every width written and read with the largest and the smallest value.</summary>
    [TestMethod]
    public void Cursors_agree_on_every_width()
    {
        byte[] buffer = new byte[64];
        ByteWriter writer = new ByteWriter(buffer, 3, 50);
        writer.WriteByte(0xFF);
        writer.WriteUInt16(0xFFFE);
        writer.WriteUInt24(0xFFFFFD);
        writer.WriteUInt32(0xFFFFFFFC);
        writer.WriteUInt64(0x7FFFFFFFFFFFFFFB);
        writer.WriteVarInt2(5);
        writer.WriteVarInt(VarInt.Max);
        writer.WriteBytes(new byte[] { 9, 8, 7 }, 1, 2);

        ByteReader reader = new ByteReader(buffer, 3, writer.Position - 3);
        Expect.Equal(0xFF, reader.ReadByte(), "byte");
        Expect.Equal(0xFFFE, reader.ReadUInt16(), "16 bits");
        Expect.Equal(0xFFFFFD, reader.ReadUInt24(), "24 bits");
        Expect.Equal(0xFFFFFFFC, reader.ReadUInt32(), "32 bits");
        Expect.True(reader.TryReadUInt64(out long wide), "64 bits read");
        Expect.Equal(0x7FFFFFFFFFFFFFFB, wide, "64 bits");
        Expect.Equal(5, reader.ReadVarInt(), "varint of two bytes");
        Expect.Equal(VarInt.Max, reader.ReadVarInt(), "largest varint");
        byte[] rest = new byte[4];
        reader.ReadBytes(rest, 1, 2);
        Expect.Bytes(new byte[] { 0, 8, 7, 0 }, rest, 0, "bytes");
        Expect.Equal(0, reader.Remaining, "rest");

        bool isThrown = false;
        try
        {
            reader.ReadByte();
        }
        catch (MalformedException)
        {
            isThrown = true;
        }

        Expect.True(isThrown, "reading past the end throws");
        isThrown = false;
        writer.Reset(buffer, 0, 3);
        try
        {
            writer.WriteUInt32(1);
        }
        catch (InvalidOperationException)
        {
            isThrown = true;
        }

        Expect.True(isThrown, "writing past the end throws");
    }

    /// <summary>Three slots, five datagrams: the two oldest go.</summary>
    [TestMethod]
    public void A_full_datagram_queue_drops_the_oldest()
    {
        DatagramQueue queue = new DatagramQueue(3, 4);
        byte[] buffer = { 0, 1, 2, 3, 4, 5, 6, 7 };
        string[] tags = { "a", "b", "c", "d", "e" };
        for (int i = 0; i < 5; i++) Expect.True(queue.Enqueue(buffer, i, 1 + i % 3, tags[i]), "it fits");
        Expect.True(!queue.Enqueue(buffer, 0, 5, "f"), "too large");
        Expect.Equal(2, queue.DroppedFull, "dropped");
        Expect.Equal(1, queue.DroppedTooLarge, "refused");
        byte[] read = new byte[6];
        for (int i = 2; i < 5; i++)
        {
            Expect.Equal(1 + i % 3, queue.Dequeue(read, 1, 4, out object tag), "length");
            Expect.Equal(tags[i], (string)tag, "tag");
            Expect.Equal(i, read[1], "first byte");
        }

        Expect.Equal(DatagramQueue.Empty, queue.Dequeue(read, 1, 4, out object none), "empty");
        Expect.True(none == null, "no tag");
    }

    /// <summary>Comparison, copy and wipe respect their offsets.</summary>
    [TestMethod]
    public void Byte_helpers_respect_their_region()
    {
        byte[] a = { 1, 2, 3, 4, 5 };
        byte[] b = { 9, 2, 3, 4, 9 };
        Expect.True(Bytes.Equal(a, 1, b, 1, 3) && Bytes.ConstantTimeEquals(a, 1, b, 1, 3), "the middles are equal");
        Expect.True(!Bytes.Equal(a, 0, b, 0, 4) && !Bytes.ConstantTimeEquals(a, 0, b, 0, 4), "the beginnings are not");
        Bytes.Copy(a, 0, a, 1, 4);
        Expect.Bytes(new byte[] { 1, 1, 2, 3, 4 }, a, 0, "an overlapping copy");
        Bytes.Wipe(a, 1, 3);
        Expect.Bytes(new byte[] { 1, 0, 0, 0, 4 }, a, 0, "a wiped middle");
    }
}
