using IrohLite.Identity;
using IrohLite.Platform;

namespace IrohLite.Discovery;

/// <summary>
/// Asks several lookups at the same time, each on a thread of its own; the first usable answer wins and is kept for its TTL.
/// </summary>
public sealed class ParallelLookup : IAddressLookup
{
    /// <summary>Most answers kept; the oldest gives way.</summary>
    public const int CacheSize = 16;

    /// <summary>
    /// Longest time an answer is kept, in milliseconds, whatever its TTL: an endpoint that has not announced itself anew for so long may be elsewhere,
    /// and DNS is not signed.
    /// </summary>
    public const long MaxKeepMs = 5 * 60 * 1000;

    private readonly IAddressLookup[] _lookups;
    private readonly IClock _clock;
    private readonly LookupAnswer[] _cache = new LookupAnswer[CacheSize];
    private readonly long[] _expiresMs = new long[CacheSize];
    private int _next;

    /// <summary>Asks the given lookups.</summary>
    public ParallelLookup(IAddressLookup[] lookups, IClock clock)
    {
        _lookups = lookups;
        _clock = clock;
    }

    /// <inheritdoc />
    public LookupAnswer Lookup(EndpointId id, int timeoutMs)
    {
        LookupAnswer kept = FromCache(id);
        if (kept != null) return kept;
        if (_lookups.Length == 0) return LookupAnswer.None("no lookup service is configured");

        LookupRace race = new LookupRace(_lookups, id, timeoutMs);
        LookupAnswer answer = race.Run();
        if (answer.Addr != null) Keep(answer);
        return answer;
    }

    /// <summary>Forgets what is kept about an endpoint: for an application whose dial to it has failed.</summary>
    public void Forget(EndpointId id)
    {
        lock (_cache)
        {
            for (int i = 0; i < CacheSize; i++)
                if (_cache[i] != null && _cache[i].Addr.Id.SameAs(id)) _cache[i] = null;
        }
    }

    private LookupAnswer FromCache(EndpointId id)
    {
        lock (_cache)
        {
            for (int i = 0; i < CacheSize; i++)
                if (_cache[i] != null && _clock.NowMs < _expiresMs[i] && _cache[i].Addr.Id.SameAs(id)) return _cache[i];
        }

        return null;
    }

    private void Keep(LookupAnswer answer)
    {
        lock (_cache)
        {
            Forget(answer.Addr.Id);
            _cache[_next] = answer;
            _expiresMs[_next] = _clock.NowMs + (answer.TtlMs < MaxKeepMs ? answer.TtlMs : MaxKeepMs);
            _next = (_next + 1) % CacheSize;
        }
    }
}
