using System;
using System.Text;
using IrohLite.Platform;

namespace IrohLite.Tests.Discovery;

/// <summary>A server that says the given pieces, one a read, and then closes; without pieces it cannot be reached.</summary>
internal sealed class ScriptedServer(Action connecting, params string[] pieces) : IStreamConnector, IByteStream
{
    private int _next;
    private string _rest = "";

    /// <summary>What the client sent.</summary>
    internal string Request { get; private set; } = "";

    public IByteStream Connect(string host, int port, bool useTls, int timeoutMs)
    {
        connecting();
        if (pieces.Length == 0) throw new StreamFailedException("no answer from " + host);
        return this;
    }

    public int Read(byte[] buffer, int offset, int count, int timeoutMs)
    {
        if (_rest.Length == 0)
        {
            if (_next == pieces.Length) return 0;
            _rest = pieces[_next++];
        }

        string now = _rest[..Math.Min(count, _rest.Length)];
        _rest = _rest[now.Length..];
        return Encoding.Latin1.GetBytes(now, 0, now.Length, buffer, offset);
    }

    public void Write(byte[] buffer, int offset, int count) => Request += Encoding.Latin1.GetString(buffer, offset, count);

    public bool TryWrite(byte[] buffer, int offset, int count) => false;

    public void Close()
    {
    }
}
