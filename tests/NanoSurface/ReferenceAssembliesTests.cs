using NanoSurface.Api;
using Xunit;

namespace NanoSurface;

public class ReferenceAssembliesTests
{
    [Fact]
    public void Every_listed_assembly_compiles()
    {
        Assert.Equal(34, ReferenceAssemblies.Instance.Names.Count);
    }
}
