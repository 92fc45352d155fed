using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using NanoSurface.Build;
using Xunit;

namespace NanoSurface.Rules;

/// <summary>Every rule must report the small bad program written for it: a rule that cannot fail protects nothing.</summary>
public class RuleSelfTests
{
    private static readonly Dictionary<string, string> BadPrograms = new()
    {
        [RuleNames.GenericDefinition] = "class C<T> { }",
        [RuleNames.GenericUse] = "class C { void M() { System.Action<int> a = N; a(1); } void N(int i) { } }",
        [RuleNames.MultiDimensionalArray] = "class C { int[,] F = new int[2, 2]; }",
        [RuleNames.Pointer] = "class C { unsafe int M(int* p) { return *p; } }",
        [RuleNames.StackAlloc] = "class C { unsafe int M() { int* p = stackalloc int[4]; return p[0]; } }",
        [RuleNames.Pinned] = "class C { unsafe int M(byte[] b) { fixed (byte* p = b) { return *p; } } }",
        [RuleNames.FunctionPointer] = "class C { unsafe void M(delegate*<int, void> f) { f(1); } }",
        [RuleNames.TooManyLocals] = "class C { static void N(ref int a) { } void M() {" + Repeat(241, i => $"int v{i} = {i}; N(ref v{i});") + "} }",
        [RuleNames.TooManyMethods] = "class C {" + Repeat(251, i => $"static void M{i}() {{ }}") + "}",
        [RuleNames.TooManyFields] = "class C {" + Repeat(251, i => $"public int F{i};") + "}",
        [RuleNames.MethodTooLong] = "class C { static int S; void M() {" + Repeat(3000, i => $"S = S * {i + 1000} + 1;") + "} }",
        [RuleNames.SwitchTooWide] = "class C { int M(int a) { switch (a) {" + Repeat(251, i => $"case {i}: return {i * 7 % 5};") + "} return -1; } }",
        [RuleNames.ArrayTooLarge] = "class C { byte[] F = new byte[800000]; }",
        [RuleNames.CheckedArithmetic] = "class C { int M(int a) { checked { return a + 1; } } }",
        [RuleNames.EnumBoxed] = "enum E { A } class C { string M(E e) { return e.ToString(); } }",
        [RuleNames.DefaultInterfaceMethod] = "interface I { int M() { return 1; } }",
        [RuleNames.HiddenType] = "readonly struct S { public readonly int A; public S(int a) { A = a; } }",
        [RuleNames.Extern] = "class C { [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.InternalCall)] public static extern int M(); }",
        [RuleNames.ThrowInStaticConstructor] = "class C { static C() { if (N() == 0) throw new System.Exception(); } static int N() { return 0; } }",
        [RuleNames.MathOnLong] = "class C { long M(long a, long b) { return (long)System.Math.Max(a, b); } }",
        [RuleNames.HashtableKey] = "class K { } class C { bool M(System.Collections.Hashtable h, K k) { return h.Contains(k); } }",
        [RuleNames.SntpServer] = "class C { void M(string host) { nanoFramework.Networking.Sntp.Server1 = host; } }",
        [RuleNames.TlsUnverified] = "class C { void M(System.Net.Security.SslStream s) { s.SslVerification = System.Net.Security.SslVerification.VerifyPeer; } }",
        [RuleNames.AssemblyStrings] = "class C { string F = \"" + new string('x', 60000) + "\"; }",
        [RuleNames.AssemblyIl] = "class C { static int S;" + Repeat(20, m => $"void M{m}() {{" + Repeat(300, i => $"S = S * {i + 1000} + 1;") + "}") + "}",
        [RuleNames.AssemblyData] = "class C { static readonly byte[] F = {" + Repeat(60000, _ => "1,") + "}; }",
    };

    private static readonly Dictionary<string, string> SecondPrograms = new()
    {
        [RuleNames.GenericDefinition] = "class C { T M<T>(T t) { return t; } }",
        [RuleNames.CheckedArithmetic] = "class C { byte M(int a) { return checked((byte)a); } }",
        [RuleNames.EnumBoxed] = "enum E { A } class C { string M(E e) { return \"x\" + e; } }",
        [RuleNames.HashtableKey] = "class C { object M(System.Collections.Hashtable h, byte[] k) { return h[k]; } }",
        [RuleNames.SntpServer] = "class C { string M() { return nanoFramework.Networking.Sntp.Server1; } }",
        [RuleNames.MathOnLong] = "class C { double M(long a) { return System.Math.Abs(a); } }",
        [RuleNames.TlsUnverified] = "class C { void M(System.Net.Security.SslStream s, System.Net.Security.SslVerification v) { s.SslVerification = v; } }",
        [RuleNames.GenericUse] = "class C { event System.EventHandler<int> E; void M() { if (E != null) E(this, 1); } }",
    };

    public static TheoryData<string, string> Programs()
    {
        TheoryData<string, string> data = new();
        foreach (KeyValuePair<string, string> program in BadPrograms.Concat(SecondPrograms)) data.Add(program.Key, program.Value);
        return data;
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void A_bad_program_is_reported(string rule, string source)
    {
        Compiled program = DeviceCompiler.Compile(source, allowUnsafe: true);
        Assert.True(program.Errors.Count == 0, string.Join("\n", program.Errors));
        List<Violation> found = IlCheck.Check(program);
        Assert.Contains(found, v => v.Rule == rule);
    }

    [Fact]
    public void Every_rule_has_a_bad_program()
    {
        Assert.Equal(RuleNames.All().Where(r => r != RuleNames.NotOnlyExtern).Order(), BadPrograms.Keys.Order());
    }

    [Fact]
    public void Every_rule_is_explained_in_the_dialect_document()
    {
        string document = File.ReadAllText(Repository.Path("docs", "csharp-dialect.md"));
        Assert.All(RuleNames.All(), rule => Assert.Contains("| `" + rule + "` |", document));
    }

    [Fact]
    public void A_managed_method_in_the_native_assembly_is_reported()
    {
        Compiled program = DeviceCompiler.Compile("class C { int M() { return 1; } }", name: "IrohLite.Native");
        Assert.Contains(IlCheck.Check(program), v => v.Rule == RuleNames.NotOnlyExtern);
    }

    [Fact]
    public void A_clean_program_is_not_reported()
    {
        const string source = """
            using System;
            using System.Collections;
            enum Color { Red = 1, Green }
            interface IShape { int Area(); }
            delegate int Fold(int a, int b);
            sealed class Square : IShape
            {
                private static readonly byte[] Table = { 1, 2, 3, 4 };
                private readonly long[] _sides = new long[4];
                public event EventHandler Changed;
                public int Area() => (int)_sides[0] * Table[1];
                public static string Text(Color c) => c == Color.Red ? "red" : "green";
                public string Name(string s) => s switch { "a" => "1", "b" => "2", "c" => "3", "d" => "4", "e" => "5", "f" => "6", "g" => "7", _ => $"{s}:{Table.Length:X2}" };
                public void Run(ref int count, out int left)
                {
                    Fold sum = (a, b) => a + b;
                    Hashtable table = new();
                    table["x"] = 1; table.Add(5L, "y");
                    left = sum(1, 2) + Math.Max(count, 3) + table.Count;
                    try { lock (_sides) { count++; } }
                    catch (Exception e) when (e.Message != null) { left = 0; }
                    finally { Changed?.Invoke(this, EventArgs.Empty); }
                    foreach (byte b in Table) left += b;
                    nanoFramework.Networking.Sntp.Server1 = "pool.ntp.org";
                    new System.Net.Security.SslStream(null).SslVerification = System.Net.Security.SslVerification.CertificateRequired;
                }
            }
            """;
        Compiled program = DeviceCompiler.Compile(source);
        Assert.True(program.Errors.Count == 0, string.Join("\n", program.Errors));
        Assert.Empty(IlCheck.Check(program));
    }

    private static string Repeat(int count, System.Func<int, string> make)
    {
        StringBuilder text = new();
        for (int i = 0; i < count; i++) text.Append(make(i)).Append('\n');
        return text.ToString();
    }
}
