using IrohLite.Quic;

namespace IrohLite.Tests.Sim;

/// <summary>A named place in the simulated network.</summary>
internal sealed class SimAddress : PathAddress
{
    private readonly string _name;

    public SimAddress(string name) => _name = name;

    public override bool SameAs(PathAddress other) => other is SimAddress address && address._name == _name;

    public override string ToString() => _name;
}
