using System.Collections.Generic;
using System.IO;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;
using NanoSurface.Api;
using NanoSurface.Build;

namespace NanoSurface.Rules;

/// <summary>Runs every rule over one compiled device assembly.</summary>
internal static class IlCheck
{
    public static List<Violation> Check(Compiled assembly, IEnumerable<Compiled>? others = null)
    {
        using Resolver resolver = new(others ?? []);
        using ModuleDefinition module = resolver.Read(assembly);
        List<Violation> found = [];
        foreach (TypeDefinition type in module.GetTypes())
        {
            TypeRules.Check(type, found);
            foreach (FieldDefinition field in type.Fields) SignatureRules.Check(field.FieldType, Place.Of(field), found);
            foreach (MethodDefinition method in type.Methods)
            {
                SignatureRules.Check(method, found);
                if (method.HasBody) BodyRules.Check(method, found);
            }
        }
        AssemblyRules.Check(module, found);
        SourceRules.Check(assembly.Compilation, found);
        return found.Distinct().ToList();
    }

    /// <summary>Bytes of IL, of initialised array data, and of the .pe file by estimate.</summary>
    public static (int Il, int Data, int Pe) Sizes(Compiled assembly)
    {
        using Resolver resolver = new([]);
        using ModuleDefinition module = resolver.Read(assembly);
        return (AssemblyRules.IlBytes(module), AssemblyRules.DataBytes(module), PeEstimate.Of(module));
    }

    /// <summary>Finds referenced assemblies among the listed ones and the other device assemblies.</summary>
    private sealed class Resolver(IEnumerable<Compiled> others) : IAssemblyResolver
    {
        private readonly Dictionary<string, AssemblyDefinition> _read = [];
        private readonly Dictionary<string, Compiled> _others = others.Where(o => o.Image != null).ToDictionary(o => o.Name);

        public ModuleDefinition Read(Compiled assembly) => ModuleDefinition.ReadModule(new MemoryStream(assembly.Image!), new ReaderParameters
        {
            AssemblyResolver = this,
            ReadSymbols = assembly.Symbols != null,
            SymbolReaderProvider = assembly.Symbols == null ? null : new PortablePdbReaderProvider(),
            SymbolStream = assembly.Symbols == null ? null : new MemoryStream(assembly.Symbols),
        });

        public AssemblyDefinition Resolve(AssemblyNameReference name) => Resolve(name, new ReaderParameters());

        public AssemblyDefinition Resolve(AssemblyNameReference name, ReaderParameters parameters)
        {
            if (_read.TryGetValue(name.Name, out AssemblyDefinition? known)) return known;
            if (!_others.ContainsKey(name.Name) && !ReferenceAssemblies.Instance.Has(name.Name)) return null!; // Cecil: type unknown
            byte[] image = _others.TryGetValue(name.Name, out Compiled? other) ? other.Image! : ReferenceAssemblies.Instance.Image(name.Name);
            return _read[name.Name] = AssemblyDefinition.ReadAssembly(new MemoryStream(image), new ReaderParameters { AssemblyResolver = this });
        }

        public void Dispose()
        {
            foreach (AssemblyDefinition assembly in _read.Values) assembly.Dispose();
        }
    }
}
