using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Mono.Cecil;
using NanoSurface.Api;
using NanoSurface.Build;
using NanoSurface.Rules;
using Xunit;

namespace NanoSurface;

/// <summary>
/// The adapter to Org.BouncyCastle has no device project, because no package of that API for the device could be found. It still keeps
/// to the dialect: compiled against nanoFramework's API and the desktop's Org.BouncyCastle, made to look for system types in mscorlib.
/// </summary>
public class BouncyCastleAdapterTests
{
    private static readonly Lazy<Compiled> Adapter = new(Compile);

    [Fact]
    public void The_adapter_compiles_in_the_device_dialect() =>
        Assert.True(Adapter.Value.Errors.Count == 0, string.Join("\n  ", Adapter.Value.Errors));

    [Fact]
    public void The_adapter_holds_nothing_that_fails_on_the_v1_runtime()
    {
        Assert.NotNull(Adapter.Value.Image);
        List<Violation> found = IlCheck.Check(Adapter.Value, DeviceAssemblies.All.Select(a => a.Result));
        Assert.True(found.Count == 0, string.Join("\n  ", found));
    }

    private static Compiled Compile()
    {
        Compiled core = DeviceAssemblies.All.Single(a => a.Project.AssemblyName == "IrohLite.Core").Result;
        string[] sources = Directory.GetFiles(Repository.Path("lib", "IrohLite.BouncyCastle"), "*.cs", SearchOption.AllDirectories);
        Assert.NotEmpty(sources);
        return DeviceCompiler.Compile("IrohLite.BouncyCastle", sources,
            [ReferenceAssemblies.Instance.Reference("mscorlib"), MetadataReference.CreateFromImage(core.Image!), BouncyCastle()]);
    }

    private static MetadataReference BouncyCastle()
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(Path.Combine(AppContext.BaseDirectory, "BouncyCastle.Crypto.dll"));
        AssemblyNameReference system = module.AssemblyReferences.Single(r => r.Name == "netstandard");
        system.Name = "mscorlib";
        system.Version = new Version(0, 0, 0, 0);
        system.PublicKeyToken = [];
        using MemoryStream image = new();
        module.Write(image);
        return MetadataReference.CreateFromImage(image.ToArray());
    }
}
