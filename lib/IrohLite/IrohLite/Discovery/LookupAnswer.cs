using IrohLite.Identity;

namespace IrohLite.Discovery;

/// <summary>What a lookup found: an address and how long it may be kept, or why there is none.</summary>
public sealed class LookupAnswer
{
    private LookupAnswer(EndpointAddr addr, long ttlMs, string failure)
    {
        Addr = addr;
        TtlMs = ttlMs;
        Failure = failure;
    }

    /// <summary>The address with at least one place, or null.</summary>
    public EndpointAddr Addr { get; }

    /// <summary>Milliseconds the address may be kept.</summary>
    public long TtlMs { get; }

    /// <summary>Why there is no address: who was asked and what it said; null when there is one.</summary>
    public string Failure { get; }

    /// <summary>An address was found; one without a place counts as none.</summary>
    public static LookupAnswer Found(EndpointAddr addr, long ttlMs, string who)
    {
        return addr.Count > 0 ? new LookupAnswer(addr, ttlMs, null) : None(who + " knows the id, but no place to reach it");
    }

    /// <summary>No address was found.</summary>
    public static LookupAnswer None(string failure) => new LookupAnswer(null, 0, failure);
}
