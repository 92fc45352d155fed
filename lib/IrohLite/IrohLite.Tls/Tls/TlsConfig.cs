using IrohLite.Crypto;
using IrohLite.Identity;

namespace IrohLite.Tls;

/// <summary>What one handshake needs to know. It is read when the handshake is created, except the transport parameters.</summary>
public sealed class TlsConfig
{
    /// <summary>The primitives.</summary>
    public ICryptoProvider Crypto { get; set; }

    /// <summary>Source of the hello random and the ephemeral key, 32 bytes each, asked for in this order.</summary>
    public IRandomSource Random { get; set; }

    /// <summary>The key this endpoint proves.</summary>
    public SecretKey Identity { get; set; }

    /// <summary>
    /// Application protocols, each 1 to 255 bytes of UTF-8: at a client those offered, at a server those accepted, both with the
    /// preferred one first.
    /// </summary>
    public string[] Alpns { get; set; }

    /// <summary>
    /// Our QUIC transport parameters, the body of extension 57. At a client read by Start; at a server read after the sink has seen
    /// the client's, so they may be set as late as in <see cref="ITlsSink.PeerParameters"/>.
    /// </summary>
    public byte[] TransportParameters { get; set; }

    /// <summary>The id that was dialed, which the server must prove. Clients only.</summary>
    public EndpointId ExpectedPeer { get; set; }
}
