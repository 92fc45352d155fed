using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;
using NanoSurface.Api;

namespace NanoSurface.Build;

/// <summary>One compiled device assembly, or the errors why not.</summary>
internal sealed record Compiled(string Name, CSharpCompilation Compilation, byte[]? Image, byte[]? Symbols, IReadOnlyList<string> Errors);

/// <summary>The C# compiler with the switches of the device tool chain: C# 10, no standard library, nanoFramework's symbols.</summary>
internal static class DeviceCompiler
{
    private static readonly CSharpParseOptions Parse = new(LanguageVersion.CSharp10, preprocessorSymbols: ["NANOFRAMEWORK_1_0", "TRACE"]);

    /// <summary>Compiles <paramref name="project"/> against the listed assemblies it names and the images of its project references.</summary>
    public static Compiled Compile(DeviceProject project, IReadOnlyDictionary<string, Compiled> earlier)
    {
        List<MetadataReference> references = [];
        List<string> errors = [];
        foreach (string name in project.References)
        {
            if (ReferenceAssemblies.Instance.Has(name)) references.Add(ReferenceAssemblies.Instance.Reference(name));
            else if (name != "nanoFramework.UnitTestLauncher") errors.Add(project.AssemblyName + " references " + name + ", whose API is not listed");
        }
        foreach (string file in project.ProjectReferences)
        {
            Compiled dependency = earlier[file];
            if (dependency.Image == null) errors.Add(project.AssemblyName + " needs " + dependency.Name + ", which did not compile");
            else references.Add(MetadataReference.CreateFromImage(dependency.Image));
        }
        return Emit(project.AssemblyName, project.Sources.Select(ParseFile), references, errors, project.OutputType == "Exe", allowUnsafe: false);
    }

    /// <summary>Compiles <paramref name="files"/> against further references, for sources without a device project.</summary>
    public static Compiled Compile(string name, IEnumerable<string> files, IEnumerable<MetadataReference> references) =>
        Emit(name, files.Select(ParseFile), references, [], false, allowUnsafe: false);

    /// <summary>Compiles a program given as text against all listed assemblies.</summary>
    public static Compiled Compile(string source, bool allowUnsafe = false, string name = "Sample")
    {
        IEnumerable<MetadataReference> references = ReferenceAssemblies.Instance.Names.Select(ReferenceAssemblies.Instance.Reference);
        return Emit(name, [CSharpSyntaxTree.ParseText(SourceText.From(source, Encoding.UTF8), Parse, "Sample.cs")], references, [], false, allowUnsafe);
    }

    private static SyntaxTree ParseFile(string file) =>
        CSharpSyntaxTree.ParseText(SourceText.From(File.ReadAllText(file), Encoding.UTF8), Parse, Path.GetRelativePath(Repository.Root, file));

    private static Compiled Emit(string name, IEnumerable<SyntaxTree> trees, IEnumerable<MetadataReference> references, List<string> errors, bool exe, bool allowUnsafe)
    {
        CSharpCompilationOptions options = new(exe ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary,
            optimizationLevel: OptimizationLevel.Release, allowUnsafe: allowUnsafe, checkOverflow: false, deterministic: true);
        CSharpCompilation compilation = CSharpCompilation.Create(name, trees, references, options);
        using MemoryStream image = new(), symbols = new();
        EmitResult result = compilation.Emit(image, symbols, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb));
        errors.AddRange(result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Select(Explain));
        return errors.Count > 0 ? new Compiled(name, compilation, null, null, errors) : new Compiled(name, compilation, image.ToArray(), symbols.ToArray(), errors);
    }

    private static string Explain(Diagnostic error)
    {
        FileLinePositionSpan at = error.Location.GetLineSpan();
        string line = error.Location.SourceTree?.GetText().Lines[at.StartLinePosition.Line].ToString().Trim() ?? "";
        return at.Path + "(" + (at.StartLinePosition.Line + 1) + "): " + error.Id + " " + error.GetMessage() + "\n      " + line;
    }
}
