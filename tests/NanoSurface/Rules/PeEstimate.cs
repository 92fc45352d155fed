using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace NanoSurface.Rules;

/// <summary>
/// Size of the .pe file that the metadata processor makes of an assembly, from the tables it writes: rows of fixed size, names and
/// signatures once each, no constants, and IL whose four-byte tokens become two bytes. Up to a tenth above the real files.
/// </summary>
internal static class PeEstimate
{
    private const int HeaderBytes = 124;
    private const int AssemblyRefBytes = 12;
    private const int ReferenceBytes = 8;
    private const int TypeBytes = 24;
    private const int FieldBytes = 8;
    private const int MethodBytes = 16;
    private const int HandlerBytes = 12;

    public static int Of(ModuleDefinition module)
    {
        TypeDefinition[] types = module.GetTypes().ToArray();
        MethodDefinition[] methods = types.SelectMany(t => t.Methods).ToArray();
        FieldDefinition[] fields = types.SelectMany(t => t.Fields).Where(f => !f.IsLiteral).ToArray();
        int rows = HeaderBytes + module.AssemblyReferences.Count * AssemblyRefBytes
            + (module.GetTypeReferences().Count() + module.GetMemberReferences().Count()) * ReferenceBytes
            + types.Length * TypeBytes + fields.Length * FieldBytes + methods.Length * MethodBytes;
        return rows + methods.Where(m => m.HasBody).Sum(Body) + Signatures(methods, fields) + AssemblyRules.StringBytes(module) + AssemblyRules.DataBytes(module);
    }

    private static int Body(MethodDefinition method) =>
        method.Body.CodeSize + method.Body.ExceptionHandlers.Count * HandlerBytes - method.Body.Instructions.Count(HasShortToken) * 2;

    private static bool HasShortToken(Instruction instruction) => instruction.OpCode.OperandType
        is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineString or OperandType.InlineType;

    // A signature is about a byte per primitive and three per class; equal ones are stored once.
    private static int Signatures(MethodDefinition[] methods, FieldDefinition[] fields)
    {
        HashSet<string> known = [];
        int bytes = 0;
        foreach (FieldDefinition field in fields)
            if (known.Add("f" + field.FieldType.FullName)) bytes += 1 + Cost(field.FieldType);
        foreach (MethodDefinition method in methods)
        {
            string text = "m" + method.HasThis + method.ReturnType.FullName + string.Concat(method.Parameters.Select(p => "," + p.ParameterType.FullName));
            if (known.Add(text)) bytes += 2 + Cost(method.ReturnType) + method.Parameters.Sum(p => Cost(p.ParameterType));
            if (!method.HasBody || method.Body.Variables.Count == 0) continue;
            string locals = "l" + string.Concat(method.Body.Variables.Select(v => "," + v.VariableType.FullName));
            if (known.Add(locals)) bytes += method.Body.Variables.Sum(v => Cost(v.VariableType));
        }
        return bytes;
    }

    private static int Cost(TypeReference type) =>
        type is ArrayType array ? 1 + Cost(array.ElementType) : type is ByReferenceType reference ? 1 + Cost(reference.ElementType) : type.IsPrimitive ? 1 : 3;
}
