using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace IrohLite.Tests.Tls;

/// <summary>Builds and takes apart handshake messages in tests, with code of its own.</summary>
internal static class Wire
{
    public static byte[] Hex(string text) => Convert.FromHexString(text.Replace(" ", ""));

    public static byte[] Cat(params byte[][] parts) => parts.SelectMany(p => p).ToArray();

    public static byte[] U8(int value) => new[] { (byte)value };

    public static byte[] U16(int value) => new[] { (byte)(value >> 8), (byte)value };

    public static byte[] U24(int value) => new[] { (byte)(value >> 16), (byte)(value >> 8), (byte)value };

    public static byte[] V8(params byte[][] content) => Cat(U8(Cat(content).Length), Cat(content));

    public static byte[] V16(params byte[][] content) => Cat(U16(Cat(content).Length), Cat(content));

    public static byte[] V24(params byte[][] content) => Cat(U24(Cat(content).Length), Cat(content));

    public static byte[] Message(int type, params byte[][] body) => Cat(U8(type), V24(body));

    public static byte[] Body(byte[] message) => message.Skip(4).ToArray();

    public static byte[] Extension(int type, params byte[][] body) => Cat(U16(type), V16(body));

    /// <summary>Cuts a stream into whole messages.</summary>
    public static List<byte[]> Split(byte[] stream)
    {
        List<byte[]> messages = new();
        for (int at = 0; at < stream.Length;)
        {
            int size = 4 + ((stream[at + 1] << 16) | (stream[at + 2] << 8) | stream[at + 3]);
            if (at + size > stream.Length) throw new InvalidDataException("the stream ends inside a message");
            messages.Add(stream.AsSpan(at, size).ToArray());
            at += size;
        }

        return messages;
    }

    /// <summary>The extensions of a block without its own length.</summary>
    public static List<(int Type, byte[] Body)> Extensions(byte[] block)
    {
        List<(int, byte[])> list = new();
        for (int at = 0; at < block.Length;)
        {
            int type = (block[at] << 8) | block[at + 1];
            int size = (block[at + 2] << 8) | block[at + 3];
            list.Add((type, block.AsSpan(at + 4, size).ToArray()));
            at += 4 + size;
        }

        return list;
    }

    public static byte[] Block(IEnumerable<(int Type, byte[] Body)> extensions) =>
        V16(extensions.Select(e => Extension(e.Type, e.Body)).ToArray());
}
