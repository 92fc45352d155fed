using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;

namespace NanoSurface.Rules;

/// <summary>Rules about the shape of a type.</summary>
internal static class TypeRules
{
    public static void Check(TypeDefinition type, List<Violation> found)
    {
        if (type.HasGenericParameters)
            found.Add(new Violation(RuleNames.GenericDefinition, type.FullName, "generic type: the v1 CLR crashes"));
        // Compilers add such types for language features; each one shifts the native method table (see IrohLite.Native).
        if (type.Namespace is "Microsoft.CodeAnalysis" or "System.Runtime.CompilerServices" && type.BaseType?.FullName == "System.Attribute")
            found.Add(new Violation(RuleNames.HiddenType, type.FullName, "type added by the compiler (readonly struct, in parameter, nullable annotations?)"));

        CheckCount(type, found, type.Methods.Count(m => m.IsStatic), "static methods");
        CheckCount(type, found, type.Methods.Count(m => !m.IsStatic && !m.IsVirtual), "instance methods");
        CheckCount(type, found, type.Methods.Count(m => m.IsVirtual), "virtual methods");
        int fields = System.Math.Max(type.Fields.Count(f => f.IsStatic && !f.IsLiteral), type.Fields.Count(f => !f.IsStatic));
        if (fields > Limits.Fields)
            found.Add(new Violation(RuleNames.TooManyFields, type.FullName, fields + " fields of a kind, at most " + Limits.Fields));

        if (type.IsInterface)
            foreach (MethodDefinition method in type.Methods.Where(m => m.HasBody))
                found.Add(new Violation(RuleNames.DefaultInterfaceMethod, Place.Of(method), "interface member with a body: the call throws"));
    }

    private static void CheckCount(TypeDefinition type, List<Violation> found, int count, string kind)
    {
        if (count > Limits.MethodsOfAKind)
            found.Add(new Violation(RuleNames.TooManyMethods, type.FullName, count + " " + kind + ", at most " + Limits.MethodsOfAKind));
    }
}
