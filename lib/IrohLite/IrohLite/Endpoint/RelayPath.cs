using IrohLite.Identity;
using IrohLite.Quic;

namespace IrohLite;

/// <summary>A peer behind a relay: the relay's connection of ours, and the id under which the relay knows the peer.</summary>
internal sealed class RelayPath : PathAddress
{
    internal RelayPath(RelayLink link, EndpointId id)
    {
        Link = link;
        Id = id;
    }

    internal RelayLink Link { get; }

    internal EndpointId Id { get; }

    public override bool SameAs(PathAddress other)
    {
        if (other == this) return true;
        RelayPath path = other as RelayPath;
        return path != null && path.Link.Url.SameAs(Link.Url) && path.Id.SameAs(Id);
    }

    public override string ToString()
    {
        return "relay " + Link.Url + " to " + Id.ToShortString();
    }
}
