using IrohLite.Buffers;
using IrohLite.Tls;

namespace IrohLite.Portable;

/// <summary>Keeps what a TLS handshake emits: messages per level and the last secrets.</summary>
internal sealed class TestSink : ITlsSink
{
    private readonly byte[][] _sent = { new byte[1024], new byte[1024], new byte[1024] };
    private readonly int[] _count = new int[3];

    /// <summary>Client secret, then server secret of each level, 64 bytes per level.</summary>
    public byte[] Secrets { get; } = new byte[3 * 64];

    public byte[] Parameters { get; private set; }

    public bool IsComplete { get; private set; }

    /// <summary>Hands over everything sent at a level, cut into pieces of at most this size.</summary>
    public void Deliver(int level, TlsHandshake to, int pieceBytes)
    {
        int count = _count[level];
        _count[level] = 0;
        for (int at = 0; at < count; at += pieceBytes)
            to.Receive(level, _sent[level], at, count - at < pieceBytes ? count - at : pieceBytes);
    }

    public void SendHandshake(int level, byte[] buffer, int offset, int count)
    {
        Bytes.Copy(buffer, offset, _sent[level], _count[level], count);
        _count[level] += count;
    }

    public void InstallSecrets(int level, byte[] clientSecret, int clientOffset, byte[] serverSecret, int serverOffset)
    {
        Bytes.Copy(clientSecret, clientOffset, Secrets, 64 * level, 32);
        Bytes.Copy(serverSecret, serverOffset, Secrets, 64 * level + 32, 32);
    }

    public void PeerParameters(byte[] buffer, int offset, int count)
    {
        Parameters = new byte[count];
        Bytes.Copy(buffer, offset, Parameters, 0, count);
    }

    public void HandshakeComplete()
    {
        IsComplete = true;
    }
}
