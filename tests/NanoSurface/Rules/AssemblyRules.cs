using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;

namespace NanoSurface.Rules;

/// <summary>Rules about a whole assembly: its sizes, and where native calls may be declared.</summary>
internal static class AssemblyRules
{
    private const string NativeAssembly = "IrohLite.Native";

    public static void Check(ModuleDefinition module, List<Violation> found)
    {
        string name = module.Assembly.Name.Name;
        int il = IlBytes(module), data = DataBytes(module);
        if (il > Limits.AssemblyIlBytes)
            found.Add(new Violation(RuleNames.AssemblyIl, name, il + " bytes of IL, at most " + Limits.AssemblyIlBytes + ": split the assembly"));
        if (data > Limits.AssemblyDataBytes)
            found.Add(new Violation(RuleNames.AssemblyData, name, data + " bytes of array data, at most " + Limits.AssemblyDataBytes + ": the rest reads as zeros"));
        foreach (MethodDefinition method in module.GetTypes().SelectMany(t => t.Methods))
        {
            bool isExtern = method.IsInternalCall || method.IsPInvokeImpl;
            if (isExtern && name != NativeAssembly)
                found.Add(new Violation(RuleNames.Extern, Place.Of(method), "native methods live in " + NativeAssembly + " only: the native table is positional"));
            if (name == NativeAssembly && !isExtern)
                found.Add(new Violation(RuleNames.NotOnlyExtern, Place.Of(method), "managed method shifts the native table"));
        }
    }

    public static int IlBytes(ModuleDefinition module) =>
        module.GetTypes().SelectMany(t => t.Methods).Where(m => m.HasBody).Sum(m => m.Body.CodeSize);

    public static int DataBytes(ModuleDefinition module) =>
        module.GetTypes().SelectMany(t => t.Fields).Sum(f => f.InitialValue.Length);
}
