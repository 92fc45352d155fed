using IrohLite.Discovery;
using IrohLite.Identity;

namespace IrohLite;

/// <summary>Finds the address of an endpoint that is dialed by its id alone.</summary>
internal static class DialLookup
{
    /// <summary>Asks the lookup (null = none is configured); throws NoAddress with what each service said.</summary>
    internal static EndpointAddr Resolve(IAddressLookup lookup, EndpointId id, int timeoutMs)
    {
        string failure = "the ticket holds only the id, and no lookup service is configured";
        if (lookup != null)
        {
            LookupAnswer answer = lookup.Lookup(id, timeoutMs < 0 ? EndpointLimits.LookupTimeoutMs : timeoutMs);
            if (answer.Addr != null) return answer.Addr;
            failure = answer.Failure;
        }

        throw new IrohException(IrohError.NoAddress, "No addressing information available for " + id.ToShortString() + ": " + failure
            + (failure.EndsWith("?") ? " " : ". ") + "Use a ticket with a relay or an IP address");
    }
}
