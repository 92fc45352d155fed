using IrohLite.Quic;

namespace IrohLite.Portable;

/// <summary>A named place in the simulated network.</summary>
internal sealed class VirtualPath : PathAddress
{
    private readonly string _name;

    public VirtualPath(string name)
    {
        _name = name;
    }

    public override bool SameAs(PathAddress other)
    {
        VirtualPath path = other as VirtualPath;
        return path != null && path._name == _name;
    }

    public override string ToString()
    {
        return _name;
    }
}
