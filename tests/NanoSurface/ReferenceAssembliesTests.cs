using System.Collections.Generic;
using System.IO;
using System.Linq;
using Mono.Cecil;
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

    /// <summary>Nothing is lost and nothing is added between the listing and the compiled assemblies.</summary>
    [Fact]
    public void Every_listed_member_is_in_the_compiled_assembly_and_no_other()
    {
        List<ApiAssembly> listed = ListingParser.Parse(
            Repository.Path("tests", "NanoSurface", "Api", "nano-api-signatures.md"),
            Repository.Path("tests", "NanoSurface", "Api", "nano-api-supplement.md"));
        int members = 0;
        List<string> faults = [];
        foreach (ApiAssembly assembly in listed)
        {
            using AssemblyDefinition compiled = AssemblyDefinition.ReadAssembly(new MemoryStream(ReferenceAssemblies.Instance.Image(assembly.Name)));
            foreach ((string ns, ApiType type) in assembly.Types.Where(t => !t.Type.IsOneLine))
            {
                TypeDefinition found = compiled.MainModule.Types.Single(t => t.Namespace == ns && t.Name == type.Name);
                int surface = Surface(found), expected = type.Members.Count + ImplicitConstructors(type, found);
                members += type.Members.Count;
                if (surface != expected) faults.Add(assembly.Name + " " + found.FullName + ": " + expected + " members listed, " + surface + " compiled");
            }
        }
        Assert.Empty(faults);
        Assert.True(members > 2000, "only " + members + " members were compared");
    }

    private static int Surface(TypeDefinition type) =>
        type.Methods.Count(m => (m.IsPublic || m.IsFamily || m.IsFamilyOrAssembly) && m.Name != "Finalize" && !m.IsGetter && !m.IsSetter && !m.IsAddOn && !m.IsRemoveOn)
        + type.Properties.Count(p => (p.GetMethod ?? p.SetMethod) is { } m && (m.IsPublic || m.IsFamily || m.IsFamilyOrAssembly))
        + type.Events.Count(e => e.AddMethod.IsPublic || e.AddMethod.IsFamily)
        + type.Fields.Count(f => f.IsPublic || f.IsFamily);

    /// <summary>A listed class without a constructor has the one the compiler writes, or one ListingFixups decided on.</summary>
    private static int ImplicitConstructors(ApiType listed, TypeDefinition compiled)
    {
        bool listsOne = listed.Members.Exists(m => m.StartsWith(listed.Name + "(", System.StringComparison.Ordinal)
            || m.StartsWith("protected " + listed.Name + "(", System.StringComparison.Ordinal) || m.Contains(" " + listed.Name + "( "));
        return listsOne ? 0 : compiled.Methods.Count(m => m.IsConstructor && !m.IsStatic && (m.IsPublic || m.IsFamily) && m.Parameters.Count == 0);
    }
}
