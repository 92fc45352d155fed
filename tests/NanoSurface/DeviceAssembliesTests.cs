using System.Linq;
using NanoSurface.Build;
using Xunit;

namespace NanoSurface;

public class DeviceAssembliesTests
{
    public static TheoryData<string> Names() => new(DeviceAssemblies.All.Select(a => a.Project.AssemblyName));

    [Fact]
    public void The_five_library_assemblies_are_among_the_device_projects()
    {
        string[] names = DeviceAssemblies.All.Select(a => a.Project.AssemblyName).ToArray();
        Assert.Empty(new[] { "IrohLite.Core", "IrohLite.Tls", "IrohLite.Quic", "IrohLite.Relay", "IrohLite" }.Except(names));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Compiles_against_the_public_api_of_nanoFramework(string assembly)
    {
        Compiled result = DeviceAssemblies.All.Single(a => a.Project.AssemblyName == assembly).Result;
        Assert.True(result.Errors.Count == 0,
            assembly + " does not compile for the device (docs/csharp-dialect.md):\n  " + string.Join("\n  ", result.Errors.Take(40)));
    }
}
