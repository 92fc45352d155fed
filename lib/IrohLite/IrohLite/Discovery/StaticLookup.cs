using IrohLite.Identity;

namespace IrohLite.Discovery;

/// <summary>Addresses the program knows itself.</summary>
public sealed class StaticLookup : IAddressLookup
{
    /// <summary>Most endpoints it can hold; a further one takes the place of the oldest.</summary>
    public const int Capacity = 32;

    private const long TtlMs = 30000;

    private readonly EndpointAddr[] _known = new EndpointAddr[Capacity];
    private int _next;

    /// <summary>Sets the address of an endpoint, replacing the one it had.</summary>
    public void Set(EndpointAddr addr)
    {
        lock (_known)
        {
            int at = IndexOf(addr.Id);
            if (at < 0)
            {
                at = _next;
                _next = (_next + 1) % Capacity;
            }

            _known[at] = addr;
        }
    }

    /// <inheritdoc />
    public LookupAnswer Lookup(EndpointId id, int timeoutMs)
    {
        lock (_known)
        {
            int at = IndexOf(id);
            return at < 0 ? LookupAnswer.None("the id is not in the static list") : LookupAnswer.Found(_known[at], TtlMs, "the static list");
        }
    }

    private int IndexOf(EndpointId id)
    {
        for (int i = 0; i < Capacity; i++)
            if (_known[i] != null && _known[i].Id.SameAs(id)) return i;
        return -1;
    }
}
