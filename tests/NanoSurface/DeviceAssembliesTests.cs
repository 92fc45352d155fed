using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using NanoSurface.Build;
using NanoSurface.Rules;
using Xunit;
using Xunit.Abstractions;

namespace NanoSurface;

public class DeviceAssembliesTests(ITestOutputHelper output)
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

    [Theory]
    [MemberData(nameof(Names))]
    public void Holds_nothing_that_fails_on_the_v1_runtime(string assembly)
    {
        Compiled result = DeviceAssemblies.All.Single(a => a.Project.AssemblyName == assembly).Result;
        Assert.True(result.Image != null, assembly + " did not compile, so its IL was not checked");
        List<Violation> found = IlCheck.Check(result, DeviceAssemblies.All.Select(a => a.Result));
        Assert.True(found.Count == 0, assembly + ":\n  " + string.Join("\n  ", found.Take(60)));
    }

    public static TheoryData<string> Boards() => new(Directory.GetFiles(Repository.Path("boards"), "BoardPins.cs", SearchOption.AllDirectories)
        .Select(f => Path.GetFileName(Path.GetDirectoryName(f)!)));

    [Theory]
    [MemberData(nameof(Boards))]
    public void The_firmware_compiles_for_every_board(string board)
    {
        Compiled result = DeviceAssemblies.FirmwareFor(board);
        Assert.True(result.Errors.Count == 0, board + ":\n  " + string.Join("\n  ", result.Errors.Take(40)));
        List<Violation> found = IlCheck.Check(result, DeviceAssemblies.All.Select(a => a.Result));
        Assert.True(found.Count == 0, board + ":\n  " + string.Join("\n  ", found.Take(60)));
    }

    [Fact]
    public void All_three_ESP32_boards_are_compiled() => Assert.Equal(3, Boards().Count);

    /// <summary>The sizes also go to artifacts/nano-surface.txt, which tools/check.sh prints.</summary>
    [Fact]
    public void Sizes_are_reported()
    {
        StringBuilder report = new();
        int deployed = 0;
        report.AppendLine($"{"assembly",-28} {"IL bytes",9} {"data bytes",11} {".pe bytes",10}   (limits {Limits.AssemblyIlBytes} and {Limits.AssemblyDataBytes})");
        foreach ((DeviceProject project, Compiled result) in DeviceAssemblies.All)
        {
            if (result.Image == null) continue;
            (int il, int data, int pe) = IlCheck.Sizes(result);
            report.AppendLine($"{project.AssemblyName,-28} {il,9} {data,11} {pe,10}");
            if (project.AssemblyName != "NFUnitTest") deployed += pe;
        }
        report.AppendLine($"{".pe files of the firmware, by estimate",-49} {deployed,10}   (limit {Limits.DeployedPeBytes}; the framework's own come on top)");
        string file = Repository.Path("artifacts", "nano-surface.txt");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, report.ToString());
        output.WriteLine(report.ToString());
        Assert.Contains("IrohLite.Core", report.ToString());
        Assert.InRange(deployed, 1, Limits.DeployedPeBytes);
    }
}
