using System;
using System.Collections.Generic;
using System.Linq;

namespace IrohLite.Tests.Tls;

/// <summary>A message with an extension block, taken apart to be changed: ClientHello, ServerHello or EncryptedExtensions.</summary>
internal sealed class HelloParts
{
    public int Type;
    public byte[] Version = Array.Empty<byte>();
    public byte[] Random = Array.Empty<byte>();
    public byte[] SessionId = Array.Empty<byte>();
    public byte[] Suites = Array.Empty<byte>();
    public byte[] Compression = Array.Empty<byte>();
    public List<(int Type, byte[] Body)> Extensions = new();

    /// <summary>Written behind the extension block.</summary>
    public byte[] Trailing = Array.Empty<byte>();

    /// <summary>Leaves the block out, as versions before TLS 1.3 may.</summary>
    public bool WithoutBlock;

    public static HelloParts Parse(byte[] message)
    {
        HelloParts parts = new HelloParts { Type = message[0] };
        byte[] body = Wire.Body(message);
        int at = 0;
        byte[] Take(int count)
        {
            at += count;
            return body.AsSpan(at - count, count).ToArray();
        }

        if (parts.Type is 1 or 2)
        {
            parts.Version = Take(2);
            parts.Random = Take(32);
            parts.SessionId = Take(1 + body[at]);
            parts.Suites = parts.Type == 1 ? Take(2 + ((body[at] << 8) | body[at + 1])) : Take(2);
            parts.Compression = parts.Type == 1 ? Take(1 + body[at]) : Take(1);
        }

        parts.Extensions = Wire.Extensions(body.Skip(at + 2).ToArray());
        return parts;
    }

    public byte[] Build() => Wire.Message(Type, Version, Random, SessionId, Suites, Compression,
        WithoutBlock ? Array.Empty<byte>() : Wire.Block(Extensions), Trailing);

    public byte[] Get(int type) => Extensions.Single(e => e.Type == type).Body;

    public HelloParts Remove(int type)
    {
        if (Extensions.RemoveAll(e => e.Type == type) != 1) throw new InvalidOperationException("extension " + type + " was not there once");
        return this;
    }

    public HelloParts Set(int type, params byte[][] body)
    {
        int at = Extensions.FindIndex(e => e.Type == type);
        Extensions[at] = (type, Wire.Cat(body));
        return this;
    }

    public HelloParts Add(int type, params byte[][] body)
    {
        Extensions.Add((type, Wire.Cat(body)));
        return this;
    }
}
