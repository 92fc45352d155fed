using System.Collections.Generic;
using Mono.Cecil;

namespace NanoSurface.Rules;

/// <summary>Rules about types named in signatures, fields, locals and instructions.</summary>
internal static class SignatureRules
{
    public static void Check(MethodDefinition method, List<Violation> found)
    {
        string where = Place.Of(method);
        if (method.HasGenericParameters)
            found.Add(new Violation(RuleNames.GenericDefinition, where, "generic method: wrong results on the v1 CLR"));
        Check(method.ReturnType, where, found);
        foreach (ParameterDefinition parameter in method.Parameters) Check(parameter.ParameterType, where, found);
    }

    public static void Check(MethodReference called, string where, List<Violation> found)
    {
        if (called is GenericInstanceMethod)
            found.Add(new Violation(RuleNames.GenericUse, where, "generic method " + called.FullName));
        Check(called.DeclaringType, where, found);
        Check(called.ReturnType, where, found);
        foreach (ParameterDefinition parameter in called.Parameters) Check(parameter.ParameterType, where, found);
    }

    public static void Check(TypeReference type, string where, List<Violation> found)
    {
        switch (type)
        {
            case GenericInstanceType:
                found.Add(new Violation(RuleNames.GenericUse, where, "generic type " + type.FullName + ": the v1 CLR crashes"));
                break;
            case ArrayType { IsVector: false }:
                found.Add(new Violation(RuleNames.MultiDimensionalArray, where, type.FullName + ": the v1 CLR crashes; use an array of arrays or an index"));
                break;
            case PointerType:
                found.Add(new Violation(RuleNames.Pointer, where, type.FullName + ": pointers are not supported"));
                break;
            case FunctionPointerType:
                found.Add(new Violation(RuleNames.FunctionPointer, where, type.FullName + ": throws at run time"));
                break;
        }
        if (type is TypeSpecification inner && type is not FunctionPointerType) Check(inner.ElementType, where, found);
    }
}
