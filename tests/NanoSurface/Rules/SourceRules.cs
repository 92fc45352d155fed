using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NanoSurface.Rules;

/// <summary>Rules that need the types of expressions: what IL no longer shows.</summary>
internal static class SourceRules
{
    private static readonly string[] KeyedMembers = ["Add", "Contains", "Remove"];

    public static void Check(CSharpCompilation compilation, List<Violation> found)
    {
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            SemanticModel model = compilation.GetSemanticModel(tree);
            foreach (SyntaxNode node in tree.GetRoot().DescendantNodes())
            {
                if (node is InvocationExpressionSyntax call && model.GetSymbolInfo(call).Symbol is IMethodSymbol method)
                {
                    string type = method.ContainingType.ToDisplayString();
                    if (type == "System.Math") CheckMath(call, model, found);
                    if (type == "System.Collections.Hashtable" && KeyedMembers.Contains(method.Name)) CheckKey(call.ArgumentList.Arguments, model, found);
                }
                else if (node is ElementAccessExpressionSyntax access
                    && model.GetTypeInfo(access.Expression).Type?.ToDisplayString() == "System.Collections.Hashtable")
                {
                    CheckKey(access.ArgumentList.Arguments, model, found);
                }
            }
        }
    }

    /// <summary>Math has no long overloads of Max, Min and Abs: the float ones are chosen and lose digits.</summary>
    private static void CheckMath(InvocationExpressionSyntax call, SemanticModel model, List<Violation> found)
    {
        foreach (ArgumentSyntax argument in call.ArgumentList.Arguments)
        {
            TypeInfo type = model.GetTypeInfo(argument.Expression);
            bool whole = type.Type?.SpecialType is SpecialType.System_Int64 or SpecialType.System_UInt64 or SpecialType.System_UInt32;
            if (!whole || type.ConvertedType?.SpecialType is not (SpecialType.System_Single or SpecialType.System_Double)) continue;
            found.Add(new Violation(RuleNames.MathOnLong, At(call), call + " computes in floating point: compare by hand"));
            return;
        }
    }

    /// <summary>The native Hashtable compares keys itself and never calls an overridden Equals.</summary>
    private static void CheckKey(SeparatedSyntaxList<ArgumentSyntax> arguments, SemanticModel model, List<Violation> found)
    {
        if (arguments.Count == 0 || model.GetTypeInfo(arguments[0].Expression).Type is not ITypeSymbol key) return;
        bool works = key.SpecialType is SpecialType.System_String or SpecialType.System_Int32 or SpecialType.System_Int64;
        if (!works) found.Add(new Violation(RuleNames.HashtableKey, At(arguments[0]), "key of type " + key.ToDisplayString() + ": use string, int or long"));
    }

    private static string At(SyntaxNode node)
    {
        FileLinePositionSpan at = node.GetLocation().GetLineSpan();
        return at.Path + "(" + (at.StartLinePosition.Line + 1) + ")";
    }
}
