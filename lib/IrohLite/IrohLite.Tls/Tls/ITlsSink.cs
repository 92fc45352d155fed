namespace IrohLite.Tls;

/// <summary>What a handshake hands to its transport. Every region is only valid during the call.</summary>
public interface ITlsSink
{
    /// <summary>Handshake bytes to send in order at a level (a <see cref="TlsLevel"/> number).</summary>
    void SendHandshake(int level, byte[] buffer, int offset, int count);

    /// <summary>
    /// The 32-byte traffic secrets of both directions for Handshake or Application. At a server the Application secrets arrive with
    /// its first flight: it may send with them at once, but must not process 1-RTT packets before <see cref="HandshakeComplete"/>.
    /// </summary>
    void InstallSecrets(int level, byte[] clientSecret, int clientOffset, byte[] serverSecret, int serverOffset);

    /// <summary>The peer's QUIC transport parameters (body of extension 57). The sink checks them and throws on a bad one.</summary>
    void PeerParameters(byte[] buffer, int offset, int count);

    /// <summary>The handshake is complete: the peer's Finished verified and ours sent.</summary>
    void HandshakeComplete();
}
