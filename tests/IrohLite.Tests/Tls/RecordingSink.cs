using System;
using System.Collections.Generic;
using System.Linq;
using IrohLite.Tls;

namespace IrohLite.Tests.Tls;

/// <summary>Keeps everything a handshake emits, and the order it came in.</summary>
internal sealed class RecordingSink : ITlsSink
{
    private readonly Dictionary<int, List<byte>> _sent = new();

    /// <summary>One word per call: "send 0", "secrets 1", "parameters", "complete".</summary>
    public List<string> Events { get; } = new();

    public Dictionary<int, byte[]> ClientSecrets { get; } = new();

    public Dictionary<int, byte[]> ServerSecrets { get; } = new();

    public byte[] Parameters { get; private set; }

    /// <summary>Called with the peer's parameters; may throw.</summary>
    public Action<byte[]> OnParameters { get; set; }

    /// <summary>All bytes sent at a level.</summary>
    public byte[] Sent(int level) => _sent.TryGetValue(level, out List<byte> bytes) ? bytes.ToArray() : Array.Empty<byte>();

    public void SendHandshake(int level, byte[] buffer, int offset, int count)
    {
        Events.Add("send " + level);
        if (!_sent.ContainsKey(level)) _sent[level] = new List<byte>();
        _sent[level].AddRange(buffer.Skip(offset).Take(count));
    }

    public void InstallSecrets(int level, byte[] clientSecret, int clientOffset, byte[] serverSecret, int serverOffset)
    {
        Events.Add("secrets " + level);
        ClientSecrets.Add(level, clientSecret.AsSpan(clientOffset, 32).ToArray());
        ServerSecrets.Add(level, serverSecret.AsSpan(serverOffset, 32).ToArray());
    }

    public void PeerParameters(byte[] buffer, int offset, int count)
    {
        Events.Add("parameters");
        Parameters = buffer.AsSpan(offset, count).ToArray();
        OnParameters?.Invoke(Parameters);
    }

    public void HandshakeComplete() => Events.Add("complete");
}
