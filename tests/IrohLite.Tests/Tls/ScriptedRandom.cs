using System;
using System.Collections.Generic;
using IrohLite.Crypto;

namespace IrohLite.Tests.Tls;

/// <summary>Hands out given byte strings in order; asking for other lengths, or for more, is a failure.</summary>
internal sealed class ScriptedRandom : IRandomSource
{
    private readonly Queue<byte[]> _script = new();

    public ScriptedRandom(params byte[][] script)
    {
        foreach (byte[] piece in script) _script.Enqueue(piece);
    }

    public void Fill(byte[] buffer, int offset, int count)
    {
        byte[] piece = _script.Dequeue();
        if (piece.Length != count) throw new InvalidOperationException("asked for " + count + " random bytes, scripted " + piece.Length);
        piece.CopyTo(buffer, offset);
    }
}
