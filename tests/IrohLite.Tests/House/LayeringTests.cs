using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Xunit;

namespace IrohLite.Tests.House;

/// <summary>A folder uses only lower layers, and layers 0 to 5 touch no socket, thread, clock or randomness (docs/architecture.md).</summary>
public class LayeringTests
{
    private static readonly Regex Declaration = new(@"\b(?:class|struct|interface|enum|delegate\s+[\w\[\]]+)\s+(\w+)", RegexOptions.Compiled);
    private static readonly Regex Impure = new(
        @"\bSystem\s*\.\s*(?:Net|Threading|Random|DateTime|Environment|Diagnostics\s*\.\s*Stopwatch)\b"
        + @"|(?<!\.)\b(?:DateTime|TimeSpan|Thread|Stopwatch|Environment|Timer|Monitor|Interlocked)\b(?=\s*[\w.(])"
        + @"|\bnew\s+Random\b|(?<!\.)\bRandom\s+\w+\s*[;=,)]|\block\s*\(", RegexOptions.Compiled);

    /// <summary>Files of Tls that messages and extensions may use; the rest of that folder is state.</summary>
    private static readonly string[] TlsState = ["TlsHandshake", "TlsClientHandshake", "TlsServerHandshake", "TlsConfig", "TlsState", "KeySchedule", "HandshakeReader", "ITlsSink"];

    private static List<SourceFile> Sources() => SourceFile.Below("lib/IrohLite", ".cs").FindAll(f => !f.Path.Contains("/Properties/"));

    [Fact]
    public void Every_library_source_lies_in_a_folder_of_the_layer_table_and_has_its_namespace()
    {
        List<SourceFile> sources = Sources();
        Assert.NotEmpty(sources);
        foreach (SourceFile file in sources)
        {
            Layer layer = Layer.Of(file.Path);
            Assert.True(layer != null, file.Path + " lies outside the layer table");
            Match ns = Regex.Match(file.Code, @"^namespace ([\w.]+);", RegexOptions.Multiline);
            Assert.True(ns.Groups[1].Value == layer.Namespace, file.Path + " must say: namespace " + layer.Namespace + ";");
        }
    }

    [Fact]
    public void A_folder_names_only_types_of_lower_layers()
    {
        List<string> faults = AllFaults(Sources());
        Assert.True(faults.Count == 0, "layering:\n" + string.Join("\n", faults));
    }

    [Theory]
    [InlineData("Quic/Wire/Reader.cs", "IrohLite.Quic", "Sender s = new Sender();", true)]
    [InlineData("Quic/Demux/Reader.cs", "IrohLite.Quic", "Sender s = new Sender();", false)]
    [InlineData("Quic/Wire/Reader.cs", "IrohLite.Quic", "int Sender;", false)]
    [InlineData("Quic/Wire/Reader.cs", "IrohLite.Quic", "x.Sender();", false)]
    public void A_type_of_a_higher_layer_is_recognised(string path, string ns, string statement, bool isFault)
    {
        SourceFile lower = new("lib/IrohLite/IrohLite.Quic/" + path, "namespace " + ns + ";\nclass Reader { void M() { " + statement + " } }");
        SourceFile upper = new("lib/IrohLite/IrohLite.Quic/Quic/Connection/Sender.cs", "namespace IrohLite.Quic;\npublic sealed class Sender { }");
        Assert.Equal(isFault, AllFaults([lower, upper]).Count == 1);
    }

    [Fact]
    public void Layers_0_to_5_touch_no_socket_thread_clock_or_randomness()
    {
        List<string> faults = [];
        foreach (SourceFile file in Sources().Where(f => Layer.Of(f.Path).IsPure))
            foreach (Match match in Impure.Matches(file.Code))
                faults.Add(file.Path + "(" + file.LineOf(match.Index) + "): " + match.Value);
        Assert.True(faults.Count == 0, "time, randomness, threads and sockets are arguments here:\n" + string.Join("\n", faults));
    }

    [Theory]
    [InlineData("long now = DateTime.UtcNow.Ticks;")]
    [InlineData("new Thread(Run).Start();")]
    [InlineData("using System.Threading;")]
    [InlineData("System.Net.Sockets.Socket s;")]
    [InlineData("Random r = null;")]
    [InlineData("long t = Environment.TickCount64;")]
    [InlineData("lock (this) { }")]
    [InlineData("Stopwatch watch = null;")]
    public void An_impure_statement_is_recognised(string statement) => Assert.Matches(Impure, statement);

    [Theory]
    [InlineData("public IRandomSource Random;")]
    [InlineData("config.Random.Fill(buffer, 0, 32);")]
    [InlineData("WriteRandom(hello.Random, 0);")]
    public void A_pure_statement_is_not(string statement) => Assert.DoesNotMatch(Impure, statement);

    [Fact]
    public void Tls_never_names_Quic_and_Relay_never_names_Quic_or_Tls()
    {
        foreach (SourceFile file in Sources())
        {
            if (file.Path.Contains("/IrohLite.Tls/")) Assert.DoesNotContain("IrohLite.Quic", file.Code);
            if (!file.Path.Contains("/IrohLite.Relay/")) continue;
            Assert.DoesNotContain("IrohLite.Quic", file.Code);
            Assert.DoesNotContain("IrohLite.Tls", file.Code);
        }
    }

    [Fact]
    public void Native_methods_are_declared_only_in_the_two_native_assemblies()
    {
        string internalCall = "Internal" + "Call", dllImport = "Dll" + "Import", libraryImport = "Library" + "Import";
        foreach (SourceFile file in SourceFile.Below("", ".cs"))
        {
            if (file.Path.StartsWith("native/IrohLite.Native/", StringComparison.Ordinal) || file.Path.StartsWith("desktop/IrohLite.Native/", StringComparison.Ordinal)) continue;
            bool found = Regex.IsMatch(file.Code, @"\b(" + internalCall + "|" + dllImport + "|" + libraryImport + @")(Attribute)?\b");
            Assert.False(found && !file.Path.StartsWith("tests/NanoSurface/", StringComparison.Ordinal), file.Path + " declares a native method");
        }
    }

    [Fact]
    public void Firmware_touches_device_packages_in_Esp32_only_and_starts_in_80_lines()
    {
        foreach (SourceFile file in SourceFile.Below("firmware", ".cs"))
        {
            if (!file.Path.StartsWith("firmware/Esp32/", StringComparison.Ordinal) && file.Name != "Program")
                Assert.False(Regex.IsMatch(file.Code, @"\b(nanoFramework|System\.Device|Iot\.Device|UnitsNet)\."), file.Path + " names a device package");
            if (file.Path == "firmware/Program.cs") Assert.True(file.LineCount <= 80, file.Path + " has " + file.LineCount + " lines, at most 80");
        }
    }

    private static List<string> AllFaults(List<SourceFile> sources)
    {
        Dictionary<string, SourceFile> declaredIn = [];
        foreach (SourceFile file in sources)
            foreach (Match match in Declaration.Matches(file.Code))
                declaredIn.TryAdd(match.Groups[1].Value, file);
        Assert.NotEmpty(declaredIn);
        return sources.SelectMany(file => Faults(file, declaredIn)).ToList();
    }

    private static IEnumerable<string> Faults(SourceFile file, Dictionary<string, SourceFile> declaredIn)
    {
        Layer layer = Layer.Of(file.Path);
        bool isPlatformImplementation = file.Path.Contains("/Platform/Nano/") || file.Path.Contains("/Platform/Desktop/");
        HashSet<string> own = Declaration.Matches(file.Code).Select(m => m.Groups[1].Value).ToHashSet();
        HashSet<string> members = Regex.Matches(file.Code, @"[A-Z]\w*").Where(m => IsMemberName(file.Code, m)).Select(m => m.Value).ToHashSet();
        HashSet<string> reported = [];
        foreach (Match match in Regex.Matches(file.Code, @"(?<![\w.])[A-Z]\w*"))
        {
            if (own.Contains(match.Value) || !declaredIn.TryGetValue(match.Value, out SourceFile target)) continue;
            Layer used = Layer.Of(target.Path);
            if (used == layer || layer.Uses.Contains(used.Name) || isPlatformImplementation) continue;
            if (layer.Uses.Contains(used.Name + "!") && !TlsState.Contains(target.Name)) continue;
            // A member may carry the name of a type it has nothing to do with: then the namespace is not imported either.
            if (used.Namespace != layer.Namespace && !ImportsOrContains(file, used.Namespace)) continue;
            if (members.Contains(match.Value)) continue;
            if (reported.Add(match.Value)) yield return file.Path + "(" + file.LineOf(match.Index) + "): " + layer.Name + " may not use " + match.Value + " of " + used.Name;
        }
    }

    private static bool ImportsOrContains(SourceFile file, string ns) =>
        Regex.IsMatch(file.Code, @"^using " + Regex.Escape(ns) + ";", RegexOptions.Multiline) || Layer.Of(file.Path).Namespace.StartsWith(ns + ".", StringComparison.Ordinal);

    /// <summary>"Type Name" declares or names a member, not a type: a word or bracket before it, and no "new", "is", "as" or the like.</summary>
    private static bool IsMemberName(string code, Match match)
    {
        Match before = Regex.Match(code[Math.Max(0, match.Index - 40)..match.Index], @"([\w\])>]+)\s+$");
        if (!before.Success) return false;
        return before.Groups[1].Value is not ("new" or "is" or "as" or "return" or "case" or "throw" or "out" or "ref" or "in" or "not" or "static"
            or "readonly" or "public" or "private" or "internal" or "protected" or "const" or "override" or "virtual" or "abstract" or "sealed" or "params");
    }
}
