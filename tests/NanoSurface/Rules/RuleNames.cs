using System.Collections.Generic;
using System.Linq;
using System.Reflection;

namespace NanoSurface.Rules;

/// <summary>The names of all rules; each is a row of docs/csharp-dialect.md and has a self-test.</summary>
internal static class RuleNames
{
    public const string GenericDefinition = "generic-definition";
    public const string GenericUse = "generic-use";
    public const string MultiDimensionalArray = "multi-dimensional-array";
    public const string Pointer = "pointer";
    public const string StackAlloc = "stackalloc";
    public const string Pinned = "fixed-statement";
    public const string FunctionPointer = "function-pointer";
    public const string TooManyLocals = "too-many-locals";
    public const string TooManyMethods = "too-many-methods";
    public const string TooManyFields = "too-many-fields";
    public const string MethodTooLong = "method-too-long";
    public const string SwitchTooWide = "switch-too-wide";
    public const string ArrayTooLarge = "array-too-large";
    public const string CheckedArithmetic = "checked-arithmetic";
    public const string EnumBoxed = "enum-boxed";
    public const string DefaultInterfaceMethod = "default-interface-method";
    public const string HiddenType = "hidden-type";
    public const string Extern = "extern-outside-native";
    public const string NotOnlyExtern = "native-assembly-not-only-extern";
    public const string ThrowInStaticConstructor = "throw-in-static-constructor";
    public const string MathOnLong = "math-on-long";
    public const string HashtableKey = "hashtable-key";
    public const string SntpServer = "sntp-server";
    public const string TlsUnverified = "tls-unverified";
    public const string AssemblyIl = "assembly-il";
    public const string AssemblyData = "assembly-data";
    public const string AssemblyStrings = "assembly-strings";

    public static IEnumerable<string> All() =>
        typeof(RuleNames).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (string)f.GetRawConstantValue()!);
}
