using System;
using System.Collections.Generic;
using System.Linq;
using IrohLite.Buffers;
using Xunit;

namespace IrohLite.Tests.Buffers;

public class ByteCursorTests
{
    // Everything the writer can write, once: 1 + 2 + 3 + 4 + 8 + 1 + 2 + 4 + 8 + 2 + 3 + 2 bytes.
    private const int Size = 40;

    [Fact]
    public void What_is_written_is_read_back_and_nothing_else_is_touched()
    {
        Padded region = new(Size);
        ByteWriter writer = new(region.Array, region.Offset, Size);
        WriteAll(writer);
        Assert.Equal(0, writer.Remaining);
        Assert.Equal(Size, writer.Written);
        Assert.Equal(region.Offset, writer.Start);
        Assert.Equal(region.Offset + Size, writer.End);
        region.AssertPaddingIntact();

        ByteReader reader = new(region.Array, region.Offset, Size);
        Assert.Equal(0xAB, reader.ReadByte());
        Assert.Equal(0x1234, reader.ReadUInt16());
        Assert.Equal(0x123456, reader.ReadUInt24());
        Assert.Equal(0xFEDCBA98L, reader.ReadUInt32());
        Assert.Equal(-2, reader.ReadUInt64());
        Assert.Equal(5, reader.ReadVarInt());
        Assert.Equal(300, reader.ReadVarInt());
        Assert.Equal(70000, reader.ReadVarInt());
        Assert.Equal(VarInt.Max, reader.ReadVarInt());
        Assert.Equal(7, reader.ReadVarInt());
        byte[] bytes = new byte[5];
        reader.ReadBytes(bytes, 1, 3);
        Assert.Equal(new byte[] { 0, 1, 2, 3, 0 }, bytes);
        Assert.Equal(region.Offset + Size - 2, reader.Position);
        reader.Skip(2);
        Assert.Equal(0, reader.Remaining);
        Assert.Equal(reader.End, reader.Position);
    }

    [Fact]
    public void Every_cut_stops_the_try_methods_without_moving_and_the_others_with_an_exception()
    {
        byte[] bytes = Convert.FromHexString("c0c1c2c3c4c5c6c7");
        (int Need, Func<ByteReader, bool> Try, Action<ByteReader> Read)[] methods =
        {
            (1, r => r.TryReadByte(out _), r => r.ReadByte()),
            (2, r => r.TryReadUInt16(out _), r => r.ReadUInt16()),
            (3, r => r.TryReadUInt24(out _), r => r.ReadUInt24()),
            (4, r => r.TryReadUInt32(out _), r => r.ReadUInt32()),
            (8, r => r.TryReadUInt64(out _), r => r.ReadUInt64()),
            (8, r => r.TryReadVarInt(out _), r => r.ReadVarInt()),
            (5, r => r.TrySkip(5), r => r.Skip(5)),
            (6, r => r.TryReadBytes(new byte[6], 0, 6), r => r.ReadBytes(new byte[6], 0, 6)),
        };
        int ran = 0;
        foreach ((int need, Func<ByteReader, bool> tryRead, Action<ByteReader> read) in methods)
        {
            for (int cut = 0; cut <= bytes.Length; cut++)
            {
                ByteReader reader = new();
                reader.Reset(bytes, 0, cut);
                Assert.Equal(cut >= need, tryRead(reader));
                Assert.Equal(cut >= need ? need : 0, reader.Position);
                reader.Reset(bytes, 0, cut);
                if (cut >= need) read(reader);
                else Assert.Throws<MalformedException>(() => read(reader));
                ran++;
            }
        }

        Assert.Equal(8 * 9, ran);
        Assert.False(new ByteReader(bytes, 0, 8).TrySkip(-1));
        Assert.False(new ByteReader(bytes, 0, 8).TryReadBytes(bytes, 0, -1));
    }

    [Fact]
    public void Writing_past_the_end_throws_and_leaves_the_padding_alone()
    {
        Action<ByteWriter>[] steps =
        {
            w => w.WriteByte(1), w => w.WriteUInt16(1), w => w.WriteUInt24(1), w => w.WriteUInt32(1), w => w.WriteUInt64(1),
            w => w.WriteVarInt(1), w => w.WriteVarInt(100), w => w.WriteVarInt(70000), w => w.WriteVarInt(VarInt.Max),
            w => w.WriteVarInt2(1), w => w.WriteBytes(new byte[9], 0, 9), w => w.WriteZeros(10), w => w.Reserve(3),
        };
        int[] sizes = { 1, 2, 3, 4, 8, 1, 2, 4, 8, 2, 9, 10, 3 };
        for (int i = 0; i < steps.Length; i++)
            for (int room = 0; room <= sizes[i]; room++)
            {
                Padded region = new(room);
                ByteWriter writer = new(region.Array, region.Offset, room);
                if (room == sizes[i]) steps[i](writer);
                else Assert.Throws<InvalidOperationException>(() => steps[i](writer));
                Assert.Equal(room == sizes[i] ? room : 0, writer.Written);
                region.AssertPaddingIntact();
            }
    }

    [Fact]
    public void Patches_change_only_what_was_written_before()
    {
        byte[] buffer = new byte[20];
        ByteWriter writer = new(buffer, 5, 10);
        int at = writer.Reserve(7);
        Assert.Equal(5, at);
        writer.PatchUInt16(5, 0x0102);
        writer.PatchUInt24(7, 0x030405);
        writer.PatchVarInt2(10, 0x0607);
        Assert.Equal("0000000000" + "01020304054607" + "0000000000000000", Convert.ToHexString(buffer));
        Assert.Throws<InvalidOperationException>(() => writer.PatchUInt16(4, 1));
        Assert.Throws<InvalidOperationException>(() => writer.PatchUInt16(11, 1));
        Assert.Throws<InvalidOperationException>(() => writer.PatchUInt24(10, 1));
        Assert.Throws<InvalidOperationException>(() => writer.PatchVarInt2(5, 16384));
        Assert.Throws<InvalidOperationException>(() => writer.WriteVarInt2(-1));
        Assert.Throws<InvalidOperationException>(() => writer.WriteVarInt(-1));
    }

    [Fact]
    public void Regions_outside_the_array_are_refused()
    {
        byte[] buffer = new byte[10];
        foreach ((int offset, int count) in new[] { (-1, 1), (0, -1), (0, 11), (10, 1), (11, 0), (5, int.MaxValue) })
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => new ByteReader(buffer, offset, count));
            Assert.Throws<ArgumentOutOfRangeException>(() => new ByteWriter(buffer, offset, count));
            Assert.Throws<ArgumentOutOfRangeException>(() => Bytes.Wipe(buffer, offset, count));
            Assert.Throws<ArgumentOutOfRangeException>(() => Bytes.Equal(new byte[20], 0, buffer, offset, count));
            Assert.Throws<ArgumentOutOfRangeException>(() => Bytes.ConstantTimeEquals(buffer, offset, new byte[20], 0, count));
            Assert.Throws<ArgumentOutOfRangeException>(() => Bytes.Slice(buffer, offset, count));
        }
    }

    [Fact]
    public void Byte_operations_keep_to_their_regions()
    {
        byte[] a = Enumerable.Range(0, 20).Select(i => (byte)i).ToArray();
        byte[] b = Enumerable.Range(5, 20).Select(i => (byte)i).ToArray();
        for (int flipped = 0; flipped < 20; flipped++)
        {
            byte[] c = (byte[])b.Clone();
            c[flipped] ^= 0x80;
            bool inside = flipped is >= 2 and < 10;
            Assert.Equal(!inside, Bytes.Equal(a, 7, c, 2, 8));
            Assert.Equal(!inside, Bytes.ConstantTimeEquals(a, 7, c, 2, 8));
            Assert.Equal(inside, Bytes.Compare(a, 7, c, 2, 8) < 0);
        }

        Bytes.Copy(a, 0, a, 3, 10);
        Assert.Equal(new byte[] { 0, 1, 2, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 14 }, a[..15]);
        Assert.Equal(new byte[] { 2, 3 }, Bytes.Slice(a, 5, 2));
        Padded wiped = new(new byte[] { 1, 2, 3 });
        Bytes.Wipe(wiped.Array, wiped.Offset, 3);
        wiped.AssertPaddingIntact();
        Assert.Equal(new byte[3], wiped.Content);
    }

    private static void WriteAll(ByteWriter writer)
    {
        writer.WriteByte(0x1AB);
        writer.WriteUInt16(0x1234);
        writer.WriteUInt24(0x123456);
        writer.WriteUInt32(0xFEDCBA98L);
        writer.WriteUInt64(-2);
        writer.WriteVarInt(5);
        writer.WriteVarInt(300);
        writer.WriteVarInt(70000);
        writer.WriteVarInt(VarInt.Max);
        writer.WriteVarInt2(7);
        writer.WriteBytes(new byte[] { 9, 1, 2, 3, 9 }, 1, 3);
        writer.WriteZeros(2);
    }
}
