namespace IrohLite.Relay;

/// <summary>
/// What a <see cref="RelayClientSession"/> hands up, during Receive and on the caller's thread. Regions are valid during the call only.
/// </summary>
public interface IRelaySink
{
    /// <summary>
    /// One QUIC datagram. The source is the 32-byte id the relay authenticated. The region may be changed in place, so it can be
    /// decrypted where it lies.
    /// </summary>
    void OnDatagram(byte[] source, int sourceOffset, byte[] buffer, int offset, int count);

    /// <summary>The last connection of this 32-byte id has left the relay: a hint, QUIC connections are not touched by it.</summary>
    void OnEndpointGone(byte[] id, int offset);

    /// <summary>The relay reports a <see cref="RelayStatus"/>; unknown codes arrive as they are.</summary>
    void OnStatus(int code);
}
