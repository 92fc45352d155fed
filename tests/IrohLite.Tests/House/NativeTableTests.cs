using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using IrohLite.Native;
using Xunit;

namespace IrohLite.Tests.House;

/// <summary>
/// The device finds a native method by its position in a table and checks only a checksum over the names. So both are computed here from the
/// C# declarations, as the metadata processor does it, and compared with the C++ side and with the desktop twin.
/// </summary>
public class NativeTableTests
{
    private const string AssemblyName = "IrohLite.Native";

    private static readonly Regex ClassPattern = new(@"public static class (\w+)");
    private static readonly Regex MethodPattern = new(@"InternalCall\)\]\s+public static extern (\w+) (\w+)\(([^)]*)\);");

    private sealed record Method(string Class, string Name, string Return, string[] Parameters)
    {
        public string Mangled => Name + "___STATIC__" + string.Join("__", Parameters.Prepend(Return).Select(Token));

        private static string Token(string type) => type switch
        {
            "int" => "I4",
            "long" => "I8",
            "bool" => "BOOLEAN",
            "byte[]" => "SZARRAY_U1",
            "long[]" => "SZARRAY_I8",
            _ => throw new InvalidDataException("no token for " + type + " yet"),
        };
    }

    [Fact]
    public void The_method_table_of_the_glue_stands_in_the_order_of_the_declarations()
    {
        string table = Read("native/glue/IrohLite_Native.cpp");
        string[] entries = Regex.Matches(table, @"^    Library_IrohLite_Native_(\w+::\w+),$", RegexOptions.Multiline)
            .Select(m => m.Groups[1].Value).ToArray();

        Assert.Equal(Declared().Select(m => "IrohLite_Native_" + m.Class + "::" + m.Mangled), entries);
    }

    [Fact]
    public void The_checksum_and_version_of_the_glue_are_those_of_the_declarations()
    {
        string table = Read("native/glue/IrohLite_Native.cpp");
        string version = Regex.Match(Read("native/IrohLite.Native/Properties/AssemblyInfo.cs"), @"AssemblyNativeVersion\(""([\d.]+)""\)").Groups[1].Value;

        Assert.Contains($"\"{AssemblyName}\",\n    0x{Checksum(Declared()):X8},", table);
        Assert.Contains("{ " + version.Replace(".", ", ") + " }", table);
    }

    [Fact]
    public void Every_declared_method_has_a_handler_in_the_glue()
    {
        string header = Read("native/glue/IrohLite_Native.h");
        string bodies = string.Concat(Directory.GetFiles(Full("native/glue"), "IrohLite_Native_*.cpp").Select(File.ReadAllText));
        foreach (Method method in Declared())
        {
            Assert.Matches(@"NANOCLR_NATIVE_DECLARE\(\s*" + method.Mangled + @"\)", header);
            Assert.Matches("HRESULT " + method.Class + @"::\s*" + method.Mangled + @"\(", bodies);
        }
    }

    [Fact]
    public void The_desktop_twin_has_the_same_classes_and_signatures()
    {
        IEnumerable<string> twin = typeof(PacketKeys).Assembly.GetExportedTypes()
            .Where(t => t.IsAbstract && t.IsSealed && t != typeof(NativeLibraryLoader))
            .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Static))
            .Select(m => m.DeclaringType.Name + "." + m.Name + "(" + string.Join(", ", m.GetParameters().Select(p => Keyword(p.ParameterType) + " " + p.Name)) + ")");
        IEnumerable<string> declared = Sources().SelectMany(source => MethodPattern.Matches(source).Select(m =>
            ClassPattern.Match(source).Groups[1].Value + "." + m.Groups[2].Value + "(" + Regex.Replace(m.Groups[3].Value, @"\s+", " ") + ")"));

        Assert.Equal(declared.OrderBy(s => s, StringComparer.Ordinal), twin.OrderBy(s => s, StringComparer.Ordinal));
    }

    // The processor's checksum has a quirk: of the first native method only the name counts.
    private static uint Checksum(List<Method> methods)
    {
        uint crc = Crc(0, methods[0].Mangled);
        foreach (Method method in methods.Skip(1))
        {
            crc = Crc(crc, AssemblyName);
            crc = Crc(crc, "IrohLite_Native_" + method.Class);
            crc = Crc(crc, method.Mangled);
        }
        return crc;
    }

    private static uint Crc(uint crc, string text)
    {
        foreach (byte b in Encoding.ASCII.GetBytes(text))
        {
            crc ^= (uint)b << 24;
            for (int i = 0; i < 8; i++) crc = (crc << 1) ^ ((crc & 0x80000000) != 0 ? 0x04C11DB7u : 0);
        }
        return crc;
    }

    // Classes sorted by name, as the processor does; methods as they stand in the file.
    private static List<Method> Declared() =>
        Sources().OrderBy(source => ClassPattern.Match(source).Groups[1].Value, StringComparer.Ordinal)
            .SelectMany(source => MethodPattern.Matches(source).Select(m => new Method(
                ClassPattern.Match(source).Groups[1].Value, m.Groups[2].Value, m.Groups[1].Value,
                m.Groups[3].Value.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Trim().Split(' ')[0]).ToArray())))
            .ToList();

    private static IEnumerable<string> Sources() =>
        Directory.GetFiles(Full("native/IrohLite.Native"), "*.cs").Select(File.ReadAllText);

    private static string Keyword(Type type) =>
        type == typeof(int) ? "int" : type == typeof(long) ? "long" : type == typeof(bool) ? "bool"
        : type == typeof(byte[]) ? "byte[]" : type == typeof(long[]) ? "long[]" : type.Name;

    private static string Read(string path) => File.ReadAllText(Full(path)).Replace("\r\n", "\n");

    private static string Full(string path) => Path.Combine(Vectors.RepositoryRoot, path);
}
