using System;
using NanoSurface.Build;
using Xunit;

namespace NanoSurface;

/// <summary>What v1 lacks must fail to compile: these keep the reference assemblies from knowing more than the device.</summary>
public class MissingApiTests
{
    [Theory]
    [InlineData("System.Collections.Generic.List<int> l;", "CS0234")]
    [InlineData("int? n = null;", "CS0518")]
    [InlineData("System.Span<byte> s = default;", "CS0234")]
    [InlineData("string s = string.Join(\",\", new string[0]);", "CS0117")]
    [InlineData("string s = \"a\".Replace(\"a\", \"b\");", "CS1061")]
    [InlineData("System.Array.Resize(ref bytes, 3);", "CS0117")]
    [InlineData("System.Array.Fill(bytes, (byte)1);", "CS0117")]
    [InlineData("System.Array.Sort(bytes);", "CS0117")]
    [InlineData("System.Array.Reverse(bytes);", "CS0117")]
    [InlineData("System.Buffer.BlockCopy(bytes, 0, bytes, 0, 1);", "CS0234")]
    [InlineData("int n = System.Numerics.BitOperations.PopCount(1);", "CS0234")]
    [InlineData("string s = System.Text.Encoding.UTF8.GetString(bytes);", "CS7036")]
    [InlineData("byte[] b = System.Text.Encoding.ASCII.GetBytes(\"a\");", "CS0117")]
    [InlineData("new System.Threading.AutoResetEvent(false).WaitOne(5);", "CS7036|CS1501")]
    [InlineData("System.Threading.Monitor.Wait(bytes);", "CS0117")]
    [InlineData("bool d = char.IsDigit('1');", "CS0117")]
    [InlineData("var t = (1, 2);", "CS8179")]
    [InlineData("int last = bytes[^1];", "CS0518")]
    [InlineData("byte[] part = bytes[1..2];", "CS0518")]
    [InlineData("var r = System.Security.Cryptography.SHA256.Create();", "CS0234")]
    [InlineData("decimal d = 1;", "CS0518")]
    [InlineData("try { } catch (System.OverflowException) { }", "CS0234")]
    [InlineData("System.Net.IPAddress.TryParse(\"\", out _);", "CS0117")]
    [InlineData("var n = new { A = 1 };", "CS0518|CS0656")]
    [InlineData("long n = System.Threading.Interlocked.Add(ref total, 1);", "CS0117")]
    public void A_statement_does_not_compile(string statement, string error)
    {
        Expect("class C { static int total; static void M(byte[] bytes) { " + statement + " } }", error);
    }

    [Theory]
    [InlineData("class C { volatile int F; }", "CS0518")]
    [InlineData("record R(int A);", "CS0518")]
    [InlineData("class C { async void M() { } }", "CS0518|CS0656")]
    [InlineData("class C { System.Collections.IEnumerable M() { yield return 1; } }", "CS0518|CS0656|CS1624")]
    [InlineData("class C { [System.ThreadStatic] static int F; }", "CS0234")]
    [InlineData("class C { int M() => 1; } class D : C { required int F; }", "CS0246|CS8652|CS1519|CS8936|CS9058")]
    public void A_declaration_does_not_compile(string source, string error) => Expect(source, error);

    private static void Expect(string source, string errors)
    {
        Compiled program = DeviceCompiler.Compile(source);
        Assert.NotEmpty(program.Errors);
        Assert.Contains(errors.Split('|'), e => program.Errors[0].Contains(e, StringComparison.Ordinal));
    }
}
