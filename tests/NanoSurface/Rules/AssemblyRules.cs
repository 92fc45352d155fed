using System.Collections.Generic;
using System.Linq;
using System.Text;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace NanoSurface.Rules;

/// <summary>Rules about a whole assembly: its sizes, and where native calls may be declared.</summary>
internal static class AssemblyRules
{
    private const string NativeAssembly = "IrohLite.Native";

    public static void Check(ModuleDefinition module, List<Violation> found)
    {
        string name = module.Assembly.Name.Name;
        int il = IlBytes(module), data = DataBytes(module), strings = StringBytes(module);
        if (il > Limits.AssemblyIlBytes)
            found.Add(new Violation(RuleNames.AssemblyIl, name, il + " bytes of IL, at most " + Limits.AssemblyIlBytes + ": split the assembly"));
        if (data > Limits.AssemblyDataBytes)
            found.Add(new Violation(RuleNames.AssemblyData, name, data + " bytes of array data, at most " + Limits.AssemblyDataBytes + ": the rest reads as zeros"));
        if (strings > Limits.AssemblyStringBytes)
            found.Add(new Violation(RuleNames.AssemblyStrings, name, strings + " bytes of names and literals, at most " + Limits.AssemblyStringBytes));
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

    /// <summary>Each distinct name and literal once, as UTF-8 with its end: the string table is addressed with 16 bits.</summary>
    public static int StringBytes(ModuleDefinition module)
    {
        HashSet<string> strings = [];
        foreach (TypeDefinition type in module.GetTypes())
        {
            strings.Add(type.Name);
            strings.Add(type.Namespace);
            foreach (FieldDefinition field in type.Fields) strings.Add(field.Name);
            foreach (MethodDefinition method in type.Methods)
            {
                strings.Add(method.Name);
                if (!method.HasBody) continue;
                foreach (Instruction instruction in method.Body.Instructions)
                    if (instruction.Operand is string literal) strings.Add(literal);
            }
        }
        foreach (MemberReference member in module.GetMemberReferences()) strings.Add(member.Name);
        return strings.Sum(s => Encoding.UTF8.GetByteCount(s) + 1);
    }

    public static int DataBytes(ModuleDefinition module) =>
        module.GetTypes().SelectMany(t => t.Fields).Sum(f => f.InitialValue.Length);
}
