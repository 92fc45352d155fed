namespace IrohLite.Platform;

/// <summary>Opens byte streams to relays: name lookup, TCP with no-delay, and TLS with certificate check where asked.</summary>
public interface IStreamConnector
{
    /// <summary>Connects to a host; throws StreamFailedException with the reason.</summary>
    /// <param name="host">Host name or address literal, without a trailing dot.</param>
    /// <param name="port">TCP port.</param>
    /// <param name="useTls">TLS with the certificate verified against the connector's trust anchors.</param>
    /// <param name="timeoutMs">For the whole connect.</param>
    IByteStream Connect(string host, int port, bool useTls, int timeoutMs);
}
