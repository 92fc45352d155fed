using System;
using System.Linq;
using IrohLite.Crypto;

namespace IrohLite.Tests.Golden;

/// <summary>A random source that plays back what a recorded endpoint drew, and then counts.</summary>
internal sealed class ScriptedBytes : IRandomSource
{
    private readonly byte[] _script;
    private int _at;

    public ScriptedBytes(params byte[][] parts) => _script = parts.SelectMany(p => p).ToArray();

    public void Fill(byte[] buffer, int offset, int count)
    {
        for (int i = 0; i < count; i++, _at++) buffer[offset + i] = _at < _script.Length ? _script[_at] : (byte)_at;
    }
}
