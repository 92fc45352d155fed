using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace NanoSurface.Api;

/// <summary>nanoFramework v1's public API as reference assemblies, compiled once from the listing and kept in memory.</summary>
internal sealed class ReferenceAssemblies
{
    private static readonly Lazy<ReferenceAssemblies> Shared = new(() => new ReferenceAssemblies());
    private readonly Dictionary<string, byte[]> _images = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MetadataReference> _references = new(StringComparer.Ordinal);

    private ReferenceAssemblies()
    {
        List<ApiAssembly> listed = ListingParser.Parse(
            Repository.Path("tests", "NanoSurface", "Api", "nano-api-signatures.md"),
            Repository.Path("tests", "NanoSurface", "Api", "nano-api-supplement.md"));
        listed.AddRange(ListingFixups.ExtraAssemblies.Select(name => new ApiAssembly(name)));

        Dictionary<string, ApiType> byName = [];
        foreach (ApiAssembly assembly in listed)
            foreach ((_, ApiType type) in assembly.Types)
                byName.TryAdd(type.Name, type);
        SourceWriter writer = new(byName);

        List<ApiAssembly> waiting = listed;
        while (waiting.Count > 0)
        {
            List<ApiAssembly> ready = waiting.FindAll(a => ListingFixups.ReferencesOf(a.Name).All(_images.ContainsKey));
            if (ready.Count == 0) throw new InvalidOperationException("reference cycle among " + string.Join(", ", waiting.Select(a => a.Name)));
            foreach (ApiAssembly assembly in ready) Build(assembly, writer, listed);
            waiting = waiting.Except(ready).ToList();
        }
    }

    public static ReferenceAssemblies Instance => Shared.Value;

    public IReadOnlyCollection<string> Names => _images.Keys;

    public bool Has(string name) => _references.ContainsKey(name);

    public MetadataReference Reference(string name) =>
        _references.TryGetValue(name, out MetadataReference? found) ? found : throw new KeyNotFoundException("no listing of assembly " + name);

    public byte[] Image(string name) => _images[name];

    private void Build(ApiAssembly assembly, SourceWriter writer, List<ApiAssembly> all)
    {
        string[] references = ListingFixups.ReferencesOf(assembly.Name);
        IEnumerable<string> namespaces = all.Where(a => a == assembly || references.Contains(a.Name))
            .SelectMany(a => a.Types.Select(t => t.Namespace)).Distinct();
        string usings = string.Concat(namespaces.Select(n => "global using global::" + n + ";\n")) + ListingFixups.ExtraUsings(assembly.Name);

        CSharpParseOptions parse = new(LanguageVersion.Latest);
        List<SyntaxTree> trees =
        [
            CSharpSyntaxTree.ParseText(usings, parse, "usings"),
            CSharpSyntaxTree.ParseText(writer.Write(assembly), parse, assembly.Name + " (listing)"),
            CSharpSyntaxTree.ParseText(ListingFixups.ExtraSource(assembly.Name), parse, assembly.Name + " (fix-ups)"),
        ];
        CSharpCompilation compilation = CSharpCompilation.Create(assembly.Name, trees, references.Select(Reference),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
        compilation = compilation.AddSyntaxTrees(
            CSharpSyntaxTree.ParseText(ExplicitImplementations(compilation), parse, assembly.Name + " (explicit implementations)"));

        using MemoryStream image = new();
        EmitResult result = compilation.Emit(image, options: new EmitOptions(metadataOnly: true, includePrivateMembers: true, runtimeMetadataVersion: "v4.0.30319"));
        Diagnostic[] errors = result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).ToArray();
        if (errors.Length > 0)
            throw new InvalidOperationException("the listing of " + assembly.Name + " does not compile:\n" + string.Join("\n", errors.Take(20).Select(Show)));
        _images[assembly.Name] = image.ToArray();
        _references[assembly.Name] = MetadataReference.CreateFromImage(_images[assembly.Name]);
    }

    private static string Show(Diagnostic error) =>
        error + "\n    " + error.Location.SourceTree?.GetText().Lines[error.Location.GetLineSpan().StartLinePosition.Line];

    /// <summary>The listing shows public members only, so interface members implemented explicitly are missing: add them by need.</summary>
    private static string ExplicitImplementations(CSharpCompilation compilation)
    {
        StringBuilder source = new();
        foreach (INamedTypeSymbol type in SourceTypes(compilation.Assembly.GlobalNamespace))
        {
            if (type.TypeKind is not (TypeKind.Class or TypeKind.Struct)) continue;
            List<string> members = [];
            foreach (INamedTypeSymbol contract in type.AllInterfaces)
                foreach (ISymbol member in contract.GetMembers())
                    if (member is not IMethodSymbol { AssociatedSymbol: not null } && type.FindImplementationForInterfaceMember(member) == null)
                        members.Add(Explicit(contract, member));
            if (members.Count == 0) continue;
            source.Append("namespace ").Append(type.ContainingNamespace.ToDisplayString()).Append(" { ");
            for (INamedTypeSymbol? outer = type.ContainingType; outer != null; outer = outer.ContainingType) source.Append("partial class ").Append(outer.Name).Append(" { ");
            source.Append("partial ").Append(type.TypeKind == TypeKind.Struct ? "struct " : "class ").Append(type.Name).AppendLine(" {");
            foreach (string member in members) source.AppendLine("  " + member);
            source.Append('}', 2);
            for (INamedTypeSymbol? outer = type.ContainingType; outer != null; outer = outer.ContainingType) source.Append('}');
            source.AppendLine();
        }
        return source.ToString();
    }

    private static string Explicit(INamedTypeSymbol contract, ISymbol member)
    {
        static string Name(ISymbol s) => s.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
        static string Parameters(IEnumerable<IParameterSymbol> list) => string.Join(", ", list.Select(p => Name(p.Type) + " " + p.Name));
        return member switch
        {
            IMethodSymbol m => Name(m.ReturnType) + " " + Name(contract) + "." + m.Name + "(" + Parameters(m.Parameters) + ") { throw null; }",
            IPropertySymbol p => Name(p.Type) + " " + Name(contract) + "." + (p.IsIndexer ? "this[" + Parameters(p.Parameters) + "]" : p.Name)
                + " {" + (p.GetMethod != null ? " get { throw null; }" : "") + (p.SetMethod != null ? " set { throw null; }" : "") + " }",
            _ => throw new NotSupportedException("explicit implementation of " + member),
        };
    }

    private static IEnumerable<INamedTypeSymbol> SourceTypes(INamespaceOrTypeSymbol scope)
    {
        foreach (ISymbol member in scope.GetMembers())
        {
            if (member is INamedTypeSymbol type) yield return type;
            if (member is INamespaceOrTypeSymbol inner)
                foreach (INamedTypeSymbol found in SourceTypes(inner))
                    yield return found;
        }
    }
}
