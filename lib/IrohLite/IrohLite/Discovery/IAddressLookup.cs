using IrohLite.Identity;

namespace IrohLite.Discovery;

/// <summary>Finds out where an endpoint can be reached, from its id alone. Several threads may ask at the same time.</summary>
public interface IAddressLookup
{
    /// <summary>Asks, for at most the given time. Never throws for what a server or the network does.</summary>
    LookupAnswer Lookup(EndpointId id, int timeoutMs);
}
