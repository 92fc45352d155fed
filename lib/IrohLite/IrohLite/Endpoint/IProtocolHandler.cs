namespace IrohLite;

/// <summary>Serves one protocol: what a <see cref="Router"/> calls for each connection that was accepted with its ALPN.</summary>
public interface IProtocolHandler
{
    /// <summary>
    /// Serves a connection until there is nothing more to do; called on a thread of its own. When it returns or throws, the connection
    /// is closed with code 0.
    /// </summary>
    void Handle(IrohConnection connection);
}
