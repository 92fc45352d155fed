using System;
using System.Linq;
using IrohLite.Buffers;
using IrohLite.Quic;
using Xunit;

namespace IrohLite.Tests.Quic;

/// <summary>Small helpers of the QUIC tests.</summary>
internal static class Expectations
{
    /// <summary>Asserts that the action closes the connection with a code, and the frame type it blames.</summary>
    public static TransportException Closes(long code, long frameType, Action action)
    {
        TransportException e = Assert.Throws<TransportException>(action);
        Assert.Equal(code, e.Code);
        Assert.Equal(frameType, e.FrameType);
        Assert.NotEqual("", e.Reason);
        return e;
    }

    /// <summary>A reader over bytes that stand in the middle of a poisoned array.</summary>
    public static ByteReader Reader(params byte[] bytes)
    {
        byte[] padded = Enumerable.Repeat((byte)0xEE, bytes.Length + 20).ToArray();
        bytes.CopyTo(padded, 11);
        return new ByteReader(padded, 11, bytes.Length);
    }

    /// <summary>What a codec writes, with the length it announced checked and nothing written outside.</summary>
    public static byte[] Written(int announced, Action<ByteWriter> write)
    {
        byte[] buffer = Enumerable.Repeat((byte)0xEE, announced + 16).ToArray();
        ByteWriter writer = new(buffer, 8, announced);
        write(writer);
        Assert.Equal(announced, writer.Written);
        Assert.All(buffer.Take(8).Concat(buffer.Skip(8 + announced)), b => Assert.Equal(0xEE, b));
        return buffer.AsSpan(8, announced).ToArray();
    }

    public static byte[] Hex(string text) => Convert.FromHexString(text.Replace(" ", ""));

    public static ConnectionId Id(string hex)
    {
        ConnectionId id = new();
        byte[] bytes = Hex(hex);
        id.Set(bytes, 0, bytes.Length);
        return id;
    }
}
